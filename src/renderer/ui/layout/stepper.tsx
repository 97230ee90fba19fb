import { Check, X } from 'lucide-react'
import { Fragment } from 'react'
import type { ReactElement } from 'react'
import { classes } from '../classes.ts'
import { Icon } from '../icon.tsx'
import { useUi } from '../ui-provider.tsx'
import styles from './stepper.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

export type StepState = 'done' | 'current' | 'ahead' | 'failed'

export interface Step {
  readonly id: string
  readonly label: string
  /** What was chosen or found in this step, in a few words. */
  readonly note?: string | undefined
  readonly state: StepState
}

interface StepperProps {
  /** Name of the list, e.g. the wizard's title. */
  readonly label: string
  readonly steps: readonly Step[]
  /** Draws the point of no return before the step of this id. */
  readonly pointOfNoReturn?: { readonly before: string; readonly label: string } | undefined
  /** Going back to a done step; without it the steps are only shown. */
  readonly onSelect?: ((id: string) => void) | undefined
}

/** Named steps from top to bottom. Done steps are buttons where going back is possible. */
export function Stepper({ label, steps, pointOfNoReturn, onSelect }: StepperProps): ReactElement {
  return (
    <ol className={styles['stepper']} aria-label={label}>
      {steps.map((step, index) => (
        <Fragment key={step.id}>
          {pointOfNoReturn?.before === step.id && (
            <li className={styles['noReturn']}>
              <span className={styles['noReturnLabel']}>{pointOfNoReturn.label}</span>
            </li>
          )}
          <li
            className={classes(styles['step'], styles[step.state])}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <StepMark state={step.state} number={index + 1} />
            <StepWords step={step} onSelect={step.state === 'done' ? onSelect : undefined} />
          </li>
        </Fragment>
      ))}
    </ol>
  )
}

function StepMark({ state, number }: { readonly state: StepState; readonly number: number }): ReactElement {
  const { words } = useUi()
  return (
    <span className={styles['mark']}>
      {state === 'done' && <Icon icon={Check} size={14} />}
      {state === 'failed' && <Icon icon={X} size={14} />}
      {(state === 'current' || state === 'ahead') && <span aria-hidden>{number}</span>}
      <VisuallyHidden>{words.stepState[state]}</VisuallyHidden>
    </span>
  )
}

interface StepWordsProps {
  readonly step: Step
  readonly onSelect: ((id: string) => void) | undefined
}

function StepWords({ step, onSelect }: StepWordsProps): ReactElement {
  return (
    <div className={styles['words']}>
      {onSelect === undefined ? (
        <span className={styles['label']}>{step.label}</span>
      ) : (
        <button type="button" className={styles['back']} onClick={() => onSelect(step.id)}>
          {step.label}
        </button>
      )}
      {step.note !== undefined && (
        <span className={styles['note']} title={step.note}>
          {step.note}
        </span>
      )}
    </div>
  )
}
