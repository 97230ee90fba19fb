import { comparisonSchema, entryComparisonSchema, meaningSchema } from '../../../shared/model/comparison.ts'
import type { FamilyId } from '../../../shared/model/family-id.ts'
import { call, type ArchiveHandle } from './call.ts'

/** Two archives that are open in one process. With a family, its noise is told apart from other differences. */
export interface TwoArchives {
  /** The earlier one. */
  readonly archive: ArchiveHandle
  readonly after: ArchiveHandle
  readonly family?: FamilyId
}

/** Two archives beside each other, or an archive and what its device says of itself. */
export const compareCalls = {
  compare: call<TwoArchives>()(comparisonSchema),
  compareEntry: call<TwoArchives & { readonly path: string }>()(entryComparisonSchema),
  /**
   * The settings in the archive, and those that a device told just now as `text`. `undefined` where the archive holds no
   * document with settings.
   */
  compareSettings: call<{
    readonly archive: ArchiveHandle
    readonly family: FamilyId
    readonly text: string
  }>()(meaningSchema.optional()),
}
