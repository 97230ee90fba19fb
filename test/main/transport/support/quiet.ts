import { setMaxListeners } from 'node:events'
import { expect } from 'vitest'
import type { FailureCode, FailureError } from '../../../../src/shared/failure.ts'

/** A signal that nobody aborts. */
export const never = new AbortController().signal
// Everything in a test file listens to it.
setMaxListeners(0, never)

/** Short enough for a test, long enough for a busy machine. */
export const soon = { connectMs: 5_000, handshakeMs: 5_000, idleMs: 5_000 } as const

/** What a promise rejected with: a failure of one of the given codes. */
export async function failureOf(
  work: Promise<unknown>,
  ...codes: readonly FailureCode[]
): Promise<FailureError> {
  const error: unknown = await work.then(
    (value) => new Error(`it did not fail, but gave ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  const failure = (error as Partial<FailureError>).failure ?? { code: String(error) }
  expect(codes, JSON.stringify(failure)).toContain(failure.code)
  return error as FailureError
}

/** Milliseconds that some work takes. */
export async function timeOf(work: PromiseLike<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work
  return performance.now() - startedAt
}

export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
