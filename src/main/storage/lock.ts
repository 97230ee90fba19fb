import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { FailureError } from '../../shared/failure.ts'
import { privateFileMode, privateFolderMode } from './private-folder.ts'
import { ownedName, ownedNamePattern, ownerState, processIdOf } from './process-mark.ts'
import { errnoOf, writing } from './storage-failure.ts'

const patienceMs = 10_000
const holderName = new RegExp(`^${ownedNamePattern}$`)

/**
 * Runs `work` while no other process, and no other call in this one, holds the lock of `file`.
 *
 * Node offers no lock of the operating system's own, so the lock is a folder `<file>.lock` that holds one empty
 * file named after its holder. It is made elsewhere and renamed into place, which fails while the folder there is not
 * empty: whoever has renamed holds it. The lock of a holder that is gone is taken over by unlinking exactly that
 * holder's file, which can never hit a new holder's lock. So a killed process blocks nobody and nothing is ever
 * removed by hand; see `process-mark.ts` for how sure "gone" is.
 *
 * Held for moments (one small file is read, changed and written), so waiting ends after 10 seconds.
 * @throws FailureError `storage-unwritable` where the lock cannot be had; whatever `work` throws
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`
  const own = ownedName()
  await writing({ place: file }, async () => await acquire(lock, own))
  try {
    return await work()
  } finally {
    await release(lock, own)
  }
}

async function acquire(lock: string, own: string): Promise<void> {
  const prepared = `${lock}-${own}`
  await mkdir(prepared, { mode: privateFolderMode })
  try {
    await writeFile(join(prepared, own), '', { flag: 'wx', mode: privateFileMode })
    await moveIntoPlace(prepared, lock)
  } catch (error) {
    await rm(prepared, { recursive: true, force: true })
    throw error
  }
}

async function moveIntoPlace(prepared: string, lock: string): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      await rename(prepared, lock)
      return
    } catch (error) {
      // Windows answers EPERM or EACCES where a folder is in the way; POSIX systems ENOTEMPTY or EEXIST.
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY'].includes(errnoOf(error) ?? '')) throw error
      const holders = await clearGone(lock)
      if (performance.now() > deadline) {
        const ids = holders.map((name) => processIdOf(holderName.exec(name)?.[1] ?? '') ?? name)
        const reason = holders.length > 0 ? `in use by process ${ids.join(', ')}` : (errnoOf(error) ?? '')
        throw new FailureError({ code: 'storage-unwritable', place: lock, reason }, { cause: error })
      }
      if (holders.length > 0) await delay(2 + Math.random() * 20)
    }
  }
}

/** Removes what holders that are gone have left, and names the holders that are not. */
async function clearGone(lock: string): Promise<readonly string[]> {
  const names = (await ignoring(['ENOENT'], async () => await readdir(lock))) ?? []
  const gone = names.filter((name) => ownerState(holderName.exec(name)?.[1] ?? '') === 'gone')
  for (const name of gone) await ignoring(['ENOENT'], async () => await unlink(join(lock, name)))
  if (gone.length < names.length) return names.filter((name) => !gone.includes(name))
  await removeIfEmpty(lock)
  return []
}

/** A folder that is not there or not empty any more has been taken by another process in the meantime: good. */
async function removeIfEmpty(lock: string): Promise<void> {
  await ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'], async () => await rmdir(lock))
}

async function release(lock: string, own: string): Promise<void> {
  // A lock that is not there was removed with the whole folder: nothing is left to release.
  await ignoring(['ENOENT'], async () => await unlink(join(lock, own)))
  await removeIfEmpty(lock)
}

async function ignoring<T>(errnos: readonly string[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (errnos.includes(errnoOf(error) ?? '')) return undefined
    throw error
  }
}
