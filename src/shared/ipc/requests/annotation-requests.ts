import { annotationsSchema } from '../../model/annotations.ts'
import { archiveIdSchema } from '../../model/record.ts'
import { longestAnswer } from '../../model/stated-facts.ts'
import { z } from '../../schema.ts'
import { request } from './request.ts'

/** Requests about what was learnt of archives after they were stored. */
export const annotationRequests = {
  'annotations.list': request(z.void(), z.array(annotationsSchema).readonly()),
  /** States facts about the source of an archive; an empty value takes a statement back. */
  'annotations.state': request(
    z.strictObject({
      archiveId: archiveIdSchema,
      facts: z.record(z.string().max(40), z.string().max(longestAnswer)),
    }),
    annotationsSchema,
  ),
}
