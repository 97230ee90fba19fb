import { jobIdSchema } from '../../model/job.ts'
import { procedureIdSchema, procedureSchema } from '../../model/procedure.ts'
import { restorePlanSchema, stepDraftSchema } from '../../model/restore.ts'
import { z } from '../../schema.ts'
import { request } from './request.ts'

const planId = restorePlanSchema.unwrap().shape.id
const step = stepDraftSchema.unwrap().shape.id
const aid = stepDraftSchema.unwrap().shape.aids.unwrap().unwrap()

/** Requests about restores that a person and Ferrite do together. */
export const procedureRequests = {
  'procedures.list': request(z.void(), z.array(procedureSchema).readonly()),
  /** Takes the token of `restore.confirm`; the job runs until a person is needed. */
  'procedures.start': request(z.strictObject({ planId, token: z.string().max(200) }), jobIdSchema),
  /** Goes on with the automatic steps. */
  'procedures.run': request(z.strictObject({ id: procedureIdSchema }), jobIdSchema),
  /** A person says that the step is done. */
  'procedures.confirm': request(
    z.strictObject({ id: procedureIdSchema, step, note: z.string().max(2000).optional() }),
    procedureSchema,
  ),
  /** What Ferrite offers beside a step: main opens the address or fills the clipboard; false where it could not. */
  'procedures.aid': request(z.strictObject({ id: procedureIdSchema, step, aid }), z.boolean()),
}
