import { z } from '../../../shared/schema.ts'
import { entrySchema, treeRowSchema } from '../../../shared/model/entry.ts'
import { call, type ArchiveHandle } from './call.ts'

const rows = z
  .object({ total: z.number().int().nonnegative(), rows: z.array(treeRowSchema).readonly() })
  .readonly()

/** Names: folders, files, single entries. */
export const treeCalls = {
  folder: call<{
    readonly archive: ArchiveHandle
    readonly path: string
    readonly from: number
    readonly count: number
  }>()(rows),
  findNames: call<{ readonly archive: ArchiveHandle; readonly text: string; readonly atMost: number }>()(
    rows,
  ),
  entry: call<{ readonly archive: ArchiveHandle; readonly path: string }>()(entrySchema.optional()),
  /** All entries, in the order of the archive. */
  entries: call<{ readonly archive: ArchiveHandle }>()(z.void(), z.array(entrySchema).readonly()),
  /** Entries whose names a restore must not use, the first 1,000 of them. */
  unsafeEntries: call<{ readonly archive: ArchiveHandle }>()(z.array(entrySchema).readonly()),
}
