import type { ReactElement, ReactNode } from 'react'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import type { Tone } from '../tone.ts'
import { toneIcons } from './badge.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  readonly tone: Exclude<Tone, 'neutral'>
  /** Whole sentences. */
  readonly children: ReactNode
  /** A Button or two. */
  readonly actions?: ReactNode
  /** `bar` spans the window's width without corners, for what concerns all of a view. */
  readonly look?: 'box' | 'bar'
}

/** Something to know before going on: a symbol, sentences, perhaps an action. */
export function Notice({ tone, children, actions, look = 'box' }: NoticeProps): ReactElement {
  return (
    <div className={classes(styles['notice'], styles[tone], styles[look])} role="note">
      <Icon icon={toneIcons[tone]} />
      <div className={styles['words']}>{children}</div>
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </div>
  )
}
