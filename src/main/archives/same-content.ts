import { createHash } from 'node:crypto'
import type { Entry } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'

interface ReadingOptions {
  readonly signal: AbortSignal
  /** How many bytes of contents have been read. */
  readonly onBytes?: (bytes: number) => void
}

/** Says of two files of one name and size whether they hold the same. */
export type SameContent = (old: Entry, now: Entry) => boolean

export function isSame(old: Entry, now: Entry, sameContent: SameContent): boolean {
  if (old.kind !== now.kind) return false
  if (old.kind === 'link') return old.linkTarget !== undefined && old.linkTarget === now.linkTarget
  if (old.sizeBytes !== now.sizeBytes) return false
  return old.kind !== 'file' || old.sizeBytes === 0 || sameContent(old, now)
}

export async function contentComparison(
  before: OpenArchive,
  after: OpenArchive,
  { signal, onBytes }: ReadingOptions,
): Promise<SameContent> {
  if (before.container === 'zip' && after.container === 'zip') {
    return hasSameChecksum
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

/** Encrypted entries may carry no checksum; then nobody can say that they are the same. */
function hasSameChecksum(old: Entry, now: Entry): boolean {
  return old.crc32 !== undefined && old.crc32 === now.crc32
}

async function digestOf(
  content: AsyncIterable<Uint8Array>,
  onPiece?: (bytes: number) => void,
): Promise<Buffer> {
  const hash = createHash('sha256')
  for await (const piece of content) {
    hash.update(piece)
    onPiece?.(piece.length)
  }
  return hash.digest()
}

async function digestsOf(
  archive: OpenArchive,
  { signal, onPiece }: { readonly signal: AbortSignal; readonly onPiece: (bytes: number) => void },
  isWanted: (entry: Entry) => boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  const digests = new Map<string, Buffer>()
  const only = (entry: Entry): boolean =>
    entry.kind === 'file' && entry.sizeBytes > 0 && entry.restriction !== 'encrypted' && isWanted(entry)
  for await (const { entry, content } of archive.readAll({ signal, lends: true, only })) {
    digests.set(entry.path, await digestOf(content, onPiece))
  }
  return digests
}

/** True where two entries hold the same, byte for byte, whatever their dates. */
export async function isSameEntry(
  before: OpenArchive,
  after: OpenArchive,
  [old, now]: readonly [Entry, Entry],
  signal: AbortSignal,
): Promise<boolean> {
  if (!isSame(old, now, () => true)) return false
  if (old.kind !== 'file' || old.sizeBytes === 0) return true
  if (before.container === 'zip' && after.container === 'zip') return hasSameChecksum(old, now)
  if (old.restriction === 'encrypted' || now.restriction === 'encrypted') return false
  const [one, other] = [
    await digestOf(before.read(old.path, { signal })),
    await digestOf(after.read(now.path, { signal })),
  ]
  return one.equals(other)
}
