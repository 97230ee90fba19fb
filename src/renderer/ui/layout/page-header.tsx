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
}

/** The top of a view: its only `h1`, what it is about, and its actions. */
export function PageHeader({
  title,
  subtitle,
  badge,
  leading,
  actions,
  isMono = false,
}: PageHeaderProps): ReactElement {
  return (
    <header className={styles['header']}>
      {leading}
      <div className={styles['words']}>
        <div className={styles['line']}>
          <h1 className={classes(styles['title'], isMono && styles['mono'])} title={title}>
            {title}
          </h1>
          {badge}
        </div>
        {subtitle !== undefined && <div className={styles['subtitle']}>{subtitle}</div>}
      </div>
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </header>
  )
}
