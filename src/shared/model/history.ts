import { z } from '../schema.ts'
import { failureSchema } from '../failure.ts'
import { archiveIdSchema } from './record.ts'

/** One file in one archive of a device. `same`: its content is that of the next older version. */
export const fileVersionSchema = z
  .object({
    archiveId: archiveIdSchema,
    takenAt: z.string(),
    /** Absent where the archive does not hold the file. */
    file: z
      .object({
        sizeBytes: z.number().nonnegative(),
        modifiedAt: z.string().optional(),
        /** SHA-256 of the content, hexadecimal. */
        sha256: z.string(),
      })
      .readonly()
      .optional(),
    isSame: z.boolean(),
    /** Why it could not be read there. */
    failure: failureSchema.optional(),
  })
  .readonly()
export type FileVersion = z.infer<typeof fileVersionSchema>

/** A file over time, the newest archive first. */
export const fileHistorySchema = z.array(fileVersionSchema).readonly()
export type FileHistory = z.infer<typeof fileHistorySchema>
