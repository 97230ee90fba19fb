import { useSyncExternalStore } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { SplitPane } from '../ui/layout/split-pane.tsx'
import styles from './parts.module.css'

/** Below this width a list and its detail do not fit side by side: a small window, or a page that is zoomed in. */
const narrow = '(max-width: 56rem)'

interface ListPaneProps {
  /** Name of the divider. */
  readonly label: string
  /** Share of the list in percent. */
  readonly defaultSize: number
  readonly first: ReactNode
  readonly second: ReactNode
}

/** A list with the detail of what is selected: side by side, or one above the other where that is too narrow. */
export function ListPane(props: ListPaneProps): ReactElement {
  const isNarrow = useSyncExternalStore(subscribe, () => matchMedia(narrow).matches)
  return (
    <div className={styles['pane']}>
      {isNarrow ? (
        <SplitPane key="rows" {...props} direction="rows" defaultSize={50} minFirst={180} minSecond={180} />
      ) : (
        <SplitPane key="columns" {...props} minFirst={360} minSecond={320} />
      )}
    </div>
  )
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(narrow)
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
