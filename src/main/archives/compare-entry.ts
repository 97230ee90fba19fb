import type { EntryChange, EntryComparison } from '../../shared/model/comparison.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { findNoise, looksLikeDocument } from './compare-noise.ts'
import { compareMeaning } from './meaning-compare.ts'
import { documentBytesAtMost } from './meaning-document.ts'
import type { NoiseFilter } from './noise.ts'
import { previewEntry } from './preview.ts'
import { holdsOnlySecrets } from './secrets-in-file.ts'
import { isSameEntry } from './same-content.ts'
import { decodeText } from './text-decoding.ts'

/**
 * Both sides of one entry, as far as they can be shown; a side that does not have it is absent. `meaning` where both are
 * JSON documents of at most 16 MiB.
 */
export async function compareEntry(
  before: OpenArchive,
  after: OpenArchive,
  path: string,
  options: {
    readonly signal: AbortSignal
    readonly maxBytes?: number
    readonly filters?: readonly NoiseFilter[]
  },
): Promise<EntryComparison> {
  const { signal, filters = [] } = options
  const [old, now] = [before.find(path), after.find(path)]
  const oldShown = old?.kind === 'file' ? await previewEntry(before, path, options) : undefined
  const nowShown = now?.kind === 'file' ? await previewEntry(after, path, options) : undefined
  const isSame =
    old !== undefined && now !== undefined && (await isSameEntry(before, after, [old, now], signal))
  const noise = isSame ? undefined : await noiseOfEntry(before, after, path, { signal, filters })
  const sides = {
    isSame,
    ...(oldShown && { before: oldShown }),
    ...(nowShown && { after: nowShown }),
    ...(noise && { noise }),
  }
  if (oldShown?.kind !== 'text' || nowShown?.kind !== 'text') return sides
  const [oldText, nowText] = [await documentOf(before, old, signal), await documentOf(after, now, signal)]
  if (oldText === undefined || nowText === undefined) return sides
  const inThis = filters.filter((filter) => filter.in(path))
  const meaning = await compareMeaning(oldText, nowText, {
    signal,
    filters: inThis,
    isAllSecret: holdsOnlySecrets(path),
  })
  return { ...sides, ...(meaning && { meaning }) }
}

async function noiseOfEntry(
  before: OpenArchive,
  after: OpenArchive,
  path: string,
  options: { readonly signal: AbortSignal; readonly filters: readonly NoiseFilter[] },
): Promise<EntryChange['noise']> {
  if (before.find(path)?.kind !== 'file' || after.find(path)?.kind !== 'file') return undefined
  const [change] = await findNoise(before, after, [{ path, change: 'changed' }], options)
  return change?.noise
}

async function documentOf(
  archive: OpenArchive,
  entry: Entry | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (entry === undefined || entry.sizeBytes > documentBytesAtMost) return undefined
  const text = decodeText(await archive.readBytes(entry.path, documentBytesAtMost, signal), false)?.text
  return text !== undefined && looksLikeDocument(text) ? text : undefined
}
