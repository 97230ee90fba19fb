import { FailureError } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import { currentStep, mayHaveChanged, type Procedure } from '../../shared/model/procedure.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { StepDraft } from '../../shared/model/restore.ts'
import type { DeviceSession, GuidedRestore, StepRequest, StepResult } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import {
  beginStep,
  checkWayBack,
  failStep,
  intendStep,
  proveStep,
  stopStep,
  takeBackIntent,
} from '../procedures/moves.ts'
import type { ProcedureBook } from '../procedures/procedure-book.ts'
import { ownMark } from '../storage/process-mark.ts'
import { GuidedLine } from './guided-line.ts'
import { identifyNow } from './identify-now.ts'
import { acceptedIn, confirmSameDevice } from './plan.ts'
import { confirmPlan, confirmTarget, type RestoreStepNeeds } from './restore-steps.ts'

export interface GuidedStepNeeds extends RestoreStepNeeds {
  readonly procedures: ProcedureBook
  readonly lookAt: (device: Device) => StepRequest['lookAt']
}

/** One automatic step under way, with what it works on. */
interface StepUnderWay {
  readonly procedure: Procedure
  readonly step: StepDraft
  readonly device: Device
  readonly record: ArchiveRecord
  readonly line: GuidedLine
  readonly context: JobContext
}

/**
 * Does the current step, an automatic one, and writes down what it proved. A step that changes the device reads the
 * identity again on the connection it uses, and its intent is on disk before the family is called.
 * @throws FailureError where it was not done (the step may be tried again) or `outcome-unknown` where the changing
 * call may have left; both are written down
 */
export async function runGuidedStep(
  needs: GuidedStepNeeds,
  way: GuidedRestore,
  procedure: Procedure,
  context: JobContext,
): Promise<Procedure> {
  const { id } = procedure
  const step = currentStep(procedure)?.draft
  if (!step) throw new Error(`${id} has no step to run`)
  const begun = await needs.procedures.change(id, (now) => {
    if (step.changes) checkWayBack(now, way.wayBack === 'backup' ? undefined : way.wayBack.step)
    return beginStep(now, step.id, timeNow(), ownMark())
  })
  try {
    const result = await carryOut(needs, way, begun, step, context)
    const written = await needs.procedures.change(id, (now) => withResult(now, step.id, result))
    if (result.kind === 'not-sent') throw new FailureError(result.failure)
    return written
  } catch (error) {
    throw await writeDownFailure(needs, begun, step, error, context)
  }
}

async function carryOut(
  needs: GuidedStepNeeds,
  { runStep }: GuidedRestore,
  procedure: Procedure,
  step: StepDraft,
  context: JobContext,
): Promise<StepResult> {
  const { plan } = procedure
  context.report({ phase: 'running-step', bytesDone: 0 })
  const device = await needs.inventory.get(plan.deviceId)
  const record = await needs.vault.read(plan.archiveId)
  // After the change the key may be the one that the archive brought back (R16); before it only the pin counts.
  const alsoAccept =
    !step.changes && mayHaveChanged(procedure) && record.pinFingerprint !== undefined
      ? [record.pinFingerprint]
      : []
  const line = new GuidedLine(needs, device, context.signal, alsoAccept)
  try {
    const request: StepRequest = {
      step,
      plan,
      device,
      record,
      source: (await needs.inventory.list()).find((known) => known.id === record.device.id),
      archiveFile: await needs.vault.contentPath(record.id),
      before: doneBefore(procedure),
      session: async () => await line.open(),
      lookAt: needs.lookAt(device),
      signal: context.signal,
      onProgress: context.report,
    }
    if (step.changes) await intend(needs, { procedure, step, device, record, line, context })
    return await runStep(request)
  } finally {
    await line.close()
  }
}

/** R10, R11: it is still the device of the plan, on this very connection; then the intent, and nothing after it. */
async function intend(needs: GuidedStepNeeds, underWay: StepUnderWay): Promise<void> {
  const { procedure, step, context, line } = underWay
  const { id, plan } = procedure
  const session = await line.open()
  await confirmStillFits(needs, underWay, session)
  context.signal.throwIfAborted()
  context.seal()
  await needs.procedures.change(id, (now) => intendStep(now, step.id))
  try {
    await needs.activity.append({
      action: 'restore-intended',
      subject: plan.deviceName,
      facts: {
        plan: plan.hash,
        archive: plan.archiveId,
        sha256: plan.archiveSha256,
        procedure: id,
        ...acceptedIn(plan),
      },
    })
  } catch (error) {
    const failure = needs.toFailure(error)
    await needs.procedures.change(id, (now) => takeBackIntent(now, step.id, timeNow(), failure))
    throw error
  }
}

/**
 * Until something was changed the whole agreement must still hold: device, pin, choices, and every rule with what is
 * stated by now. Later the rules would judge a device that is half way; then it must be the one of the plan.
 */
async function confirmStillFits(
  needs: GuidedStepNeeds,
  { procedure, device, record, context }: StepUnderWay,
  session: DeviceSession,
): Promise<void> {
  const { plan } = procedure
  if (mayHaveChanged(procedure)) {
    confirmSameDevice(plan, await identifyNow(needs.familyOf, device, session, context.signal))
    return
  }
  confirmPlan(plan, device, record)
  const file = await needs.vault.contentPath(record.id)
  const isOpaque = record.container === 'opaque'
  await using archive = await needs.openFile(file, record.fileName, context.signal, isOpaque)
  await confirmTarget(needs, plan, { device, record, archive }, session, context)
}

function withResult(procedure: Procedure, stepId: string, result: StepResult): Procedure {
  const at = timeNow()
  if (result.kind === 'not-sent') return takeBackIntent(procedure, stepId, at, result.failure)
  const { evidence, protocol, outcome } = result
  return {
    ...proveStep(procedure, stepId, { at, evidence }),
    ...(protocol && { protocol }),
    ...(outcome && { outcome }),
  }
}

/** Notes that the step was not done and gives what to tell the person. */
async function writeDownFailure(
  needs: GuidedStepNeeds,
  { id, plan }: Procedure,
  step: StepDraft,
  error: unknown,
  { signal }: JobContext,
): Promise<unknown> {
  const failure = needs.toFailure(error)
  try {
    const written = await needs.procedures.change(id, (now) => {
      const state = currentStep(now)?.state
      if (state?.phase !== 'running') return now
      if (signal.aborted && !state.intended) return stopStep(now, step.id)
      return failStep(now, step.id, timeNow(), failure)
    })
    const state = currentStep(written)?.state
    return state?.phase === 'unclear' ? new FailureError(state.failure, { cause: error }) : error
  } catch (cause) {
    // The file still says that the step runs; when this process is gone it says what is known: nothing.
    if (!step.changes) throw cause
    const detail = `${failure.code}, ${needs.toFailure(cause).code}`
    return new FailureError({ code: 'outcome-unknown', device: plan.deviceName, detail }, { cause })
  }
}

function doneBefore({ steps }: Procedure): StepRequest['before'] {
  return new Map(
    steps.flatMap(({ draft, state }) => {
      if (state.phase !== 'done') return []
      const { evidence, note, at } = state
      return [[draft.id, { evidence, at, ...(note !== undefined && { note }) }] as const]
    }),
  )
}

function timeNow(): string {
  return new Date().toISOString()
}
