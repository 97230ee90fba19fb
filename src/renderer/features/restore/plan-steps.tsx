import { Fragment } from 'react'
import type { ReactElement } from 'react'
import styles from './restore.module.css'

interface PlanStepsProps {
  readonly label: string
  readonly steps: readonly { readonly text: string; readonly changes: boolean }[]
  /** Stands before the first step that changes the device. */
  readonly noReturn: string
}

/** The steps of a plan in their order, with the point of no return drawn between them. */
export function PlanSteps({ label, steps, noReturn }: PlanStepsProps): ReactElement {
  const turn = steps.findIndex(({ changes }) => changes)
  return (
    <ol className={styles['plan']} aria-label={label}>
      {steps.map(({ text }, index) => (
        <Fragment key={text}>
          {index === turn && (
            <li className={styles['turn']} role="presentation">
              <span>{noReturn}</span>
            </li>
          )}
          <li className={styles['planStep']}>
            <span className={styles['number']} aria-hidden>
              {index + 1}
            </span>
            <span>{text}</span>
          </li>
        </Fragment>
      ))}
    </ol>
  )
}
