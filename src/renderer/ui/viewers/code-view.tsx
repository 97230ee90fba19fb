import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useUi } from '../ui-provider.tsx'
import { readOnlyText } from './code-mirror.ts'
import type { CodeLanguage } from './code-mirror.ts'
import styles from './viewers.module.css'

export type { CodeLanguage } from './code-mirror.ts'

interface CodeViewProps {
  /** Name of the text, e.g. the file's name. */
  readonly label: string
  /** Untrusted text, up to some megabytes. */
  readonly text: string
  readonly language?: CodeLanguage
  /** Breaks long lines. */
  readonly wraps?: boolean
}

/** A text to read: line numbers, folding, search with Ctrl-F. Fills the height it is given. */
export function CodeView({ label, text, language = 'plain', wraps = false }: CodeViewProps): ReactElement {
  const { words } = useUi()
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (host.current === null) return
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [readOnlyText(label, language, words), wraps ? EditorView.lineWrapping : []],
      }),
    })
    return () => view.destroy()
  }, [label, text, language, wraps, words])
  return <div ref={host} className={styles['code']} />
}
