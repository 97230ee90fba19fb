import { createStore } from 'zustand/vanilla'
import type { JobId } from '../../../shared/model/job.ts'
import type { Result } from '../../../shared/result.ts'
import { fail } from '../../../shared/result.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { request } from '../../api.ts'
import { withLogin } from '../../login.ts'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'
import { loadedFrom, loading } from '../../stores/loaded.ts'
import { canGoTo, newWizard, optionsOf, withChoice, type Wizard, type WizardStep } from './wizard.ts'

/** The one wizard of the window; made anew when it is opened with another archive or device. */
export const wizardStore = createStore<Wizard>(() => newWizard(undefined, undefined))

let opened: string | undefined
/** How many plans were asked for: an answer to any but the last is about other choices. */
let asked = 0

/** Opens the wizard for a place. Coming back to the same place finds it as it was left, a running restore included. */
export function openWizard(
  archiveId: ArchiveId | undefined,
  deviceId: DeviceId | undefined,
  isDrill = false,
): void {
  const key = `${archiveId ?? ''} ${deviceId ?? ''} ${String(isDrill)}`
  const { jobId } = wizardStore.getState()
  const job = jobId === undefined ? undefined : jobsStore.getState().jobs.get(jobId)
  const isOver = job !== undefined && !isUnfinished(job)
  if (opened === key && !isOver) return
  opened = key
  wizardStore.setState(newWizard(archiveId, deviceId, isDrill), true)
}

/** Takes a choice over. */
export function choose(choice: Parameters<typeof withChoice>[1]): void {
  wizardStore.setState((wizard) => withChoice(wizard, choice), true)
}

/** What is typed to confirm; the plan stays. */
export function typeName(typedName: string): void {
  wizardStore.setState({ typedName })
}

/** Goes to a step where that is allowed. */
export function goToStep(step: WizardStep): void {
  wizardStore.setState((wizard) => (canGoTo(wizard, step) ? { step } : wizard))
}

/** Makes the plan of the present choices and then goes to `next`; to the check where the plan does not allow that. */
export async function makePlan(next?: WizardStep): Promise<void> {
  const wizard = wizardStore.getState()
  const { archiveId, deviceId } = wizard
  if (archiveId === undefined || deviceId === undefined) return
  const options = optionsOf(wizard)
  asked += 1
  const mine = asked
  wizardStore.setState({ plan: loading })
  const result = await withLogin(deviceId, () => request('restore.plan', { archiveId, deviceId, options }))
  // Another choice was made or another plan asked for meanwhile: this answer is about something else.
  if (mine !== asked || wizardStore.getState().plan !== loading) return
  wizardStore.setState({ plan: loadedFrom(result) })
  if (result.ok && next !== undefined) goToStep(canGoTo(wizardStore.getState(), next) ? next : 'check')
}

/** Confirms the shown plan in main's own dialog and starts it. */
export async function confirmAndRun(): Promise<Result<JobId>> {
  const { plan, typedName, password } = wizardStore.getState()
  if (plan?.phase !== 'ready') return fail({ code: 'confirmation-missing', reason: 'no plan' })
  const { id: planId } = plan.value
  const confirmed = await request('restore.confirm', { planId, typedName })
  if (!confirmed.ok) return confirmed
  const { token } = confirmed.value
  const secret = password === '' ? {} : { password }
  const started = plan.value.procedure
    ? await request('procedures.start', { planId, token })
    : await request('restore.start', { planId, token, ...secret })
  if (started.ok) wizardStore.setState({ jobId: started.value, step: 'run', password: '' })
  return started
}

/** Starts over with the same archive and device, after a run that did not end in a report. */
export function startOver(): void {
  wizardStore.setState(({ archiveId, deviceId, isDrill }) => newWizard(archiveId, deviceId, isDrill), true)
}
