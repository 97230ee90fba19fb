import { createHash } from 'node:crypto'
import {
  changesAtMost,
  type Comparison,
  type EntryChange,
  type EntryComparison,
} from '../../shared/model/comparison.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { breathe } from './archive-base.ts'
import { findNoise, looksLikeDocument } from './compare-noise.ts'
import { maxLevels } from './limits.ts'
import { compareMeaning } from './meaning-compare.ts'
import { documentBytesAtMost } from './meaning-document.ts'
import type { NoiseFilter } from './noise.ts'
import { previewEntry } from './preview.ts'
import { decodeText } from './text-decoding.ts'

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
  const sides = { ...(oldShown && { before: oldShown }), ...(nowShown && { after: nowShown }) }
  if (oldShown?.kind !== 'text' || nowShown?.kind !== 'text') return sides
  const [oldText, nowText] = [await documentOf(before, old, signal), await documentOf(after, now, signal)]
  if (oldText === undefined || nowText === undefined) return sides
  const inThis = filters.filter((filter) => filter.in(path))
  const meaning = await compareMeaning(oldText, nowText, { signal, filters: inThis })
  return { ...sides, ...(meaning && { meaning }) }
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

type SameContent = (old: Entry, now: Entry) => boolean

function isSame(old: Entry, now: Entry, sameContent: SameContent): boolean {
  if (old.kind !== now.kind) return false
  if (old.kind === 'link') return old.linkTarget !== undefined && old.linkTarget === now.linkTarget
  if (old.sizeBytes !== now.sizeBytes) return false
  return old.kind !== 'file' || old.sizeBytes === 0 || sameContent(old, now)
}

async function contentComparison(
  before: OpenArchive,
  after: OpenArchive,
  { signal, onBytes }: CompareOptions,
): Promise<SameContent> {
  if (before.container === 'zip' && after.container === 'zip') {
    // Encrypted entries may carry no checksum; then nobody can say that they are the same.
    return (old, now) => old.crc32 !== undefined && old.crc32 === now.crc32
  }
  let done = 0
  const onPiece = (bytes: number): void => onBytes?.((done += bytes))
  const digests = await digestsOf(before, { signal, onPiece }, (entry) => {
    const other = after.find(entry.path)
    return other?.kind === 'file' && other.sizeBytes === entry.sizeBytes && other.restriction !== 'encrypted'
  })
  const others = await digestsOf(after, { signal, onPiece }, ({ path }) => digests.has(path))
  return ({ path }) => {
    const digest = digests.get(path)
    return digest !== undefined && others.get(path)?.equals(digest) === true
  }
}

async function digestsOf(
  archive: OpenArchive,
  { signal, onPiece }: { readonly signal: AbortSignal; readonly onPiece: (bytes: number) => void },
  isWanted: (entry: Entry) => boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  const digests = new Map<string, Buffer>()
  const only = (entry: Entry): boolean =>
    entry.kind === 'file' && entry.sizeBytes > 0 && entry.restriction !== 'encrypted' && isWanted(entry)
  for await (const { entry, content } of archive.readAll({ signal, only })) {
    const hash = createHash('sha256')
    for await (const piece of content) {
      hash.update(piece)
      onPiece(piece.length)
    }
    digests.set(entry.path, hash.digest())
  }
  return digests
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
