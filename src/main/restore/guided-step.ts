import { FailureError } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import { currentStep, type Procedure } from '../../shared/model/procedure.ts'
import { connectTo } from '../backup/connect.ts'
import type { DeviceSession, GuidedRestore, StepRequest, StepResult } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { intendStep, proveStep, takeBackIntent } from '../procedures/moves.ts'
import type { ProcedureBook } from '../procedures/procedure-book.ts'
import { identifyNow } from './identify-now.ts'
import { confirmSameDevice } from './plan.ts'
import type { RestoreStepNeeds } from './restore-steps.ts'

export interface GuidedStepNeeds extends RestoreStepNeeds {
  readonly procedures: ProcedureBook
  readonly lookAt: (device: Device) => StepRequest['lookAt']
}

/**
 * Does one automatic step that has begun and writes down what it proved. A step that changes the device reads the
 * identity again on the connection it uses, and its intent is on disk before the family is called.
 * @throws FailureError where it was not done; the caller writes that down
 */
export async function runGuidedStep(
  needs: GuidedStepNeeds,
  { runStep }: GuidedRestore,
  procedure: Procedure,
  context: JobContext,
): Promise<Procedure> {
  const step = currentStep(procedure)?.draft
  if (!step) throw new Error(`${procedure.id} has no step to run`)
  const { id, plan } = procedure
  const device = await needs.inventory.get(plan.deviceId)
  const record = await needs.vault.read(plan.archiveId)
  const line = new LazySession(() => connectTo(needs, device, context.signal))
  try {
    context.report({ phase: 'running-step', bytesDone: 0, deviceStep: step.id })
    if (step.changes) {
      const session = await line.open()
      confirmSameDevice(plan, await identifyNow(needs.familyOf, device, session, context.signal))
      context.signal.throwIfAborted()
      context.seal()
      await needs.procedures.change(id, (now) => intendStep(now, step.id))
      await needs.activity.append({
        action: 'restore-intended',
        subject: plan.deviceName,
        facts: { plan: plan.hash, archive: plan.archiveId, sha256: plan.archiveSha256, procedure: id },
      })
    }
    const result = await runStep({
      step,
      plan,
      device,
      record,
      source: await sourceOf(needs, record.device.id),
      archiveFile: await needs.vault.contentPath(record.id),
      before: doneBefore(procedure),
      session: async () => await line.open(),
      lookAt: needs.lookAt(device),
      signal: context.signal,
      onProgress: context.report,
    })
    return await writeDown(needs, procedure, step.id, result)
  } finally {
    await line.close()
  }
}

async function writeDown(
  { procedures }: GuidedStepNeeds,
  { id }: Procedure,
  stepId: string,
  result: StepResult,
): Promise<Procedure> {
  const at = new Date().toISOString()
  if (result.kind === 'not-sent') {
    await procedures.change(id, (now) => takeBackIntent(now, stepId, at, result.failure))
    throw new FailureError(result.failure)
  }
  const { evidence, protocol, outcome } = result
  return await procedures.change(id, (now) => ({
    ...proveStep(now, stepId, { at, evidence }),
    ...(protocol && { protocol }),
    ...(outcome && { outcome }),
  }))
}

async function sourceOf(
  { inventory }: GuidedStepNeeds,
  id: Device['id'] | undefined,
): Promise<Device | undefined> {
  return (await inventory.list()).find((device) => device.id === id)
}

function doneBefore({ steps }: Procedure): StepRequest['before'] {
  return new Map(
    steps.flatMap(({ draft, state }) =>
      state.phase === 'done'
        ? [
            [
              draft.id,
              { evidence: state.evidence, ...(state.note !== undefined && { note: state.note }) },
            ] as const,
          ]
        : [],
    ),
  )
}

/** One connection for one step, opened when it is first needed. */
class LazySession {
  readonly #connect: () => Promise<DeviceSession>
  #session: Promise<DeviceSession> | undefined

  constructor(connect: () => Promise<DeviceSession>) {
    this.#connect = connect
  }

  async open(): Promise<DeviceSession> {
    this.#session ??= this.#connect()
    return await this.#session
  }

  async close(): Promise<void> {
    // A connection that could not be opened has told so to whoever asked for it.
    const session = await this.#session?.catch(() => undefined)
    await session?.[Symbol.asyncDispose]()
  }
}
