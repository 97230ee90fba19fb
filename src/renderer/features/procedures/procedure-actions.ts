import type { JobId } from '../../../shared/model/job.ts'
import { standingOf, type Procedure } from '../../../shared/model/procedure.ts'
import type { StepDraft } from '../../../shared/model/restore.ts'
import { succeed, type Result } from '../../../shared/result.ts'
import type { WindowProceduresText } from '../../../shared/text/en/window-procedures.ts'
import { request } from '../../api.ts'
import { startWithLogin } from '../../login.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { showFailure } from '../../stores/messages.ts'
import { applyProcedure } from '../../stores/procedures.ts'

/** Has Ferrite go on; asks for the password first where the device needs one. */
export async function goOn({ id, plan }: Procedure): Promise<Result<JobId>> {
  return await startWithLogin(plan.deviceId, () => request('procedures.run', { id }))
}

/** Says that the current step is done, and lets Ferrite go on where the next step is its own. */
export async function confirmStep(
  { id }: Procedure,
  { id: step }: StepDraft,
  note: string,
): Promise<Result<undefined>> {
  const confirmed = await request('procedures.confirm', { id, step, ...(note.trim() !== '' && { note }) })
  if (!confirmed.ok) return confirmed
  applyProcedure(confirmed.value)
  if (standingOf(confirmed.value).kind !== 'for-ferrite') return succeed(undefined)
  const started = await goOn(confirmed.value)
  return started.ok ? succeed(undefined) : started
}

/** Ends a procedure before its last step. */
export async function abandon({ id }: Procedure, reason: string): Promise<Result<undefined>> {
  const ended = await request('procedures.abandon', { id, reason })
  if (!ended.ok) return ended
  applyProcedure(ended.value)
  return succeed(undefined)
}

/** Opens what the window offers beside a step, or has main give it; gives the words for what became of it. */
export async function take(
  { id, plan }: Procedure,
  step: StepDraft,
  aid: StepDraft['aids'][number],
  words: WindowProceduresText['given'],
): Promise<string> {
  if (aid === 'move-device') {
    const { address = '' } = step.facts
    openDialog({ kind: 'move-device', deviceId: plan.deviceId, address })
    return ''
  }
  const given = await request('procedures.aid', { id, step: step.id, aid })
  if (given.ok) return words[given.value]
  showFailure(given.failure)
  return ''
}
