import { constants, type Stats } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { FailureError } from '../../shared/failure.ts'
import { errnoOf, readFailure } from './storage-failure.ts'

/** Only what lies in the folder itself is ever read or written: links are never followed, pipes never waited for. */
const noFollow = constants.O_NOFOLLOW
const readPlainly = constants.O_RDONLY | noFollow | constants.O_NONBLOCK

/** Flags to make a file that must not exist yet, not even as a dangling link. */
export const createOnly = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | noFollow

/** A plain file, open for reading. The caller closes the handle. */
export interface PlainFile {
  readonly handle: FileHandle
  readonly sizeBytes: number
  /** Time of the last change, in milliseconds since 1970. */
  readonly modifiedMs: number
}

/**
 * Opens a file for reading, or gives `undefined` where there is none.
 * @throws FailureError `storage-damaged` where a link, folder, pipe or device lies in its place; `file-unreadable`
 */
export async function openPlain(file: string): Promise<PlainFile | undefined> {
  // O_NOFOLLOW does not exist on Windows (it counts as 0 here), so links are looked for beforehand.
  if (process.platform === 'win32' && (await statOf(file))?.isSymbolicLink()) throw notPlain(file)
  let handle: FileHandle
  try {
    handle = await open(file, readPlainly)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') return undefined
    if (errno === 'ELOOP' || errno === 'EMLINK' || errno === 'ENXIO') throw notPlain(file, error)
    throw readFailure(error, file)
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw notPlain(file)
    return { handle, sizeBytes: stat.size, modifiedMs: stat.mtimeMs }
  } catch (error) {
    await handle.close()
    throw readFailure(error, file)
  }
}

/**
 * Reads a whole small file, or gives `undefined` where there is none.
 * @throws FailureError `storage-damaged` where it is no plain file or longer than `maxBytes`; `file-unreadable`
 */
export async function readPlain(file: string, maxBytes: number): Promise<Buffer | undefined> {
  const plain = await openPlain(file)
  if (plain === undefined) return undefined
  try {
    if (plain.sizeBytes > maxBytes) {
      throw new FailureError({ code: 'storage-damaged', file, reason: `is longer than ${maxBytes} bytes` })
    }
    return await readUpTo(plain.handle, plain.sizeBytes)
  } catch (error) {
    throw readFailure(error, file)
  } finally {
    await plain.handle.close()
  }
}

/** In one read where the file has the length it says: thousands of records are read at every start. */
async function readUpTo(handle: FileHandle, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(sizeBytes)
  let filled = 0
  while (filled < sizeBytes) {
    const { bytesRead } = await handle.read(bytes, filled, sizeBytes - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

/**
 * What lies at a path itself (a link is not followed), or `undefined` where nothing does.
 * @throws FailureError `file-unreadable`
 */
export async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw readFailure(error, path)
  }
}

function notPlain(file: string, cause?: unknown): FailureError {
  return new FailureError({ code: 'storage-damaged', file, reason: 'is not a plain file' }, { cause })
}
