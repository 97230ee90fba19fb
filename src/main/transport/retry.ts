import { setTimeout as wait } from 'node:timers/promises'
import { FailureError } from '../../shared/failure.ts'
import { reasonOf } from './deadlines.ts'

export interface RetryOptions {
  readonly signal: AbortSignal
  /** Tries in all, the first one included. */
  readonly tries?: number
  /** Longest pause between two tries, in milliseconds. */
  readonly longestPauseMs?: number
  readonly shortestPauseMs?: number
  /** False for failures that another try cannot mend. */
  readonly worthAnotherTry?: (error: unknown) => boolean
}

/** Failures of the line; everything else is an answer and stays one however often it is asked for. */
const passing: readonly string[] = ['device-unreachable', 'device-silent', 'connection-lost']

/** True for failures of the line, which may pass. */
export function mayPass(error: unknown): boolean {
  return error instanceof FailureError && passing.includes(error.failure.code)
}

/**
 * Repeats a call that only reads, with growing pauses (1 to 30 s, each shortened at random so that many clients do not
 * come back at once). Never use it for a call that changes something: that one is sent once.
 * @throws the failure of the last try, or `cancelled`
 */
export async function retryReading<T>(read: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, tries = 5, shortestPauseMs = 1_000, longestPauseMs = 30_000 } = options
  const worthAnotherTry = options.worthAnotherTry ?? mayPass
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read()
    } catch (error) {
      if (attempt >= tries || !worthAnotherTry(error)) throw error
      const pauseMs = Math.min(longestPauseMs, shortestPauseMs * 2 ** (attempt - 1))
      await pause(pauseMs * (0.5 + Math.random() / 2), signal)
    }
  }
}

async function pause(pauseMs: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(pauseMs, undefined, { signal })
  } catch {
    // Only the abort ends this wait early.
    throw reasonOf(signal, 'waiting for another try')
  }
}
