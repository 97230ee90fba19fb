import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError, type Failure } from '../../shared/failure.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
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
  const { found, damaged } = await readAll(archives, await entriesOf(archives), readRecordIn)
  return { records: newestFirst(found), damaged }
}

/** What was read in the folders of one place, in no order, and what could not be. */
interface Readings<T> {
  readonly found: readonly T[]
  readonly damaged: readonly DamagedArchive[]
}

/** Reads every folder with `read`, several at a time; what is no folder with an id for its name is damage. */
export async function readAll<T>(
  place: string,
  entries: readonly Dirent[],
  read: (folder: string, id: ArchiveId) => Promise<T>,
): Promise<Readings<T>> {
  const found: T[] = []
  const damaged: DamagedArchive[] = []
  const queue = entries.values()
  const readQueue = async (): Promise<void> => {
    for (const entry of queue) {
      if (isDropping(entry.name)) continue
      try {
        found.push(await read(join(place, entry.name), idOf(place, entry)))
      } catch (error) {
        if (!(error instanceof FailureError)) throw error
        damaged.push({ folder: entry.name, failure: error.failure })
      }
    }
  }
  await Promise.all(Array.from({ length: readersAtOnce }, readQueue))
  return { found, damaged: damaged.toSorted((a, b) => (a.folder < b.folder ? -1 : 1)) }
}

/** @throws FailureError `file-unreadable` */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    throw readFailure(error, folder)
  }
}

function idOf(place: string, entry: Dirent): ArchiveId {
  const file = join(place, entry.name)
  const id = archiveIdOf(entry.name)
  if (id === undefined) throw new FailureError({ code: 'storage-damaged', file, reason: 'is not an archive' })
  if (!entry.isDirectory())
    throw new FailureError({ code: 'storage-damaged', file, reason: 'is not a folder' })
  return id
}
