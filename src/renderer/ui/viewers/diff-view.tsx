import { MergeView } from '@codemirror/merge'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useUi } from '../ui-provider.tsx'
import { readOnlyText } from './code-mirror.ts'
import type { CodeLanguage } from './code-mirror.ts'
import styles from './viewers.module.css'

interface DiffViewProps {
  /** Name of what is compared, e.g. the file's name. */
  readonly label: string
  readonly before: string
  readonly after: string
  /** Heads of the two sides: whose text and of when. */
  readonly beforeLabel: string
  readonly afterLabel: string
  readonly language?: CodeLanguage
}

/** Long comparisons are cut off rather than freezing the window; the rest is then shown as changed. */
const diffConfig = { scanLimit: 2000, timeout: 1500 }

/** Two texts side by side, changes marked, unchanged stretches folded away behind their count. */
export function DiffView(props: DiffViewProps): ReactElement {
  const { label, before, after, beforeLabel, afterLabel, language = 'plain' } = props
  const { words } = useUi()
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (host.current === null) return
    const side = (name: string) => [
      readOnlyText(`${label}, ${name}`, language, words),
      EditorView.lineWrapping,
    ]
    const view = new MergeView({
      parent: host.current,
      a: { doc: before, extensions: side(beforeLabel) },
      b: { doc: after, extensions: side(afterLabel) },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
      diffConfig,
    })
    return () => view.destroy()
  }, [label, before, after, beforeLabel, afterLabel, language, words])
  return (
    <div className={styles['diff']}>
      <div className={styles['heads']}>
        <span className={styles['sideHead']} title={beforeLabel}>
          {beforeLabel}
        </span>
        <span className={styles['sideHead']} title={afterLabel}>
          {afterLabel}
        </span>
      </div>
      <div ref={host} className={styles['merge']} />
    </div>
  )
}
