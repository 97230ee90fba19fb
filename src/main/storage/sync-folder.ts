import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { errnoOf } from './storage-failure.ts'

/**
 * Makes the names in a folder survive a power cut; without it a finished rename can be lost (measured on ext4).
 *
 * Windows is left out: it opens no folder for flushing, and NTFS keeps the order of renames in its own journal.
 * `EINVAL` and `ENOTSUP` come from file systems that have no such operation (some network drives), where this
 * is the most that can be done. Every other error is thrown.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } catch (error) {
    const errno = errnoOf(error)
    if (errno !== 'EINVAL' && errno !== 'ENOTSUP') throw error
  } finally {
    await handle.close()
  }
}
