import { Compartment, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useUi } from '../ui-provider.tsx'
import { readOnlyText } from './code-mirror.ts'
import type { CodeLanguage } from './code-mirror.ts'
import { openSearchFor, type TextToFind } from './search-panel.ts'
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
  /** Opens the search with this in it, at the first place where it stands; the focus stays where it is. */
  readonly find?: TextToFind | undefined
}

const wrapping = new Compartment()

/** A text to read: line numbers, folding, search with Ctrl-F. Fills the height it is given. */
export function CodeView({
  label,
  text,
  language = 'plain',
  wraps = false,
  find,
}: CodeViewProps): ReactElement {
  const { words } = useUi()
  const host = useRef<HTMLDivElement>(null)
  const shown = useRef<EditorView>(undefined)
  useEffect(() => {
    const view = new EditorView({
      state: EditorState.create({
        doc: text,
        extensions: [readOnlyText(label, language, words), wrapping.of([])],
      }),
    })
    if (find !== undefined) openSearchFor(view, find)
    host.current?.append(view.dom)
    shown.current = view
    return () => view.destroy()
  }, [label, text, language, words, find])
  useEffect(() => {
    shown.current?.dispatch({ effects: wrapping.reconfigure(wraps ? EditorView.lineWrapping : []) })
  }, [label, text, language, words, find, wraps])
  return <div ref={host} className={styles['code']} />
}
