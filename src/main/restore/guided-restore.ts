import { canRun, currentStep, type Procedure, type ProcedureId } from '../../shared/model/procedure.ts'
import type { RestorePlan } from '../../shared/model/restore.ts'
import { connectTo } from '../backup/connect.ts'
import type { GuidedRestore } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { ownMark } from '../storage/process-mark.ts'
import { beginStep, checkWayBack, confirmStep, failStep, withSafety } from '../procedures/moves.ts'
import { endProcedure } from './end-procedure.ts'
import { runGuidedStep, type GuidedStepNeeds } from './guided-step.ts'
import { confirmArchive, confirmTarget, takeSafetyBackup } from './restore-steps.ts'

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

  /** Runs automatic steps until a person is needed, a step fails, or all are done. */
  const run = async (id: ProcedureId, context: JobContext): Promise<Procedure> => {
    let procedure = await needs.procedures.get(id)
    while (canRun(procedure)) {
      const step = currentStep(procedure)
      if (!step) break
      procedure = await runStep(procedure, step.draft.id, context)
    }
    return await settle(procedure)
  }

  const runStep = async (procedure: Procedure, stepId: string, context: JobContext): Promise<Procedure> => {
    const { id } = procedure
    const way = guided(procedure)
    const step = currentStep(procedure)?.draft
    if (step?.changes === true) checkWayBack(procedure, wayBackStep(way))
    const begun = await needs.procedures.change(id, (now) => beginStep(now, stepId, timeNow(), ownMark()))
    try {
      return await runGuidedStep(needs, way, begun, context)
    } catch (error) {
      const failure = needs.toFailure(error)
      await needs.procedures.change(id, (now) =>
        currentStep(now)?.state.phase === 'running' ? failStep(now, stepId, timeNow(), failure) : now,
      )
      throw error
    }
  }

  const settle = async (procedure: Procedure): Promise<Procedure> =>
    currentStep(procedure) === undefined && procedure.report === undefined
      ? await endProcedure(needs, procedure)
      : procedure

  return {
    /**
     * R1-R6, then the steps. The caller has checked the person's confirmation of exactly this plan. Rejects with a
     * failure where the device was not touched.
     */
    async start(plan: RestorePlan, context: JobContext): Promise<Procedure> {
      const device = await needs.inventory.get(plan.deviceId)
      const record = await needs.vault.read(plan.archiveId)
      await confirmArchive(needs, plan, device, record, context)
      const archiveFile = await needs.vault.contentPath(record.id)
      await using archive = await needs.openFile(archiveFile, record.fileName, context.signal)
      await using session = await connectTo(needs, device, context.signal)
      const identity = await confirmTarget(needs, plan, { device, record, archive }, session, context)
      const way = guided(device)
      const needsBackup = way.wayBack === 'backup' || !plan.options.safetyBackup.take
      const safety = needsBackup
        ? await takeSafetyBackup(needs, plan, { device }, session, identity, context)
        : undefined
      const begun = await needs.procedures.begin(plan, device.family)
      await needs.activity.append({
        action: 'procedure-begun',
        subject: device.name,
        facts: { plan: plan.hash, archive: plan.archiveId, procedure: begun.id },
      })
      const procedure =
        safety === undefined
          ? begun
          : await needs.procedures.change(begun.id, (now) => withSafety(now, safety.id))
      return await run(procedure.id, context)
    },

    run,

    /**
     * A person says that the current step is done; Ferrite does not go on by itself here, `run` does.
     * @throws FailureError `step-not-current`, `step-needs-note`, `way-back-missing`
     */
    async confirm(id: ProcedureId, word: StepWord): Promise<Procedure> {
      const procedure = await needs.procedures.get(id)
      const way = guided(procedure)
      if (currentStep(procedure)?.draft.changes === true) checkWayBack(procedure, wayBackStep(way))
      const changed = await needs.procedures.change(id, (now) => confirmStep(now, { ...word, at: timeNow() }))
      await needs.activity.append({
        action: 'step-confirmed',
        subject: changed.plan.deviceName,
        facts: { procedure: id, step: word.stepId, note: word.note ?? '' },
      })
      return await settle(changed)
    },
  }
}

function wayBackStep({ wayBack }: GuidedRestore): string | undefined {
  return wayBack === 'backup' ? undefined : wayBack.step
}

function timeNow(): string {
  return new Date().toISOString()
}
