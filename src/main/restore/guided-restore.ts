import { FailureError } from '../../shared/failure.ts'
import { canRun, currentStep, type Procedure, type ProcedureId } from '../../shared/model/procedure.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RestorePlan } from '../../shared/model/restore.ts'
import { connectTo } from '../backup/connect.ts'
import type { GuidedRestore } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { checkWayBack, confirmStep } from '../procedures/moves.ts'
import { abandonProcedure, endProcedure, type Abandonment } from './end-procedure.ts'
import { acceptedIn } from './plan.ts'
import { runGuidedStep, type GuidedStepNeeds } from './guided-step.ts'
import { confirmArchive, confirmStored, confirmTarget, takeSafetyBackup } from './restore-steps.ts'

/** What a person says of a step. */
export interface StepWord {
  readonly stepId: string
  readonly by: string
  readonly note: string | undefined
}

/**
 * The use case "restore by procedure": the same order as an automatic restore - archive, identity, rules, way back,
 * intent, one changing call, report - cut into steps that Ferrite and a person do in turn. It can be left after every
 * step and gone on with days later; each changing step reads the identity anew.
 */
export function createGuidedRestore(needs: GuidedStepNeeds) {
  const guided = ({ family }: Pick<Procedure, 'family'>): GuidedRestore => {
    const { restore } = needs.familyOf(family)
    if (restore.kind === 'guided') return restore
    throw new Error(`${family} does not restore by procedure`)
  }

  const settle = async (procedure: Procedure): Promise<Procedure> =>
    currentStep(procedure) === undefined ? await endProcedure(needs, procedure) : procedure

  const goOn = async (procedure: Procedure, context: JobContext): Promise<Procedure> => {
    const way = guided(procedure)
    let now = procedure
    while (canRun(now)) now = await runGuidedStep(needs, way, now, context)
    return await settle(now)
  }

  return {
    /**
     * R1-R6, then the steps. The caller has checked the person's confirmation of exactly this plan. Rejects with a
     * failure where the device was not touched.
     * @throws FailureError also `device-busy` where a procedure is under way on this device
     */
    async start(plan: RestorePlan, context: JobContext): Promise<Procedure> {
      await needs.procedures.refuseSecond(plan)
      const { family, name, role } = await needs.inventory.get(plan.deviceId)
      const safety = await prepare(needs, guided({ family }), plan, context)
      const begun = await needs.procedures.begin({ plan, family, role, safetyArchiveId: safety?.id })
      await needs.activity.append({
        action: 'procedure-begun',
        subject: name,
        // A changing step that the person does writes no intent: what was accepted stands here in any case.
        facts: { plan: plan.hash, archive: plan.archiveId, procedure: begun.id, ...acceptedIn(plan) },
      })
      return await goOn(begun, context)
    },

    /**
     * Goes on: runs automatic steps until a person is needed, a step fails, or all are done. It may be days later, so
     * the archive and the way back are hashed again first.
     * @throws FailureError `step-not-current` where another process runs a step, `archive-changed`, `way-back-missing`,
     * and what the step throws
     */
    async run(id: ProcedureId, context: JobContext): Promise<Procedure> {
      const procedure = await needs.procedures.takeOverOne(id)
      const step = currentStep(procedure)
      if (step?.state.phase === 'running') {
        const { id: stepId } = step.draft
        throw new FailureError({ code: 'step-not-current', step: stepId, current: `${stepId} (running)` })
      }
      if (canRun(procedure)) await confirmKept(needs, procedure, context)
      return await goOn(procedure, context)
    },

    /**
     * A person says that the current step is done; Ferrite does not go on by itself here, `run` does.
     * @throws FailureError `step-not-current`, `step-needs-note`, `way-back-missing`
     */
    async confirm(id: ProcedureId, word: StepWord): Promise<Procedure> {
      const { wayBack } = guided(await needs.procedures.get(id))
      const changed = await needs.procedures.change(id, (now) => {
        const step = currentStep(now)
        if (step?.draft.changes === true && step.state.phase !== 'unclear') {
          checkWayBack(now, wayBack === 'backup' ? undefined : wayBack.step)
        }
        return confirmStep(now, { ...word, at: new Date().toISOString() })
      })
      await needs.activity.append({
        action: 'step-confirmed',
        subject: changed.plan.deviceName,
        facts: { procedure: id, step: word.stepId, note: word.note ?? '' },
      })
      return await settle(changed)
    },

    /**
     * A person ends a procedure before its last step. What may have been changed stays unknown.
     * @throws FailureError `step-not-current` while a step runs or where it has ended, `bad-input` without a reason
     */
    async abandon(id: ProcedureId, abandonment: Abandonment): Promise<Procedure> {
      const { leftBehind } = guided(await needs.procedures.get(id))
      return await abandonProcedure(needs, id, abandonment, leftBehind)
    },
  }
}

/** R1-R6 over one connection, which is closed before the first step. Gives the way back, where one can be taken. */
async function prepare(
  needs: GuidedStepNeeds,
  { wayBack }: GuidedRestore,
  plan: RestorePlan,
  context: JobContext,
): Promise<ArchiveRecord | undefined> {
  const device = await needs.inventory.get(plan.deviceId)
  const record = await needs.vault.read(plan.archiveId)
  await confirmArchive(needs, plan, device, record, context)
  const archiveFile = await needs.vault.contentPath(record.id)
  await using archive = await needs.openFile(
    archiveFile,
    record.fileName,
    context.signal,
    record.container === 'opaque',
  )
  await using session = await connectTo(needs, device, context.signal)
  const identity = await confirmTarget(needs, plan, { device, record, archive }, session, context)
  const isTakenHere = wayBack === 'backup' || !plan.options.safetyBackup.take
  if (!isTakenHere) return undefined
  return await takeSafetyBackup(needs, plan, { device }, session, identity, context)
}

/** What the procedure rests on is still in the vault, byte for byte. */
async function confirmKept(
  needs: GuidedStepNeeds,
  { plan, safetyArchiveId }: Procedure,
  context: JobContext,
): Promise<void> {
  await confirmStored(needs, plan, await needs.vault.read(plan.archiveId), context)
  if (safetyArchiveId === undefined) return
  const { matches } = await needs.vault.rehash(safetyArchiveId, { signal: context.signal })
  if (!matches) throw new FailureError({ code: 'way-back-missing', device: plan.deviceName })
}
