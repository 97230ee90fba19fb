import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeNew } from '../storage/durable-file.ts'
import { renamePatiently } from '../storage/rename-patiently.ts'
import { writing } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/sync-folder.ts'
import type { StagedFile } from './staging.ts'

/** Where a staged file goes, and what lies beside it there. */
export interface Destination {
  /** A folder of the vault, on the same file system as staging. */
  readonly parent: string
  /** The name of the new folder in it; nothing has it yet. */
  readonly name: string
  /** The file that describes the content, and its text. */
  readonly fileName: string
  readonly text: string
}

/**
 * Gives staged bytes and their description a place in the vault, whole or not at all.
 *
 * Both are made complete and flushed in the staging folder first. The one rename is the moment they come to exist: a
 * crash before it leaves staging only, a crash after it the whole folder. After a failure the staged file is as it was.
 * @throws FailureError `disk-full`, `storage-unwritable`
 */
export async function moveIntoPlace(
  staging: string,
  staged: StagedFile,
  { parent, name, fileName, text }: Destination,
): Promise<void> {
  const folder = join(staging, staged.stagingId)
  const place = join(parent, name)
  const description = join(folder, fileName)
  await writing({ place, neededBytes: Buffer.byteLength(text) }, async () => {
    try {
      await writeNew(description, text)
      await rename(staged.path, join(folder, staged.fileName))
      await syncFolder(folder)
      await renamePatiently(folder, place)
      await syncBoth({ parent, staging }, folder, place)
    } catch (error) {
      await putBack(folder, staged, description)
      throw error
    }
  })
}

/** After this, a power cut cannot undo the rename. Where that cannot be had, the rename is taken back. */
async function syncBoth(
  { parent, staging }: { readonly parent: string; readonly staging: string },
  folder: string,
  place: string,
): Promise<void> {
  try {
    await syncFolder(parent)
    await syncFolder(staging)
  } catch (error) {
    await rename(place, folder)
    throw error
  }
}

/** Best effort: the failure that led here is told, and what lies in staging is no archive in any case. */
async function putBack(folder: string, staged: StagedFile, description: string): Promise<void> {
  await rename(join(folder, staged.fileName), staged.path).catch(() => undefined)
  await rm(description, { force: true }).catch(() => undefined)
}
