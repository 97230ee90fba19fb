import type { ReactElement, ReactNode } from 'react'
import { classes } from '../classes.ts'
import styles from './page-header.module.css'

interface PageHeaderProps {
  readonly title: string
  /** A line under the title: address, family, state. */
  readonly subtitle?: ReactNode
  /** A badge right of the title. */
  readonly badge?: ReactNode
  /** What leads back, left of the title, e.g. an IconButton. */
  readonly leading?: ReactNode
  /** The view's actions; the primary one last. */
  readonly actions?: ReactNode
  /** For titles that are file names or ids. */
  readonly isMono?: boolean
  /** 2 for the head of a part beside the view's own head. */
  readonly level?: 1 | 2
}

/** The top of a view or of a part of it: its heading, what it is about, and its actions. */
export function PageHeader({
  title,
  subtitle,
  badge,
  leading,
  actions,
  isMono = false,
  level = 1,
}: PageHeaderProps): ReactElement {
  const Heading = `h${level}` as const
  return (
    <header className={classes(styles['header'], level === 2 && styles['part'])}>
      {leading}
      <div className={styles['words']}>
        <div className={styles['line']}>
          <Heading className={classes(styles['title'], isMono && styles['mono'])} title={title}>
            {title}
          </Heading>
          {badge}
        </div>
        {subtitle !== undefined && <div className={styles['subtitle']}>{subtitle}</div>}
      </div>
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </header>
  )
}
