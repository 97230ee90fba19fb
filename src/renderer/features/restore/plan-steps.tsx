import { Fragment } from 'react'
import type { ReactElement } from 'react'
import type { RestorePlan } from '../../../shared/model/restore.ts'
import { planStepText } from '../../../shared/text/index.ts'
import { useLanguage } from '../../texts.ts'
import styles from './restore.module.css'
import { useRestoreTexts } from './texts.ts'

interface PlanStepsProps {
  readonly label: string
  readonly plan: RestorePlan
}

/** The steps of a plan in their order, with the point of no return drawn between them. */
export function PlanSteps({ label, plan }: PlanStepsProps): ReactElement {
  const { noReturn } = useRestoreTexts()
  const language = useLanguage()
  const steps = plan.steps.map((step) => ({ text: planStepText(step, language), changes: step.changes }))
  const turn = steps.findIndex(({ changes }) => changes)
  return (
    <ol className={styles['plan']} aria-label={label}>
      {steps.map(({ text }, index) => (
        <Fragment key={text}>
          {index === turn && (
            <li className={styles['turn']}>
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
