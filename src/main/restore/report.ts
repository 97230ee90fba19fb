import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RestorePlan, RestoreReport } from '../../shared/model/restore.ts'
import type { Observation } from '../families/family.ts'

export interface ReportFacts {
  readonly plan: RestorePlan
  readonly startedAt: string
  readonly observation: Observation
  readonly safety: ArchiveRecord | undefined
}

/** Makes the report. Done is not success: it is clean only when the device holds the archive and said no error. */
export function makeReport({ plan, startedAt, observation, safety }: ReportFacts): RestoreReport {
  const { outcome, errorCount, differences } = observation
  const { safetyBackup } = plan.options
  return {
    format: 1,
    planId: plan.id,
    planHash: plan.hash,
    archiveId: plan.archiveId,
    deviceId: plan.deviceId,
    deviceName: plan.deviceName,
    startedAt,
    endedAt: new Date().toISOString(),
    clean: outcome === 'verified-new' && errorCount === 0 && differences.length === 0,
    ...observation,
    ...(safety && { safetyArchiveId: safety.id }),
    ...(!safetyBackup.take && { safetyOverride: safetyBackup.reason }),
  }
}
