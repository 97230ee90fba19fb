import { FailureError } from '../../../shared/failure.ts'
import { previewEntry } from '../../archives/preview.ts'
import { readSelection, surveySelection } from '../../archives/selection.ts'
import { testContents } from '../../archives/test-contents.ts'
import type { CallBatch } from '../contract.ts'
import type { contentCalls } from '../contracts/content-calls.ts'
import type { OperationsFor } from '../operation.ts'

/** A batch is sent when it has so many bytes or parts. */
const batchBytes = 1024 * 1024
const batchParts = 512

/** What is in the files. */
export const contentOperations: OperationsFor<keyof typeof contentCalls> = {
  read: async ({ archive: handle, path, maxBytes }, { archive, signal, emit }) => {
    const options = { signal, ...(maxBytes !== undefined && { maxBytes }) }
    for await (const piece of archive(handle).read(path, options)) await emit(piece)
  },
  readAll: async ({ archive: handle, selection }, { archive, signal, emit }) => {
    let parts: CallBatch<'readAll'>[number][] = []
    let bytes = 0
    const flush = async (): Promise<void> => {
      const full = parts
      parts = []
      bytes = 0
      if (full.length > 0) await emit(full)
    }
    for await (const { entry, content } of readSelection(archive(handle), selection, signal)) {
      parts.push({ kind: 'entry', entry })
      for await (const piece of content) {
        parts.push({ kind: 'piece', bytes: piece })
        bytes += piece.length
        if (bytes >= batchBytes) await flush()
      }
      if (parts.length >= batchParts) await flush()
    }
    await flush()
  },
  replaced: async ({ archive: handle, path, content }, { archive, signal, emit }) => {
    const opened = archive(handle)
    if (!opened.replaced) {
      const detail = `a ${opened.container} is not rewritten`
      throw new FailureError({ code: 'archive-structure', archive: opened.name, detail })
    }
    for await (const segment of opened.replaced(path, content, signal)) await emit(segment)
  },
  survey: async ({ archive: handle, selection }, { archive, signal }) =>
    await surveySelection(archive(handle), selection, signal),
  test: async ({ archive: handle, part, parts }, { archive, signal, progress }) =>
    await testContents(archive(handle), { part, parts, signal, onBytes: progress }),
  preview: async ({ archive: handle, path, reveal }, { archive, signal }) =>
    await previewEntry(archive(handle), path, { signal, reveal }),
  bytes: async ({ archive: handle, path, offset, length }, { archive, signal, memory }) =>
    await memory.fronts.bytes(archive(handle), path, { offset, length, signal }),
}
