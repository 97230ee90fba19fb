import { Fragment } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { PointOfNoReturn } from '../../parts/point-of-no-return.tsx'
import styles from './restore.module.css'

interface PlanListProps {
  readonly label: string
  readonly steps: readonly PlannedStep[]
  /** Stands before the first step that changes the device. */
  readonly noReturn: string
}

/** A step, known by a key of its own, and whether it changes the device. */
interface PlannedStep {
  readonly key: string
  readonly says: ReactNode
  readonly changes: boolean
}

/** Steps in their order, with the point of no return drawn between them. */
export function PlanList({ label, steps, noReturn }: PlanListProps): ReactElement {
  const turn = steps.findIndex(({ changes }) => changes)
  return (
    <ol className={styles['plan']} aria-label={label}>
      {steps.map(({ key, says }, index) => (
        <Fragment key={key}>
          {index === turn && (
            <li className={styles['turn']}>
              <PointOfNoReturn label={noReturn} />
            </li>
          )}
          <li className={styles['planStep']}>
            <span className={styles['number']} aria-hidden>
              {index + 1}
            </span>
            <span>{says}</span>
          </li>
        </Fragment>
      ))}
    </ol>
  )
}
