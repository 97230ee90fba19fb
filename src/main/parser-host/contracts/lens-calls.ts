import { z } from '../../../shared/schema.ts'
import type { FamilyId } from '../../../shared/model/family-id.ts'
import { lensSchema, type LensId } from '../../../shared/model/lens.ts'
import { call, type ArchiveHandle } from './call.ts'

/** What a family knows of the inside of an archive, as tables. */
export const lensCalls = {
  /** Secrets are covered. Empty where the family has no readable inside. */
  lenses: call<{ readonly archive: ArchiveHandle; readonly family: FamilyId }>()(
    z.array(lensSchema).readonly(),
  ),
  /** One secret of a lens, by its place in what `lenses` answered. */
  reveal: call<{
    readonly archive: ArchiveHandle
    readonly family: FamilyId
    readonly lens: LensId
    readonly row: number
    readonly column: number
  }>()(z.string()),
}
