import { z } from '../../../shared/schema.ts'
import { entrySchema, previewSchema } from '../../../shared/model/entry.ts'
import type { Selection } from '../../archives/selection.ts'
import { bytesSchema, call, type ArchiveHandle } from './call.ts'

const taken = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entry'), entry: entrySchema }).readonly(),
  z.object({ kind: z.literal('piece'), bytes: bytesSchema }).readonly(),
])

/** What is in the files. */
export const contentCalls = {
  /** The content of one file in pieces, checked on the way. */
  read: call<{ readonly archive: ArchiveHandle; readonly path: string; readonly maxBytes?: number }>()(
    z.void(),
    bytesSchema,
  ),
  /** Entries with their contents behind each, in one pass. */
  readAll: call<{ readonly archive: ArchiveHandle; readonly selection: Selection }>()(
    z.void(),
    z.array(taken).readonly(),
  ),
  /** A copy of the archive in which one file has another content, as the pieces that make it. */
  replaced: call<{ readonly archive: ArchiveHandle; readonly path: string; readonly content: Uint8Array }>()(
    z.void(),
    z.discriminatedUnion('kind', [
      z
        .object({
          kind: z.literal('copy'),
          from: z.number().int().nonnegative(),
          to: z.number().int().nonnegative(),
        })
        .readonly(),
      z.object({ kind: z.literal('bytes'), bytes: bytesSchema }).readonly(),
    ]),
  ),
  /** What a selection would give. `skipped`: with the restriction as the reason, the first 1,000 of `skippedCount`. */
  survey: call<{ readonly archive: ArchiveHandle; readonly selection: Selection }>()(
    z
      .object({
        files: z.number().int().nonnegative(),
        totalBytes: z.number().nonnegative(),
        packedBytes: z.number().nonnegative(),
        skipped: z.array(z.object({ path: z.string(), reason: z.string() }).readonly()).readonly(),
        skippedCount: z.number().int().nonnegative(),
        unsafeNames: z.number().int().nonnegative(),
      })
      .readonly(),
  ),
  /** Reads every content that can be read, for its checksum; `part` of `parts` shares the work between processes. */
  test: call<{ readonly archive: ArchiveHandle; readonly part: number; readonly parts: number }>()(
    z.object({ files: z.number().int().nonnegative(), bytes: z.number().nonnegative() }).readonly(),
  ),
  preview: call<{ readonly archive: ArchiveHandle; readonly path: string; readonly reveal: boolean }>()(
    previewSchema,
  ),
  /** A part of a file's first `hexBytesAtMost` bytes. */
  bytes: call<{
    readonly archive: ArchiveHandle
    readonly path: string
    readonly offset: number
    readonly length: number
  }>()(bytesSchema),
}
