import { constants } from 'node:os'
import { FailureError } from '../../shared/failure.ts'
import { freeBytesOf } from './free-space.ts'

/** The operating system's name for what went wrong (`ENOENT`, …), or `undefined` for errors that are not its own. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  const { code } = error
  if (typeof code !== 'string' || !code.startsWith('Unknown'))
    return typeof code === 'string' ? code : undefined
  // Node has no name for some, e.g. for a used-up quota (EDQUOT): then only the number tells.
  const number = 'errno' in error && typeof error.errno === 'number' ? -error.errno : undefined
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? code
}

/** What was being written when it failed. */
export interface WriteAttempt {
  /** The file or folder a person can be told. */
  readonly place: string
  /** How many bytes the whole piece of work needs there; 0 where that is next to nothing. */
  readonly neededBytes?: number | undefined
}

/**
 * Turns an error of a write into the failure to tell: `disk-full` for a full disk or quota, `storage-unwritable`
 * for every other refusal of the operating system. Failures and errors of any other origin stay as they are.
 */
export async function writeFailure(error: unknown, attempt: WriteAttempt): Promise<unknown> {
  const errno = errnoOf(error)
  if (errno === undefined) return error
  const { place, neededBytes = 0 } = attempt
  if (errno === 'ENOSPC' || errno === 'EDQUOT') {
    const freeBytes = await freeBytesOf(place)
    return new FailureError({ code: 'disk-full', place, neededBytes, freeBytes }, { cause: error })
  }
  return new FailureError({ code: 'storage-unwritable', place, reason: errno }, { cause: error })
}

/**
 * Runs a piece of work that writes and tells its failures by `writeFailure`.
 * @throws FailureError `disk-full`, `storage-unwritable`
 */
export async function writing<T>(attempt: WriteAttempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw await writeFailure(error, attempt)
  }
}

/** The failure of a read the operating system refused; errors of any other origin stay as they are. */
export function readFailure(error: unknown, file: string): unknown {
  const errno = errnoOf(error)
  if (errno === undefined) return error
  return new FailureError({ code: 'file-unreadable', file, reason: errno }, { cause: error })
}
