import { z } from '../../schema.ts'
import { deviceIdSchema } from '../../model/device.ts'
import { fileHistorySchema } from '../../model/history.ts'
import { entryNameSchema, insideSchema } from '../../model/place.ts'
import {
  searchHitSchema,
  searchIdSchema,
  searchQuerySchema,
  searchScopeSchema,
  searchStateSchema,
} from '../../model/search.ts'
import { request } from './request.ts'

/** Looking for a file across archives, and at all versions of one. */
export const searchRequests = {
  /** Starts a search; `search.changed` tells how far it is, and `search.hits` gives what was found so far. */
  'search.start': request(
    z.strictObject({ query: searchQuerySchema, scope: searchScopeSchema }),
    searchStateSchema,
  ),
  /** False where it has ended already. */
  'search.cancel': request(z.strictObject({ id: searchIdSchema }), z.boolean()),
  /** Hits in the order in which they were found; empty for a search that is not known any more. */
  'search.hits': request(
    z.strictObject({
      id: searchIdSchema,
      from: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
    }),
    z.array(searchHitSchema).readonly(),
  ),
  /** One file in all archives of a device, the newest first. */
  'history.read': request(
    z.strictObject({ deviceId: deviceIdSchema, inside: insideSchema, entry: entryNameSchema }),
    fileHistorySchema,
  ),
}

export const searchEvents = { 'search.changed': searchStateSchema }
