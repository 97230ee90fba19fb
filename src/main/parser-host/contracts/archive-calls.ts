import { z } from '../../../shared/schema.ts'
import { archiveVerdictSchema } from '../../../shared/model/archive-verdict.ts'
import { familyIds, type FamilyId } from '../../../shared/model/family-id.ts'
import { identitySchema, type Identity } from '../../../shared/model/identity.ts'
import { containerSchema } from '../../../shared/model/record.ts'
import { archiveHandleSchema, call, type ArchiveHandle } from './call.ts'

/** What is known of an archive once it is open. */
export const openedSchema = z
  .object({
    archive: archiveHandleSchema,
    container: containerSchema,
    archiveBytes: z.number().nonnegative(),
    /** Entries, folders that are entries included. */
    count: z.number().int().nonnegative(),
    /** What all files have unpacked, as declared. */
    unpackedBytes: z.number().nonnegative(),
    verdict: archiveVerdictSchema,
  })
  .readonly()
export type Opened = z.infer<typeof openedSchema>

/** Opening, closing, and what an archive says of its source. */
export const archiveCalls = {
  open: call<{
    readonly file: string
    /** What failures call it. */
    readonly name: string
    readonly password?: string
    readonly mayBeOpaque: boolean
  }>()(openedSchema),
  /** Opens an archive that lies in an open one; that one stays open at least as long. */
  openInside: call<{
    readonly archive: ArchiveHandle
    readonly path: string
    readonly password?: string
  }>()(openedSchema),
  close: call<{ readonly archive: ArchiveHandle }>()(z.void()),
  /** The first of the families that knows the archive for one of its own, with what the archive says of its source. */
  describe: call<{
    readonly archive: ArchiveHandle
    readonly families: readonly FamilyId[]
    readonly recorded: Omit<Identity, 'family'>
  }>()(
    z
      .object({ family: z.enum(familyIds), source: identitySchema })
      .readonly()
      .optional(),
  ),
}
