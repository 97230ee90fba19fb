import { statfs } from 'node:fs/promises'
import { FailureError } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { breathe } from './archive-base.ts'
import { FreshFolder } from './fresh-folder.ts'
import { maxLevels } from './limits.ts'
import { judgeName } from './names.ts'

const MiB = 1024 * 1024
/** No archive takes more than this out of itself, however large the disk. */
const maxTotalBytes = 64 * 1024 * MiB
/** Kept free on the disk: as much as is written, within these bounds. */
const minReserveBytes = 64 * MiB
const maxReserveBytes = 2048 * MiB

/** What was taken out, and what was not. */
export interface Extraction {
  readonly files: number
  readonly bytes: number
  /** With the restriction of the entry as the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
}

export interface ExtractOptions {
  readonly signal: AbortSignal
  /** Told of all bytes written so far. */
  readonly onBytes?: (bytesDone: number) => void
}

/**
 * Takes files and folders out into a folder that is empty or does not exist yet: all, or those of `paths` with what is
 * below them. Only plain files and folders with names that are safe on every system are made, never over something that
 * is there; the rest is skipped and named. Contents are checked on the way. On any failure, or when it is aborted,
 * everything written is removed again.
 */
export async function extractTo(
  archive: OpenArchive,
  paths: readonly string[] | undefined,
  folder: string,
  options: ExtractOptions,
): Promise<Extraction> {
  const { signal } = options
  const isWanted = selection(paths)
  const { skipped, totalBytes } = await survey(archive, isWanted, paths, signal)
  const target = await FreshFolder.prepare(folder)
  try {
    await assertRoom(folder, totalBytes)
    let files = 0
    let bytes = 0
    const only = (entry: Entry): boolean => isWanted(entry.path) && refusal(entry) === undefined
    for await (const { entry, content } of archive.readAll({ signal, only })) {
      if (entry.kind === 'folder') {
        await target.makeFolder(entry.path)
        continue
      }
      await target.writeFile(entry.path, counted(content), entry.modifiedAt)
      files += 1
    }
    return { files, bytes, skipped }

    async function* counted(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of content) {
        signal.throwIfAborted()
        yield piece
        bytes += piece.length
        options.onBytes?.(bytes)
      }
    }
  } catch (error) {
    await target.undo(error)
    throw error
  }
}

/** Why an entry is not taken out; `undefined` where it is. */
function refusal(entry: Entry): string | undefined {
  if (entry.restriction !== undefined) return entry.restriction
  if (entry.kind === 'link') return 'link'
  if (entry.kind === 'other') return 'special'
  return judgeName(entry.path) === 'safe' ? undefined : 'unsafe-name'
}

/** True for the chosen paths and all that lies below them. */
function selection(paths: readonly string[] | undefined): (path: string) => boolean {
  if (paths === undefined) return () => true
  const chosen = new Set(paths.map((path) => (path.endsWith('/') ? path.slice(0, -1) : path)))
  return (path) => {
    if (chosen.has(path)) return true
    let levels = 0
    for (let at = path.indexOf('/'); at > 0 && levels < maxLevels; at = path.indexOf('/', at + 1)) {
      if (chosen.has(path.slice(0, at))) return true
      levels += 1
    }
    return false
  }
}

async function survey(
  archive: OpenArchive,
  isWanted: (path: string) => boolean,
  paths: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<{ readonly skipped: Extraction['skipped']; readonly totalBytes: number }> {
  const skipped: { path: string; reason: string }[] = []
  let totalBytes = 0
  let wanted = 0
  let steps = 0
  for (const entry of archive.entries()) {
    if (++steps % 32_768 === 0) await breathe(signal)
    if (!isWanted(entry.path)) continue
    wanted += 1
    const reason = refusal(entry)
    if (reason === undefined) totalBytes += entry.sizeBytes
    else skipped.push({ path: entry.path, reason })
  }
  const [first] = paths ?? []
  if (wanted === 0 && first !== undefined)
    throw new FailureError({ code: 'not-found', kind: 'entry', id: first })
  return { skipped, totalBytes }
}

async function assertRoom(folder: string, totalBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  const reserve = Math.min(maxReserveBytes, Math.max(minReserveBytes, totalBytes))
  if (totalBytes > 0 && totalBytes > Math.min(maxTotalBytes, freeBytes - reserve)) {
    throw new FailureError({ code: 'disk-full', place: folder, neededBytes: totalBytes + reserve, freeBytes })
  }
}
