import type { Stats } from 'node:fs'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { errnoOf, writing } from './storage-failure.ts'
import { syncFolder } from './sync-folder.ts'

/** Permissions of what Ferrite writes: its owner alone. Windows keeps the rights of the folder above instead. */
export const privateFolderMode = 0o700
export const privateFileMode = 0o600

/**
 * Makes a folder, and those above it, that only its owner may enter. One that exists is taken back from others, as far
 * as its file system knows permissions.
 * @throws FailureError `storage-damaged` where something else lies in its place, `storage-unwritable` also where it
 * belongs to another user, `disk-full`
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  await writing({ place: folder }, async () => {
    const first = await mkdirOver(folder)
    const stat = await lstat(folder)
    if (!stat.isDirectory()) throw notFolder(folder)
    if (first === undefined) await takeBack(folder, stat)
    else
      for (let made = folder; made.length >= first.length; made = dirname(made))
        await syncFolder(dirname(made))
  })
}

async function takeBack(folder: string, { mode, uid }: Stats): Promise<void> {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return
  try {
    await chmod(folder, privateFolderMode)
  } catch (error) {
    // The owner is refused where there is nothing to change: memory sticks keep no permissions, read-only disks theirs.
    const isOwn = uid === process.getuid?.()
    if (!isOwn || !['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EROFS'].includes(errnoOf(error) ?? '')) throw error
  }
}

/** The topmost folder that had to be made; `undefined` where all were there. */
async function mkdirOver(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true, mode: privateFolderMode })
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'EEXIST' || errno === 'ENOTDIR') throw notFolder(folder, error)
    throw error
  }
}

function notFolder(folder: string, cause?: unknown): FailureError {
  return new FailureError({ code: 'storage-damaged', file: folder, reason: 'is not a folder' }, { cause })
}
