import type { ReactElement, ReactNode } from 'react'
import { Icon } from '../icon.tsx'
import type { LucideIcon } from '../icon.tsx'
import styles from './empty-state.module.css'

interface EmptyStateProps {
  readonly icon: LucideIcon
  /** One sentence: why there is nothing here. */
  readonly sentence: string
  /** The one next step, a Button. */
  readonly action?: ReactNode
  /** A quieter second way, e.g. "practise with simulated devices". */
  readonly secondary?: ReactNode
}

/** Why a place is empty (none yet, filtered out, offline, locked: one text each) and the one next step. */
export function EmptyState({ icon, sentence, action, secondary }: EmptyStateProps): ReactElement {
  return (
    <div className={styles['empty']}>
      <Icon icon={icon} size={32} className={styles['icon']} />
      <p className={styles['sentence']}>{sentence}</p>
      {action}
      {secondary}
    </div>
  )
}
