import { changesAtMost, type Comparison, type EntryChange } from '../../shared/model/comparison.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { breathe } from './archive-base.ts'
import { findNoise } from './compare-noise.ts'
import { maxLevels } from './limits.ts'
import type { NoiseFilter } from './noise.ts'
import { contentComparison, isSame } from './same-content.ts'

const entriesInOneGo = 8192

export interface CompareOptions {
  readonly signal: AbortSignal
  /** What is noise in these archives. */
  readonly filters?: readonly NoiseFilter[]
  /** How many bytes of contents have been read. */
  readonly onBytes?: (bytes: number) => void
}

/**
 * Compares two archives by entry, from `before` to `after`. What has the same content is unchanged, whatever its dates,
 * rights and owners. Two zips are compared by size and checksum, as their directories give them; everything else by the
 * SHA-256 of contents of equal size, in one pass over each archive. Folders count where one of the two does not have
 * them at all. `unchanged` counts files, links and devices. Changed files of which nothing but noise is different say so.
 */
export async function compareArchives(
  before: OpenArchive,
  after: OpenArchive,
  options: CompareOptions,
): Promise<Comparison> {
  const { signal, filters = [], onBytes } = options
  const sameContent = await contentComparison(before, after, options)
  const found = new FirstChanges()
  let unchanged = 0
  let steps = 0
  for (const old of before.entries()) {
    if (++steps % entriesInOneGo === 0) await breathe(signal)
    if (old.kind === 'folder') continue
    const now = after.find(old.path)
    if (now === undefined) found.add({ path: old.path, change: 'removed', before: side(old) })
    else if (isSame(old, now, sameContent)) unchanged += 1
    else found.add({ path: old.path, change: 'changed', before: side(old), after: side(now) })
  }
  for (const now of after.entries()) {
    if (++steps % entriesInOneGo === 0) await breathe(signal)
    if (now.kind === 'folder' || before.find(now.path) !== undefined) continue
    found.add({ path: now.path, change: 'added', after: side(now) })
  }
  for (const folder of await foldersMissingIn(after, before, signal)) {
    found.add({ path: folder.path, change: 'removed', before: side(folder) })
  }
  for (const folder of await foldersMissingIn(before, after, signal)) {
    found.add({ path: folder.path, change: 'added', after: side(folder) })
  }
  const changes = await findNoise(before, after, found.changes(), {
    signal,
    filters,
    ...(onBytes && { onBytes }),
  })
  return { changes, totals: found.totals, unchanged }
}

/** Counts all changes and keeps the first by path. */
class FirstChanges {
  readonly totals = { added: 0, removed: 0, changed: 0 }
  #kept: EntryChange[] = []

  add(change: EntryChange): void {
    this.totals[change.change] += 1
    this.#kept.push(change)
    if (this.#kept.length >= 2 * changesAtMost) this.#kept = [...this.changes()]
  }

  changes(): readonly EntryChange[] {
    return this.#kept.sort(byPath).slice(0, changesAtMost)
  }
}

/** Folders of `archive` of which `other` has neither an entry nor anything inside. */
async function foldersMissingIn(
  other: OpenArchive,
  archive: OpenArchive,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const missing = new Map<string, Entry>()
  let steps = 0
  for (const entry of archive.entries()) {
    if (++steps % entriesInOneGo === 0) await breathe(signal)
    if (entry.kind === 'folder' && other.find(entry.path) === undefined) missing.set(entry.path, entry)
  }
  if (missing.size === 0) return []
  for (const { path } of other.entries()) {
    if (++steps % entriesInOneGo === 0) await breathe(signal)
    let levels = 0
    for (let at = path.indexOf('/'); at > 0 && levels < maxLevels; at = path.indexOf('/', at + 1)) {
      missing.delete(path.slice(0, at))
      levels += 1
    }
  }
  return [...missing.values()]
}

function side(entry: Entry): { readonly sizeBytes: number; readonly modifiedAt?: string } {
  const { sizeBytes, modifiedAt } = entry
  return modifiedAt === undefined ? { sizeBytes } : { sizeBytes, modifiedAt }
}

function byPath(a: EntryChange, b: EntryChange): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
