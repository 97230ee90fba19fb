import { compareArchives } from '../../archives/compare.ts'
import { compareEntry } from '../../archives/compare-entry.ts'
import { compareMeaning } from '../../archives/meaning-compare.ts'
import type { NoiseFilter } from '../../archives/noise.ts'
import type { FamilyId } from '../../../shared/model/family-id.ts'
import type { compareCalls } from '../contracts/compare-calls.ts'
import type { OperationContext, OperationsFor } from '../operation.ts'

/** Two archives beside each other, or an archive and what its device says of itself. */
export const compareOperations: OperationsFor<keyof typeof compareCalls> = {
  compare: async ({ archive: before, after, family }, context) =>
    await compareArchives(context.archive(before), context.archive(after), {
      signal: context.signal,
      filters: noiseOf(family, context),
      onBytes: context.progress,
    }),
  compareEntry: async ({ archive: before, after, path, family }, context) =>
    await compareEntry(context.archive(before), context.archive(after), path, {
      signal: context.signal,
      filters: noiseOf(family, context),
    }),
  compareSettings: async ({ archive: handle, family, text }, { archive, signal, readerOf }) => {
    const { settings, noise = [] } = readerOf(family)
    const held = await settings?.read(archive(handle), signal)
    if (settings === undefined || held === undefined) return undefined
    const filters = [...settings.noise, ...noise].filter((filter) => filter.in(held.name))
    return await compareMeaning(held.text, text, { signal, filters })
  },
}

function noiseOf(
  family: FamilyId | undefined,
  { readerOf }: Pick<OperationContext<never>, 'readerOf'>,
): readonly NoiseFilter[] {
  return family === undefined ? [] : (readerOf(family).noise ?? [])
}
