import { openInside } from '../../archives/nested.ts'
import { openArchive, type OpenArchive } from '../../archives/open.ts'
import { verdictOf } from '../../archives/verdict.ts'
import type { ArchiveHandle } from '../contracts/call.ts'
import type { Opened, archiveCalls } from '../contracts/archive-calls.ts'
import type { OperationsFor } from '../operation.ts'

/** Opening, closing, and what an archive says of its source. */
export const archiveOperations: OperationsFor<keyof typeof archiveCalls> = {
  open: async ({ file, name, password, mayBeOpaque }, { signal, shelf, onRead }) => {
    const archive = await openArchive(file, {
      name,
      signal,
      mayBeOpaque,
      onRead,
      ...(password !== undefined && { password }),
    })
    return openedOf(archive, shelf.put(archive))
  },
  openInside: async ({ archive: outer, path, password }, { signal, shelf, memory, onRead }) => {
    const inner = await openInside(path, {
      signal,
      around: shelf.chain(outer),
      memory: memory.nested,
      onRead,
      ...(password !== undefined && { password }),
    })
    try {
      return openedOf(inner, shelf.put(inner, outer))
    } catch (error) {
      // The one around it was closed meanwhile.
      await inner[Symbol.asyncDispose]()
      throw error
    }
  },
  close: async ({ archive }, { shelf }) => {
    await shelf.close(archive)
  },
  describe: async ({ archive: handle, families, recorded }, { archive, signal, readerOf }) => {
    const opened = archive(handle)
    const family = families.find((id) => readerOf(id).recognises(opened))
    if (family === undefined) return undefined
    const source = await readerOf(family).readArchive(opened, { ...recorded, family }, signal)
    return { family, source }
  },
}

function openedOf(opened: OpenArchive, archive: ArchiveHandle): Opened {
  const { container, archiveBytes, count, unpackedBytes, rows } = opened
  return { archive, container, archiveBytes, count, unpackedBytes, verdict: verdictOf(rows) }
}
