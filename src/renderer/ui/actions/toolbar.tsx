import type { ReactElement, ReactNode } from 'react'
import { Toolbar as AriaToolbar } from 'react-aria-components'
import styles from './toolbar.module.css'

interface ToolbarProps {
  readonly label: string
  /** Controls from the start: search and filters first. */
  readonly children: ReactNode
  /** Controls at the end. */
  readonly end?: ReactNode
}

/** A line of controls above a list; arrow keys move between them, Tab leaves. */
export function Toolbar({ label, children, end }: ToolbarProps): ReactElement {
  return (
    <AriaToolbar aria-label={label} className={styles['toolbar'] ?? ''}>
      <div className={styles['start']}>{children}</div>
      {end !== undefined && <div className={styles['end']}>{end}</div>}
    </AriaToolbar>
  )
}
