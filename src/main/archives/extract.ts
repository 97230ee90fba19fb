import { statfs } from 'node:fs/promises'
import { FailureError } from '../../shared/failure.ts'
import type { PassingEntry } from './archive.ts'
import { FreshFolder } from './fresh-folder.ts'
import type { SafeNames } from './safe-names.ts'
import type { Selection, Survey } from './selection.ts'

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
  /** With the restriction of the entry as the reason; the first of `skippedCount`. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly skippedCount: number
  /** What was taken out under another name; the first of `renamedCount`. */
  readonly renamed: readonly { readonly path: string; readonly name: string }[]
  readonly renamedCount: number
}

/** An archive that entries can be taken out of, wherever it is open. */
export interface TakeOutSource {
  survey(selection: Selection, signal: AbortSignal): Promise<Survey>
  readAll(options: {
    readonly signal: AbortSignal
    readonly selection: Selection
  }): AsyncIterable<PassingEntry>
}

export interface ExtractOptions {
  readonly signal: AbortSignal
  /** Told of all bytes written so far. */
  readonly onBytes?: (bytesDone: number) => void
  /** Takes what has a name that not every system can hold out under one of these; only after a person said so. */
  readonly names?: SafeNames
}

const renamedAtMost = 1000

/**
 * Takes files and folders out into a folder that is empty or does not exist yet: all, or those of `paths` with what is
 * below them. Only plain files and folders with names that are safe on every system are made, never over something that
 * is there; the rest is skipped and named, or gets safe names. Contents are checked on the way. On any failure, or when
 * it is aborted, everything written is removed again.
 */
export async function extractTo(
  archive: TakeOutSource,
  paths: readonly string[] | undefined,
  folder: string,
  options: ExtractOptions,
): Promise<Extraction> {
  const { signal } = options
  const selection = {
    ...(paths && { paths }),
    withoutRefused: true,
    withUnsafeNames: options.names !== undefined,
  }
  const { skipped, skippedCount, totalBytes } = await archive.survey(selection, signal)
  const names = new Names(options.names)
  const target = await FreshFolder.prepare(folder)
  try {
    await assertRoom(folder, totalBytes)
    let files = 0
    let bytes = 0
    for await (const { entry, content } of archive.readAll({ signal, selection })) {
      const name = names.nameFor(entry.path)
      if (entry.kind === 'folder') {
        await target.makeFolder(name)
        continue
      }
      await target.writeFile(name, counted(content), entry.modifiedAt)
      files += 1
    }
    return { files, bytes, skipped, skippedCount, renamed: names.renamed, renamedCount: names.renamedCount }

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

/** The names that entries get outside. */
class Names {
  readonly renamed: { readonly path: string; readonly name: string }[] = []
  renamedCount = 0
  readonly #safe: SafeNames | undefined

  constructor(safe: SafeNames | undefined) {
    this.#safe = safe
  }

  nameFor(path: string): string {
    const name = this.#safe?.safeNameFor(path) ?? path
    if (name !== path) {
      this.renamedCount += 1
      if (this.renamed.length < renamedAtMost) this.renamed.push({ path, name })
    }
    return name
  }
}

async function assertRoom(folder: string, totalBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  const reserve = Math.min(maxReserveBytes, Math.max(minReserveBytes, totalBytes))
  if (totalBytes > 0 && totalBytes > Math.min(maxTotalBytes, freeBytes - reserve)) {
    throw new FailureError({ code: 'disk-full', place: folder, neededBytes: totalBytes + reserve, freeBytes })
  }
}
