import { useId } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { classes } from '../classes.ts'
import styles from './panel.module.css'

interface PanelProps {
  readonly title?: string | undefined
  /** Rank of the title in the page's outline. */
  readonly level?: 2 | 3 | 4
  /** Quiet words beside the title, e.g. a count. */
  readonly note?: ReactNode
  /** Controls at the end of the title line. */
  readonly actions?: ReactNode
  /** `flush` lets a table or a list reach the panel's edges. */
  readonly padding?: 'normal' | 'flush'
  readonly children: ReactNode
}

/** A bordered piece of a view, with an optional title line. With a title it is a landmark of that name. */
export function Panel({
  title,
  level = 2,
  note,
  actions,
  padding = 'normal',
  children,
}: PanelProps): ReactElement {
  const titleId = useId()
  const Heading = `h${level}` as const
  const hasHead = title !== undefined || actions !== undefined
  return (
    <section className={styles['panel']} aria-labelledby={title === undefined ? undefined : titleId}>
      {hasHead && (
        <header className={styles['head']}>
          {title !== undefined && (
            <Heading id={titleId} className={styles['title']}>
              {title}
            </Heading>
          )}
          {note !== undefined && <span className={styles['note']}>{note}</span>}
          {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
        </header>
      )}
      <div className={classes(styles['body'], padding === 'flush' && styles['flush'])}>{children}</div>
    </section>
  )
}
