import { z } from '../schema.ts'
import { failureSchema } from '../failure.ts'
import { deviceRoles } from './device.ts'
import { familyIdSchema } from './family-id.ts'
import { archiveIdSchema } from './record.ts'
import {
  protocolLineSchema,
  restoreOutcomes,
  restorePlanSchema,
  restoreReportSchema,
  stepDraftSchema,
} from './restore.ts'

/** Id of a procedure. */
export type ProcedureId = string & { readonly __brand: 'ProcedureId' }
export const procedureIdSchema = z
  .string()
  .regex(/^proc-[a-z0-9]{12}$/)
  .transform((id) => id as ProcedureId)

/** What shows that a step was done. `kind` picks the sentence in `shared/text`; device text in `facts` is untrusted. */
export const evidenceSchema = z
  .object({ kind: z.string().max(60), facts: z.record(z.string(), z.string()).readonly() })
  .readonly()
export type Evidence = z.infer<typeof evidenceSchema>

/**
 * A step is in one state at a time.
 * - `running`: `intended` is true from the moment the intent was written down, just before the one changing call
 * - `failed`: nothing was changed by it; it may be tried again
 * - `unclear`: the changing call may have left and nobody knows what came of it; it is never sent again, a person
 *   looks at the device and says what it found
 */
export const stepStateSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('ahead') }).readonly(),
  z.object({ phase: z.literal('running'), since: z.iso.datetime(), intended: z.boolean() }).readonly(),
  z
    .object({
      phase: z.literal('done'),
      at: z.iso.datetime(),
      /** `ferrite` for what was done and seen by the program, else the person who said so. */
      by: z.string().max(200),
      evidence: z.array(evidenceSchema).readonly(),
      note: z.string().max(2000).optional(),
    })
    .readonly(),
  z.object({ phase: z.literal('failed'), at: z.iso.datetime(), failure: failureSchema }).readonly(),
  z.object({ phase: z.literal('unclear'), at: z.iso.datetime(), failure: failureSchema }).readonly(),
])
export type StepState = z.infer<typeof stepStateSchema>

export const procedureStepSchema = z.object({ draft: stepDraftSchema, state: stepStateSchema }).readonly()
export type ProcedureStep = z.infer<typeof procedureStepSchema>

/**
 * A restore that a person and Ferrite do together, step by step. It is kept on disk whole after every change of state,
 * so that it survives closing the app. `report` is there once it has ended.
 */
export const procedureSchema = z
  .object({
    format: z.literal(1),
    id: procedureIdSchema,
    family: familyIdSchema,
    /** The process that runs an automatic step now, as a process mark; what a dead one left running is taken over. */
    owner: z.string(),
    createdAt: z.iso.datetime(),
    /** What the device was for when it began: that decides whether it can prove the archive. */
    role: z.enum(deviceRoles).optional(),
    plan: restorePlanSchema,
    steps: z.array(procedureStepSchema).readonly(),
    safetyArchiveId: archiveIdSchema.optional(),
    /** What the changing step proved, and what the device said meanwhile; absent before it and where a person acts. */
    outcome: z.enum(restoreOutcomes).optional(),
    protocol: z.array(protocolLineSchema).readonly().optional(),
    report: restoreReportSchema.optional(),
  })
  .readonly()
export type Procedure = z.infer<typeof procedureSchema>

/** A procedure whose file cannot be read: it is shown, because its device may be half way. */
export const damagedProcedureSchema = z.object({ id: procedureIdSchema, failure: failureSchema }).readonly()
export type DamagedProcedure = z.infer<typeof damagedProcedureSchema>

/** The first step that is not done; `undefined` where all are. */
export function currentStep({ steps }: Pick<Procedure, 'steps'>): ProcedureStep | undefined {
  return steps.find(({ state }) => state.phase !== 'done')
}

/** True where Ferrite can go on by itself: the current step is automatic, and neither runs nor is unclear. */
export function canRun(procedure: Procedure): boolean {
  const step = currentStep(procedure)
  if (procedure.report !== undefined || step === undefined) return false
  const { phase } = step.state
  return step.draft.kind === 'automatic' && (phase === 'ahead' || phase === 'failed')
}

/** Where a procedure stands: what it waits for, at which step; `to-report` and `ended` are at none. */
export type Standing =
  | {
      readonly kind: 'for-you' | 'for-ferrite' | 'running' | 'failed' | 'unclear'
      readonly step: ProcedureStep
    }
  | { readonly kind: 'to-report' | 'ended'; readonly step?: undefined }

export function standingOf(procedure: Pick<Procedure, 'steps' | 'report'>): Standing {
  if (procedure.report) return { kind: 'ended' }
  const step = currentStep(procedure)
  if (!step) return { kind: 'to-report' }
  const { phase } = step.state
  if (phase === 'running' || phase === 'failed' || phase === 'unclear') return { kind: phase, step }
  return { kind: step.draft.kind === 'automatic' ? 'for-ferrite' : 'for-you', step }
}

/**
 * True where a changing step may have had an effect: it is done, its intent is written down, nobody knows, or a person
 * was asked to do it and has not said so yet.
 */
export function mayHaveChanged(procedure: Procedure): boolean {
  const current = currentStep(procedure)
  return procedure.steps.some(({ draft, state }) => {
    if (!draft.changes) return false
    if (state.phase === 'running') return state.intended
    if (state.phase === 'done' || state.phase === 'unclear') return true
    return draft.kind !== 'automatic' && draft.id === current?.draft.id
  })
}

/** True where a person may say now that the current step is done. */
export function canConfirm(procedure: Procedure): boolean {
  const step = currentStep(procedure)
  if (procedure.report !== undefined || step === undefined || step.state.phase === 'running') return false
  return step.draft.kind !== 'automatic' || step.state.phase === 'unclear'
}
