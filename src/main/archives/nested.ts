import { FailureError } from '../../shared/failure.ts'
import { maxNesting } from '../../shared/model/place.ts'
import type { OpenArchive, OuterArchive } from './archive.ts'
import type { ByteSource } from './byte-source.ts'
import { gatherSource } from './gathered-source.ts'
import { defaultLimits, type ArchiveLimits } from './limits.ts'
import type { MemoryBudget } from './memory-budget.ts'
import { openArchive } from './open.ts'

/** What all archives inside archives may take of the memory of one process, together. */
export const nestedBytesAtMost = 256 * 1024 * 1024

export interface NestedOptions {
  readonly signal: AbortSignal
  /** The archives that lie around this one, the file last. */
  readonly around: readonly OuterArchive[]
  /** Shared by everything that is open in this process; given back when an archive is closed. */
  readonly memory: MemoryBudget
  /** The content of the entry, where it is being read already; a compressed tar would be unpacked anew for it. */
  readonly content?: AsyncIterable<Uint8Array>
  readonly password?: string
  readonly onRead?: (bytes: number) => void
}

/**
 * Opens an archive that lies in another one, because a person asked for this very one. Nothing of it is written
 * anywhere. What is stored as it is is read where it lies, whatever its size; everything else is unpacked into memory
 * and checked on the way. Entries and unpacked bytes count for all levels together, so that nesting buys nothing.
 * @throws FailureError `archive-nested-too-deep`, `archive-nested-too-large`, and as `openArchive`
 */
export async function openInside(path: string, options: NestedOptions): Promise<OpenArchive> {
  const { signal, around, memory, content, password, onRead } = options
  const [outer] = around
  if (outer === undefined) throw new TypeError('An archive inside an archive needs one around it')
  if (around.length > maxNesting) {
    throw new FailureError({
      code: 'archive-nested-too-deep',
      archive: outer.name,
      entry: path,
      limit: maxNesting,
    })
  }
  const source =
    (await outer.inPlace(path)) ??
    (await unpack(outer, path, memory, content ?? outer.read(path, { signal })))
  const name = path.slice(path.lastIndexOf('/') + 1)
  const inner = await openArchive(source, {
    name,
    signal,
    limits: limitsInside(around),
    ...(password !== undefined && { password }),
    ...(onRead && { onRead }),
  }).catch(async (error: unknown) => {
    // An opening that never began has not let go of its source.
    await source[Symbol.asyncDispose]()
    throw error
  })
  if (inner.container !== 'json') return inner
  // A document can be an archive only by itself: inside of one it is a file like any other.
  await inner[Symbol.asyncDispose]()
  throw new FailureError({
    code: 'archive-not-recognised',
    archive: name,
    looksLike: 'JSON document',
  })
}

async function unpack(
  outer: OuterArchive,
  path: string,
  memory: MemoryBudget,
  content: AsyncIterable<Uint8Array>,
): Promise<ByteSource> {
  const giveBack = memory.take(outer.find(path)?.sizeBytes ?? 0)
  if (giveBack === undefined) {
    throw new FailureError({
      code: 'archive-nested-too-large',
      archive: outer.name,
      entry: path,
      limitBytes: memory.freeBytes,
    })
  }
  try {
    return await gatherSource(content, giveBack)
  } catch (error) {
    giveBack()
    throw error
  }
}

/** What the archives around an archive leave of the limits. */
function limitsInside(around: readonly OuterArchive[]): Partial<ArchiveLimits> {
  let { entries, unpackedBytes } = defaultLimits
  for (const { count, container, unpackedBytes: unpacked } of around) {
    entries -= count
    // Opening a compressed tar unpacks all of it; opening the others unpacks nothing.
    if (container === 'tar.gz') unpackedBytes -= unpacked
  }
  return { entries: Math.max(0, entries), unpackedBytes: Math.max(0, unpackedBytes) }
}
