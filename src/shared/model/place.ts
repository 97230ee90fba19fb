import { z } from '../schema.ts'
import { archiveIdSchema } from './record.ts'

/** Archives that may lie in one another: a stored one, and at most so many inside it (reliability A38). */
export const maxNesting = 3

/** The name of something inside an archive: looked up there, never joined to a folder of this computer. */
export const entryNameSchema = z.string().max(70_000)

/** The way to an archive inside a stored one: the path of each in the one before it; empty for the stored one itself. */
export const insideSchema = z.array(entryNameSchema).max(maxNesting).readonly()

/** An archive to look into: a stored one, or one that lies inside it. */
export const archivePlaceSchema = z
  .strictObject({ archiveId: archiveIdSchema, inside: insideSchema })
  .readonly()
export type ArchivePlace = z.infer<typeof archivePlaceSchema>
