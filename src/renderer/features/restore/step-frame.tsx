import type { ReactElement, ReactNode } from 'react'
import layout from '../../ui/layout/layout.module.css'
import styles from './restore.module.css'

interface StepFrameProps {
  /** What the step asks, in a sentence. */
  readonly intro: ReactNode
  readonly children: ReactNode
  /** Buttons, the way on last. */
  readonly actions: ReactNode
  /** Why the way on is barred, where that is out of sight. */
  readonly note?: string | undefined
  /** `fill` for a table that takes all the room, `scroll` for forms and lists of findings. */
  readonly content?: 'fill' | 'scroll'
}

/** The frame of each step: a sentence, the content, and the ways back and on, always in the same place. */
export function StepFrame(props: StepFrameProps): ReactElement {
  const { intro, children, actions, note, content = 'scroll' } = props
  return (
    <div className={layout['column']}>
      <div className={styles['intro']}>{intro}</div>
      <div className={styles[content]}>{children}</div>
      <div className={styles['actions']}>
        {note !== undefined && <p className={styles['note']}>{note}</p>}
        {actions}
      </div>
    </div>
  )
}
