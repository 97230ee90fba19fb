import { jobIdSchema } from '../../model/job.ts'
import { damagedProcedureSchema, procedureIdSchema, procedureSchema } from '../../model/procedure.ts'
import { restorePlanSchema, stepDraftSchema } from '../../model/restore.ts'
import { z } from '../../schema.ts'
import { request } from './request.ts'

const planId = restorePlanSchema.unwrap().shape.id
const step = stepDraftSchema.unwrap().shape.id
const aid = stepDraftSchema.unwrap().shape.aids.unwrap().unwrap()

/** What became of an aid: on the clipboard, open in the browser, shown in its folder; `nothing` where there is none. */
const aidResults = ['copied', 'opened', 'shown', 'nothing'] as const

/** Requests about restores that a person and Ferrite do together. */
export const procedureRequests = {
  /** The newest first; a file that cannot be read is named, because its device may be half way. */
  'procedures.list': request(
    z.void(),
    z.object({
      procedures: z.array(procedureSchema).readonly(),
      damaged: z.array(damagedProcedureSchema).readonly(),
    }),
  ),
  /** Takes the token of `restore.confirm`; the job runs until a person is needed. */
  'procedures.start': request(z.strictObject({ planId, token: z.string().max(200) }), jobIdSchema),
  /** Goes on with the automatic steps. */
  'procedures.run': request(z.strictObject({ id: procedureIdSchema }), jobIdSchema),
  /** A person says that the step is done. */
  'procedures.confirm': request(
    z.strictObject({ id: procedureIdSchema, step, note: z.string().max(2000).optional() }),
    procedureSchema,
  ),
  /** A person ends a procedure before its last step. */
  'procedures.abandon': request(
    z.strictObject({ id: procedureIdSchema, reason: z.string().max(500) }),
    procedureSchema,
  ),
  /** Has main give what Ferrite offers beside a step, and says what it did with it. */
  'procedures.aid': request(z.strictObject({ id: procedureIdSchema, step, aid }), z.enum(aidResults)),
}
