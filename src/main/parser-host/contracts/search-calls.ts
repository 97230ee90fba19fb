import { z } from '../../../shared/schema.ts'
import { searchHitSchema, searchSkippedSchema, type SearchQuery } from '../../../shared/model/search.ts'
import { call, type ArchiveHandle } from './call.ts'

const foundSchema = searchHitSchema.unwrap().omit({ archiveId: true }).readonly()
const skippedSchema = searchSkippedSchema.unwrap().omit({ archiveId: true }).readonly()

/** Looking for a text, and at what a file is. */
export const searchCalls = {
  /** Opens an archive to search it. Ends with `atMost` hits; `part` of `parts` shares the files between processes. */
  search: call<{
    readonly file: string
    /** What failures call it. */
    readonly name: string
    readonly mayBeOpaque: boolean
    readonly query: SearchQuery
    readonly atMost: number
    readonly part: number
    readonly parts: number
  }>()(
    z.object({ bytes: z.number().nonnegative(), isCapped: z.boolean() }).readonly(),
    z
      .object({ hits: z.array(foundSchema).readonly(), skipped: z.array(skippedSchema).readonly() })
      .readonly(),
  ),
  /** SHA-256 of the content of one file; nothing where there is no such file. */
  digest: call<{ readonly archive: ArchiveHandle; readonly path: string }>()(
    z
      .object({
        sizeBytes: z.number().nonnegative(),
        modifiedAt: z.string().optional(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      })
      .readonly()
      .optional(),
  ),
}
