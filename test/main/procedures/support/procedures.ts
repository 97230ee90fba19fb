import type { Failure } from '../../../../src/shared/failure.ts'
import { deviceIdSchema } from '../../../../src/shared/model/device.ts'
import { procedureIdSchema, type Procedure, type StepState } from '../../../../src/shared/model/procedure.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import {
  restorePlanSchema,
  type RestoreReport,
  type StepDraft,
} from '../../../../src/shared/model/restore.ts'

export const at = '2026-11-21T06:00:00.000Z'
export const failure: Failure = {
  code: 'device-silent',
  address: 'https://192.168.0.7',
  phase: 'connecting',
  seconds: 30,
}

const hash = 'ab'.repeat(32)
const archiveId = archiveIdSchema.parse('20261121t050500z-press-7-100001')
const deviceId = deviceIdSchema.parse('dev-000000000007')

/** One step, with what a test does not name left out. */
export type SampleStep = Partial<StepDraft> & Pick<StepDraft, 'id' | 'kind'> & { readonly state?: StepState }

interface SampleChoices {
  readonly isEnded?: boolean
  readonly hasSafety?: boolean
  readonly isWaived?: boolean
}

/** A procedure of these steps, for moves that look at nothing else. */
export function procedureWith(
  steps: readonly SampleStep[],
  { isEnded = false, hasSafety = false, isWaived = false }: SampleChoices = {},
): Procedure {
  const plan = restorePlanSchema.parse({
    id: 'plan-000000000001',
    hash,
    createdAt: at,
    archiveId,
    archiveSha256: hash,
    deviceId,
    deviceName: 'PRESS-7',
    target: { family: 'linux-host', readAt: at },
    options: {
      safetyBackup: isWaived ? { take: false, reason: 'the target is empty' } : { take: true },
    },
    fit: { verdict: 'fits', findings: [] },
    steps: [],
    notRestored: [],
    sideEffects: [],
  })
  return {
    format: 1,
    id: procedureIdSchema.parse('proc-000000000001'),
    family: 'linux-host',
    owner: 'none',
    createdAt: at,
    plan,
    steps: steps.map(({ state = { phase: 'ahead' }, ...named }) => ({ draft: draftOf(named), state })),
    ...(hasSafety && { safetyArchiveId: archiveId }),
    ...(isEnded && { report: endedReport }),
  }
}

function draftOf(named: Omit<SampleStep, 'state'>): StepDraft {
  return {
    facts: {},
    changes: false,
    needsNote: false,
    verifies: false,
    aids: [],
    source: 'test',
    ...named,
  }
}

const endedReport: RestoreReport = {
  format: 1,
  planId: 'plan-000000000001',
  planHash: hash,
  archiveId,
  deviceId,
  deviceName: 'PRESS-7',
  startedAt: at,
  endedAt: at,
  outcome: 'verified-old',
  clean: false,
  protocol: [],
  errorCount: 0,
  warningCount: 0,
  differences: [],
  remarks: [],
}
