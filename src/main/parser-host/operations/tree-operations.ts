import { findNames } from '../../archives/find-names.ts'
import { breathe } from '../../archives/archive-base.ts'
import { folderPage } from '../../archives/tree.ts'
import type { Entry } from '../../../shared/model/entry.ts'
import type { treeCalls } from '../contracts/tree-calls.ts'
import type { OperationsFor } from '../operation.ts'

const entriesInBatch = 1000
const unsafeAtMost = 1000

/** Names: folders, files, single entries. */
export const treeOperations: OperationsFor<keyof typeof treeCalls> = {
  folder: async ({ archive: handle, path, from, count }, { archive, signal }) =>
    await folderPage(archive(handle), path, { from, count, signal }),
  findNames: async ({ archive: handle, text, atMost }, { archive, signal }) =>
    await findNames(archive(handle), text, { atMost, signal }),
  entry: ({ archive: handle, path }, { archive }) => archive(handle).find(path),
  entries: async ({ archive: handle }, { archive, signal, emit }) => {
    let batch: Entry[] = []
    for (const entry of archive(handle).entries()) {
      batch.push(entry)
      if (batch.length < entriesInBatch) continue
      await emit(batch)
      await breathe(signal)
      batch = []
    }
    if (batch.length > 0) await emit(batch)
  },
  unsafeEntries: ({ archive: handle }, { archive }) => archive(handle).unsafeEntries().slice(0, unsafeAtMost),
}
