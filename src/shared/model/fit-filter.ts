import { cellKinds } from '../compatibility/fit-matrix.ts'
import { z } from '../schema.ts'
import { familyIdSchema } from './family-id.ts'

/**
 * Which rows and columns of the fit matrix are shown. `archiveDevice` is looked for in the name of the device an
 * archive came from, `device` in a device's name and tags; `newestOnly` leaves one archive for each device; `kind`
 * leaves rows and columns that have such a cell where they cross.
 */
export const fitFilterSchema = z
  .strictObject({
    archiveDevice: z.string().max(200).default(''),
    device: z.string().max(200).default(''),
    family: familyIdSchema.optional(),
    newestOnly: z.boolean().default(false),
    kind: z.enum(cellKinds).optional(),
  })
  .readonly()
export type FitFilter = z.infer<typeof fitFilterSchema>
