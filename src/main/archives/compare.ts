import { createHash } from 'node:crypto'
import type { Comparison, Entry, EntryChange, Preview } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { breathe } from './archive-base.ts'
import { maxLevels } from './limits.ts'
import { previewEntry } from './preview.ts'

/**
 * Compares two archives by entry, from `before` to `after`. What has the same content is unchanged, whatever its dates,
 * rights and owners. Two zips are compared by size and checksum, as their directories give them; everything else by the
 * SHA-256 of contents of equal size, in one pass over each archive. Folders count where one of the two does not have
 * them at all. `unchanged` counts files, links and devices.
 */
export async function compareArchives(
  before: OpenArchive,
  after: OpenArchive,
  options: { readonly signal: AbortSignal },
): Promise<Comparison> {
  const { signal } = options
  const sameContent = await contentComparison(before, after, signal)
  const changes: EntryChange[] = []
  let unchanged = 0
  let steps = 0
  for (const old of before.entries()) {
    if (++steps % 32_768 === 0) await breathe(signal)
    if (old.kind === 'folder') continue
    const now = after.find(old.path)
    if (now === undefined) changes.push({ path: old.path, change: 'removed', before: side(old) })
    else if (isSame(old, now, sameContent)) unchanged += 1
    else changes.push({ path: old.path, change: 'changed', before: side(old), after: side(now) })
  }
  for (const now of after.entries()) {
    if (++steps % 32_768 === 0) await breathe(signal)
    if (now.kind === 'folder' || before.find(now.path) !== undefined) continue
    changes.push({ path: now.path, change: 'added', after: side(now) })
  }
  for (const folder of foldersMissingIn(after, before)) {
    changes.push({ path: folder.path, change: 'removed', before: side(folder) })
  }
  for (const folder of foldersMissingIn(before, after)) {
    changes.push({ path: folder.path, change: 'added', after: side(folder) })
  }
  return { changes: changes.sort(byPath), unchanged }
}

/** Both sides of one entry, as far as they can be shown; a side that does not have it is absent. */
export async function compareEntry(
  before: OpenArchive,
  after: OpenArchive,
  path: string,
  options: { readonly signal: AbortSignal; readonly maxBytes?: number },
): Promise<{ readonly before?: Preview; readonly after?: Preview }> {
  const old = before.find(path)?.kind === 'file' ? await previewEntry(before, path, options) : undefined
  const now = after.find(path)?.kind === 'file' ? await previewEntry(after, path, options) : undefined
  return { ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }
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
  signal: AbortSignal,
): Promise<SameContent> {
  if (before.container === 'zip' && after.container === 'zip') {
    // Encrypted entries may carry no checksum; then nobody can say that they are the same.
    return (old, now) => old.crc32 !== undefined && old.crc32 === now.crc32
  }
  const digests = await digestsOf(before, signal, (entry) => {
    const other = after.find(entry.path)
    return other?.kind === 'file' && other.sizeBytes === entry.sizeBytes && other.restriction !== 'encrypted'
  })
  const others = await digestsOf(after, signal, ({ path }) => digests.has(path))
  return ({ path }) => {
    const digest = digests.get(path)
    return digest !== undefined && others.get(path)?.equals(digest) === true
  }
}

async function digestsOf(
  archive: OpenArchive,
  signal: AbortSignal,
  isWanted: (entry: Entry) => boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  const digests = new Map<string, Buffer>()
  const only = (entry: Entry): boolean =>
    entry.kind === 'file' && entry.sizeBytes > 0 && entry.restriction !== 'encrypted' && isWanted(entry)
  for await (const { entry, content } of archive.readAll({ signal, only })) {
    const hash = createHash('sha256')
    for await (const piece of content) hash.update(piece)
    digests.set(entry.path, hash.digest())
  }
  return digests
}

/** Folders of `archive` of which `other` has neither an entry nor anything inside. */
function foldersMissingIn(other: OpenArchive, archive: OpenArchive): readonly Entry[] {
  const missing = new Map<string, Entry>()
  for (const entry of archive.entries()) {
    if (entry.kind === 'folder' && other.find(entry.path) === undefined) missing.set(entry.path, entry)
  }
  if (missing.size === 0) return []
  for (const { path } of other.entries()) {
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
