import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError, type Failure } from '../../shared/failure.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import { readFailure } from '../storage/storage-failure.ts'
import { archiveIdOf, isDropping, type VaultLayout } from './layout.ts'
import { newestFirst, readRecordIn } from './records.ts'

/** Folders are read this many at a time: enough to keep the disk busy. */
const readersAtOnce = 16

/** Something under `archives/` that is no whole archive, and why. */
export interface DamagedArchive {
  /** Its name under `archives/`. */
  readonly folder: string
  readonly failure: Failure
}

/** All that lies in a vault. */
export interface VaultListing {
  /** Whole archives, the newest first. Their contents have not been hashed; see `Vault.verify`. */
  readonly records: readonly ArchiveRecord[]
  readonly damaged: readonly DamagedArchive[]
}

/** Looks at everything under `archives/`. One damaged archive never hides another. */
export async function listArchives({ archives }: VaultLayout): Promise<VaultListing> {
  const records: ArchiveRecord[] = []
  const damaged: DamagedArchive[] = []
  const queue = (await entriesOf(archives)).values()
  const readQueue = async (): Promise<void> => {
    for (const entry of queue) {
      if (isDropping(entry.name)) continue
      const found = await look(archives, entry)
      if ('code' in found) damaged.push({ folder: entry.name, failure: found })
      else records.push(found)
    }
  }
  await Promise.all(Array.from({ length: readersAtOnce }, readQueue))
  return {
    records: newestFirst(records),
    damaged: damaged.toSorted((a, b) => (a.folder < b.folder ? -1 : 1)),
  }
}

/** @throws FailureError `file-unreadable` */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    throw readFailure(error, folder)
  }
}

async function look(archives: string, entry: Dirent): Promise<ArchiveRecord | Failure> {
  const folder = join(archives, entry.name)
  const id = archiveIdOf(entry.name)
  if (id === undefined) return { code: 'storage-damaged', file: folder, reason: 'is not an archive' }
  if (!entry.isDirectory()) return { code: 'storage-damaged', file: folder, reason: 'is not a folder' }
  try {
    return await readRecordIn(folder, id)
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
}
