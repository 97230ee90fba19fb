import { z } from '../../schema.ts'
import { lensIds, lensSchema } from '../../model/lens.ts'
import { archivePlaceSchema } from '../../model/place.ts'
import { request } from './request.ts'

const place = z.number().int().nonnegative()

/** What a family can say about an archive. */
export const lensRequests = {
  /** Tables; empty where the family has no readable inside. Secrets are covered. */
  'browse.lenses': request(z.strictObject({ place: archivePlaceSchema }), z.array(lensSchema).readonly()),
  /** The secret of one cell, by its place in what `browse.lenses` answered. */
  'browse.reveal': request(
    z.strictObject({ place: archivePlaceSchema, lens: z.enum(lensIds), row: place, column: place }),
    z.string(),
  ),
}
