import { cellKinds } from '../../compatibility/fit-matrix.ts'
import { deviceIdSchema } from '../../model/device.ts'
import { findingSchema } from '../../model/finding.ts'
import { fitFilterSchema } from '../../model/fit-filter.ts'
import { archiveIdSchema } from '../../model/record.ts'
import { z } from '../../schema.ts'
import { request } from './request.ts'

/** Rows, and columns, of one request for cells. */
export const blockAtMost = 200

const generation = z.number().int().positive()
const count = z.number().int().nonnegative()

/** Requests about every archive and every device together, offline. */
export const fitRequests = {
  /**
   * The rows and columns that a filter leaves, in the order in which they are shown. Counting takes a moment for large
   * fleets; without it, and without a kind to look for, the answer comes at once and has no counts.
   */
  'fit.summary': request(
    z.strictObject({ filter: fitFilterSchema, isCounted: z.boolean() }),
    z
      .object({
        /** Another number after every change of what the matrix is made of. */
        generation,
        archiveIds: z.array(archiveIdSchema).readonly(),
        deviceIds: z.array(deviceIdSchema).readonly(),
        counts: z.record(z.enum(cellKinds), count).readonly().optional(),
      })
      .readonly(),
  ),
  /**
   * The cells where some rows and columns cross, row by row. Many cells say the same, so each is a place in `outcomes`;
   * -1 where an id is not known any more.
   */
  'fit.matrix': request(
    z.strictObject({
      archiveIds: z.array(archiveIdSchema).max(blockAtMost).readonly(),
      deviceIds: z.array(deviceIdSchema).max(blockAtMost).readonly(),
    }),
    z
      .object({
        generation,
        outcomes: z
          .array(z.object({ kind: z.enum(cellKinds), deciding: findingSchema.optional() }).readonly())
          .readonly(),
        cells: z.array(z.number().int().min(-1)).readonly(),
        /** When each device's identity was read, in the order of `deviceIds`. */
        identityReadAt: z.array(z.string().optional()).readonly(),
      })
      .readonly(),
  ),
  /** Opens a save dialog; false where the person closed it. */
  'fit.export': request(
    z.strictObject({ kind: z.enum(['csv', 'page']), filter: fitFilterSchema }),
    z.boolean(),
  ),
}
