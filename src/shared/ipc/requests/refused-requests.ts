import { failureSchema } from '../../failure.ts'
import { jobIdSchema } from '../../model/job.ts'
import { refusalSchema, refusedIdSchema } from '../../model/refused.ts'
import { z } from '../../schema.ts'
import { request } from './request.ts'

/** Files that were refused and kept; damaged folders are shown, not hidden. */
export const refusedListSchema = z
  .object({
    refusals: z.array(refusalSchema).readonly(),
    damaged: z.array(z.object({ folder: z.string(), failure: failureSchema }).readonly()).readonly(),
  })
  .readonly()
export type RefusedList = z.infer<typeof refusedListSchema>

const ofOne = z.strictObject({ refusedId: refusedIdSchema })

/** Requests about refused files. None of them looks into one or removes one; `archives.changed` tells of changes. */
export const refusedRequests = {
  'refused.list': request(z.void(), refusedListSchema),
  /** Opens a save dialog; false where the person closed it. */
  'refused.export': request(ofOne, z.boolean()),
  /** Reads the file again with this version; where it opens now it becomes an archive. */
  'refused.check': request(ofOne, jobIdSchema),
}
