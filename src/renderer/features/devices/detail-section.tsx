import type { ReactElement, ReactNode } from 'react'
import { useId } from 'react'
import styles from './devices.module.css'

interface DetailSectionProps {
  readonly title: string
  /** Quiet words beside the title. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of the narrow pane: set apart by a line, not by a box, so that values have the whole width. */
export function DetailSection({ title, note, actions, children }: DetailSectionProps): ReactElement {
  const titleId = useId()
  return (
    <section className={styles['section']} aria-labelledby={titleId}>
      <header className={styles['sectionHead']}>
        <h3 id={titleId} className={styles['sectionTitle']}>
          {title}
        </h3>
        {note !== undefined && <span className={styles['sectionNote']}>{note}</span>}
        {actions !== undefined && <div className={styles['sectionActions']}>{actions}</div>}
      </header>
      {children}
    </section>
  )
}
