import { procedureIdSchema, type Procedure, type StepState } from '../../../../src/shared/model/procedure.ts'
import type { StepDraft } from '../../../../src/shared/model/restore.ts'
import { procedureWith, type SampleStep } from '../../../main/procedures/support/procedures.ts'
import { ago, sampleDeviceId } from '../../support/samples.ts'

const minute = 60_000

export const doneByFerrite = {
  phase: 'done',
  at: ago(50 * minute),
  by: 'ferrite',
  evidence: [{ kind: 'hash-equal', facts: {} }],
} as const satisfies StepState

/** A step that a test names, of ids that no family has words for: they show themselves. */
export const step = (id: string, kind: StepDraft['kind'], change: Partial<SampleStep> = {}): SampleStep => ({
  id,
  kind,
  ...change,
})

/** A guided restore of the second device of the plant, begun an hour ago. */
export function sampleProcedure(steps: readonly SampleStep[], change: Partial<Procedure> = {}): Procedure {
  const { plan, ...others } = procedureWith(steps, { hasSafety: true })
  return {
    ...others,
    createdAt: ago(60 * minute),
    plan: { ...plan, deviceId: sampleDeviceId(3), deviceName: 'ROBOT-3' },
    ...change,
  }
}

export const otherId = procedureIdSchema.parse('proc-000000000002')
