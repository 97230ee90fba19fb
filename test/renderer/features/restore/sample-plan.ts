import type { DeviceId } from '../../../../src/shared/model/device.ts'
import type { Verdict } from '../../../../src/shared/model/finding.ts'
import type { ArchiveId } from '../../../../src/shared/model/record.ts'
import type { RestorePlan } from '../../../../src/shared/model/restore.ts'
import { ago, sampleCtrlxIdentity } from '../../support/samples.ts'

const hash = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'

/** A plan with this verdict and nothing else of note. */
export function samplePlan(archiveId: ArchiveId, deviceId: DeviceId, verdict: Verdict): RestorePlan {
  return {
    id: 'plan-aaaaaaaaaaaa',
    hash,
    createdAt: ago(0),
    archiveId,
    archiveSha256: hash,
    deviceId,
    deviceName: 'PRESS-8',
    target: sampleCtrlxIdentity(8),
    options: { mode: 'merge', accepted: [], keep: [], safetyBackup: { take: true } },
    fit: { verdict, findings: [] },
    steps: [],
    notRestored: [],
    identityChoices: [],
    sideEffects: [],
  }
}
