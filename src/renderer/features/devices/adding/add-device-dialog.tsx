import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { wantsPassword } from '../../../../shared/model/family-login.ts'
import { FailurePanel } from '../../../parts/failure-panel.tsx'
import { closeDialog } from '../../../stores/dialogs.ts'
import { Dialog } from '../../../ui/layout/dialog.tsx'
import { classes } from '../../../ui/classes.ts'
import { Stepper, type StepState } from '../../../ui/layout/stepper.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'
import type { Adding } from './adding.ts'
import { CompareActions, CompareBody } from './compare-step.tsx'
import { draftOf } from './device-form.ts'
import { DescribeActions, DescribeBody } from './describe-step.tsx'
import { DoneActions, DoneBody } from './done-step.tsx'
import { IdentityActions, IdentityBody } from './identity-step.tsx'
import { PasswordActions, PasswordBody } from './password-step.tsx'
import { useAdding, type AddingControl } from './use-adding.ts'

const allSteps = ['describe', 'compare', 'password', 'identity'] as const
type StepId = (typeof allSteps)[number]

/** From nothing to a device that can be backed up: describe, compare the fingerprint, log in, read the identity. */
export function AddDeviceDialog(): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const control = useAdding()
  const { adding, form } = control
  const name = form.name.trim()
  const steps = stepsOf(control)
  const isReading = adding.at.step === 'identity' && adding.work.phase === 'busy'
  const footNote =
    adding.at.step === 'describe' ? texts.connectNote : isReading ? texts.readingNote : undefined
  return (
    <Dialog
      isOpen
      size="large"
      title={name === '' ? texts.title : texts.titleOf(name)}
      onClose={closeDialog}
      onSubmit={() => submit(control)}
      aside={
        <Stepper
          label={texts.title}
          steps={steps.map((id) => ({ id, label: texts.steps[id], state: stateOf(id, steps, adding) }))}
        />
      }
      footNote={footNote}
      actions={<StepActions control={control} />}
    >
      <StepBody key={adding.at.step} control={control} />
    </Dialog>
  )
}

/** Enter does what the primary button does. */
function submit(control: AddingControl): void {
  const { adding } = control
  if (adding.work.phase === 'busy') return
  if (adding.at.step === 'describe') void control.connect()
  if (adding.at.step === 'password') void control.logIn()
}

/** The step's content. It takes the focus when it appears, unless one of its fields does: what had it is gone. */
function StepBody({ control }: { readonly control: AddingControl }): ReactElement {
  const body = useRef<HTMLDivElement>(null)
  const { at, work } = control.adding
  useEffect(() => {
    const element = body.current
    if (element !== null && !element.contains(document.activeElement)) element.focus()
  }, [])
  return (
    <div ref={body} tabIndex={-1} className={classes(styles['step'], styles['wizardStep'])}>
      {work.phase === 'failed' && <FailurePanel failure={work.failure} />}
      {at.step === 'describe' && <DescribeBody control={control} />}
      {at.step === 'compare' && <CompareBody control={control} offer={at.offer} />}
      {at.step === 'password' && <PasswordBody control={control} view={at.view} />}
      {at.step === 'identity' && <IdentityBody jobId={at.jobId} isFailed={work.phase === 'failed'} />}
      {at.step === 'done' && <DoneBody deviceId={at.view.device.id} />}
    </div>
  )
}

function StepActions({ control }: { readonly control: AddingControl }): ReactElement {
  const { at } = control.adding
  switch (at.step) {
    case 'describe':
      return <DescribeActions control={control} />
    case 'compare':
      return <CompareActions control={control} offer={at.offer} />
    case 'password':
      return <PasswordActions control={control} />
    case 'identity':
      return <IdentityActions control={control} view={at.view} />
    case 'done':
      return <DoneActions deviceId={at.view.device.id} />
  }
}

/** Without a password for devices that want none, unless one was asked for after all. */
function stepsOf({ adding, form }: AddingControl): readonly StepId[] {
  const isAsked = adding.at.step === 'password' || wantsPassword(draftOf(form))
  return allSteps.filter((id) => id !== 'password' || isAsked)
}

function stateOf(id: StepId, steps: readonly StepId[], { at, work }: Adding): StepState {
  if (at.step === 'done') return 'done'
  const place = steps.indexOf(id) - steps.indexOf(at.step)
  if (place < 0) return 'done'
  if (place > 0) return 'ahead'
  return work.phase === 'failed' ? 'failed' : 'current'
}
