import type { Procedure, ProcedureStep } from '../../shared/model/procedure.ts'
import type { RestoreOutcome, RestoreReport } from '../../shared/model/restore.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { ProcedureBook } from '../procedures/procedure-book.ts'

export interface EndProcedureNeeds {
  readonly procedures: ProcedureBook
  readonly activity: ActivityLog
}

/** R18-R20 of a procedure whose steps are all done: its report, on disk and in the history. */
export async function endProcedure(needs: EndProcedureNeeds, procedure: Procedure): Promise<Procedure> {
  const report = reportOf(procedure, new Date().toISOString())
  const ended = await needs.procedures.change(procedure.id, (now) => ({ ...now, report }))
  await needs.activity.append({
    action: 'restore-ended',
    subject: report.deviceName,
    facts: {
      plan: report.planHash,
      outcome: report.outcome,
      clean: String(report.clean),
      archive: report.archiveId,
      procedure: procedure.id,
    },
  })
  return ended
}

/**
 * What came of it. Ferrite's own proof decides; without it the word of the person who looked at the restored device,
 * which the report names as such; without that nobody knows.
 */
export function reportOf(procedure: Procedure, endedAt: string): RestoreReport {
  const { plan, steps, protocol = [] } = procedure
  const verified = steps.find(({ draft, state }) => draft.verifies && state.phase === 'done')
  const doubtful = steps.filter(wasUnclear)
  const outcome: RestoreOutcome = procedure.outcome ?? (verified ? 'verified-new' : 'unknown')
  const countOf = (severity: string): number => protocol.filter((line) => line.severity === severity).length
  const byPerson = procedure.outcome === undefined ? verified : undefined
  return {
    format: 1,
    planId: plan.id,
    planHash: plan.hash,
    archiveId: plan.archiveId,
    deviceId: plan.deviceId,
    deviceName: plan.deviceName,
    startedAt: procedure.createdAt,
    endedAt,
    outcome,
    clean: outcome === 'verified-new' && countOf('ERROR') === 0 && doubtful.length === 0,
    protocol,
    errorCount: countOf('ERROR'),
    warningCount: countOf('WARNING'),
    differences: [],
    remarks: [
      ...(byPerson ? [{ remark: 'verified-by-person', facts: wordOf(byPerson) }] : []),
      ...doubtful.map((step) => ({ remark: 'found-by-person', facts: wordOf(step) })),
    ],
    ...(procedure.safetyArchiveId && { safetyArchiveId: procedure.safetyArchiveId }),
    ...(!plan.options.safetyBackup.take && { safetyOverride: plan.options.safetyBackup.reason }),
  }
}

function wasUnclear({ state }: ProcedureStep): boolean {
  return state.phase === 'done' && state.evidence.some(({ kind }) => kind === 'found-by-person')
}

function wordOf({ draft, state }: ProcedureStep): Readonly<Record<string, string>> {
  if (state.phase !== 'done') return {}
  return { step: draft.id, by: state.by, at: state.at, note: state.note ?? '' }
}
