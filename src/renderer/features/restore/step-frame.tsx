import type { ReactElement, ReactNode } from 'react'
import styles from './restore.module.css'

interface StepFrameProps {
  /** What the step asks, in a sentence. */
  readonly intro: ReactNode
  readonly children: ReactNode
  /** Buttons, the way on last. */
  readonly actions: ReactNode
  /** `fill` for a table that takes all the room, `scroll` for forms and lists of findings. */
  readonly content?: 'fill' | 'scroll'
}

/** The frame of each step: a sentence, the content, and the ways back and on, always in the same place. */
export function StepFrame({ intro, children, actions, content = 'scroll' }: StepFrameProps): ReactElement {
  return (
    <div className={styles['frame']}>
      <div className={styles['intro']}>{intro}</div>
      <div className={styles[content]}>{children}</div>
      <div className={styles['actions']}>{actions}</div>
    </div>
  )
}
