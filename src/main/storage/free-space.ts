import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { FailureError } from '../../shared/failure.ts'

/**
 * Bytes that this user may still write to the file system of `place`. Where `place` does not exist (yet, or any
 * more) its nearest existing ancestor is asked. Knows nothing of quotas.
 */
export async function freeBytesOf(place: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(place)
    return bavail * bsize
  } catch (error) {
    const parent = dirname(place)
    if (parent === place) throw error
    return await freeBytesOf(parent)
  }
}

/**
 * Refuses work that would fill the disk, before its first byte.
 * @throws FailureError `disk-full`
 */
export async function requireRoom(place: string, neededBytes: number): Promise<void> {
  const freeBytes = await freeBytesOf(place)
  if (freeBytes < neededBytes) throw new FailureError({ code: 'disk-full', place, neededBytes, freeBytes })
}
