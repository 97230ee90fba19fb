import { FailureError } from '../../shared/failure.ts'
import {
  currentStep,
  mayHaveChanged,
  type Procedure,
  type ProcedureId,
  type ProcedureStep,
} from '../../shared/model/procedure.ts'
import type { RestoreOutcome, RestoreReport } from '../../shared/model/restore.ts'
import type { GuidedRestore } from '../families/family.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { ProcedureBook } from '../procedures/procedure-book.ts'
import { ownerState } from '../storage/process-mark.ts'

export interface EndProcedureNeeds {
  readonly procedures: ProcedureBook
  readonly activity: ActivityLog
}

/** A person ends a procedure before its last step. */
export interface Abandonment {
  readonly by: string
  readonly reason: string
}

/** What a family says of what the steps so far may have left on the device. */
export type LeftBehind = NonNullable<GuidedRestore['leftBehind']>

const shortestReason = 3
const longestReason = 500

/** R18-R20 of a procedure whose steps are all done: its report, on disk and in the history, once. */
export async function endProcedure(needs: EndProcedureNeeds, procedure: Procedure): Promise<Procedure> {
  return await close(needs, procedure.id, (now) =>
    now.report ? now : { ...now, report: reportOf(now, new Date().toISOString()) },
  )
}

/**
 * Ends a procedure where it stands. `verified-old` only where no changing step can have had an effect.
 * @throws FailureError `step-not-current` while a living process runs a step or where it has ended, `bad-input`
 * without a reason
 */
export async function abandonProcedure(
  needs: EndProcedureNeeds,
  id: ProcedureId,
  { by, reason }: Abandonment,
  leftBehind: LeftBehind = () => [],
): Promise<Procedure> {
  const text = reason.trim()
  if (text.length < shortestReason || text.length > longestReason) {
    const limits = `has ${String(shortestReason)} to ${String(longestReason)} characters`
    throw new FailureError({ code: 'bad-input', field: 'reason', reason: limits })
  }
  return await close(needs, id, (now) => {
    refuseRunning(now)
    const report = abandonedReport(now, { by, reason: text }, new Date().toISOString())
    const remarks = [...report.remarks, ...leftBehind(now.steps)]
    return { ...now, report: { ...report, remarks } }
  })
}

function refuseRunning({ steps, report, owner }: Procedure): void {
  const step = currentStep({ steps })
  const isRunning = step?.state.phase === 'running' && ownerState(owner) === 'alive'
  if (report === undefined && !isRunning) return
  const current = report ? 'ended' : `${step?.draft.id ?? ''} (running)`
  throw new FailureError({ code: 'step-not-current', step: step?.draft.id ?? '', current })
}

async function close(
  { procedures, activity }: EndProcedureNeeds,
  id: ProcedureId,
  end: (procedure: Procedure) => Procedure,
): Promise<Procedure> {
  const reports: RestoreReport[] = []
  const ended = await procedures.change(id, (now) => {
    const next = end(now)
    if (next !== now && next.report) reports.push(next.report)
    return next
  })
  for (const report of reports) await noteInHistory(activity, id, report)
  return ended
}

async function noteInHistory(activity: ActivityLog, id: ProcedureId, report: RestoreReport): Promise<void> {
  await activity.append({
    action: 'restore-ended',
    subject: report.deviceName,
    facts: {
      plan: report.planHash,
      outcome: report.outcome,
      clean: String(report.clean),
      archive: report.archiveId,
      procedure: id,
    },
  })
}

/**
 * What came of it. Ferrite's own proof decides; without it the word of the person who looked at the restored device,
 * which the report names as such; without that nobody knows.
 */
export function reportOf(procedure: Procedure, endedAt: string): RestoreReport {
  const { steps, protocol = [] } = procedure
  const doubtful = steps.filter(wasUnclear)
  const byPerson = procedure.outcome === undefined ? steps.find(isVerifiedByPerson) : undefined
  const outcome: RestoreOutcome = procedure.outcome ?? (byPerson ? 'verified-new' : 'unknown')
  const hasErrors = protocol.some(({ severity }) => severity === 'ERROR')
  return {
    ...frameOf(procedure, endedAt),
    outcome,
    clean: outcome === 'verified-new' && !hasErrors && doubtful.length === 0,
    remarks: [
      ...(byPerson ? [{ remark: 'verified-by-person', facts: wordOf(byPerson) }] : []),
      ...doubtful.map((step) => ({ remark: 'found-by-person', facts: wordOf(step) })),
    ],
  }
}

/** The report of a procedure that a person ended before its last step. It is never clean. */
export function abandonedReport(
  procedure: Procedure,
  { by, reason }: Abandonment,
  endedAt: string,
): RestoreReport {
  const isChanged = mayHaveChanged(procedure)
  const lastChange = procedure.steps.findLast(
    ({ draft }, index) => draft.changes && isReached(procedure, index),
  )
  return {
    ...frameOf(procedure, endedAt),
    outcome: isChanged ? 'unknown' : 'verified-old',
    clean: false,
    remarks: [
      { remark: 'abandoned', facts: { by, reason } },
      isChanged
        ? { remark: 'left-half-way', facts: { step: lastChange?.draft.id ?? '' } }
        : { remark: 'nothing-changed', facts: {} },
      ...procedure.steps
        .filter(wasUnclear)
        .map((step) => ({ remark: 'found-by-person', facts: wordOf(step) })),
    ],
  }
}

function frameOf(
  { plan, createdAt, safetyArchiveId, protocol = [] }: Procedure,
  endedAt: string,
): Omit<RestoreReport, 'outcome' | 'clean' | 'remarks'> {
  const countOf = (severity: string): number => protocol.filter((line) => line.severity === severity).length
  return {
    format: 1,
    planId: plan.id,
    planHash: plan.hash,
    archiveId: plan.archiveId,
    deviceId: plan.deviceId,
    deviceName: plan.deviceName,
    startedAt: createdAt,
    endedAt,
    protocol,
    errorCount: countOf('ERROR'),
    warningCount: countOf('WARNING'),
    differences: [],
    ...(safetyArchiveId && { safetyArchiveId }),
    ...(!plan.options.safetyBackup.take && { safetyOverride: plan.options.safetyBackup.reason }),
  }
}

function isReached({ steps }: Procedure, index: number): boolean {
  return steps.slice(0, index).every(({ state }) => state.phase === 'done')
}

function wasUnclear({ state }: ProcedureStep): boolean {
  return state.phase === 'done' && state.evidence.some(({ kind }) => kind === 'found-by-person')
}

/** Only a step that a person does and says done: what Ferrite does itself proves by its outcome or not at all. */
function isVerifiedByPerson({ draft, state }: ProcedureStep): boolean {
  return draft.verifies && draft.kind !== 'automatic' && state.phase === 'done'
}

function wordOf({ draft, state }: ProcedureStep): Readonly<Record<string, string>> {
  if (state.phase !== 'done') return {}
  return { step: draft.id, by: state.by, at: state.at, note: state.note ?? '' }
}
