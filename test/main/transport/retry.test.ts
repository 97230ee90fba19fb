import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { retryReading } from '../../../src/main/transport/retry.ts'
import { failureOf, never, timeOf } from './support/quiet.ts'

const lost = { code: 'connection-lost', address: 'a', phase: 'GET /', bytesDone: 0 } as const
const quick = { signal: never, shortestPauseMs: 5, longestPauseMs: 20 }

function failing(times: number, failure: ConstructorParameters<typeof FailureError>[0] = lost) {
  const seen = { calls: 0 }
  const read = async (): Promise<number> => {
    seen.calls += 1
    if (seen.calls <= times) throw new FailureError(failure)
    return seen.calls
  }
  return { seen, read }
}

test('a failure of the line is tried again until it passes', async () => {
  const { read } = failing(3)
  expect(await retryReading(read, quick)).toBe(4)
})

test('after five tries the last failure stands', async () => {
  const { seen, read } = failing(100)
  await failureOf(retryReading(read, quick), 'connection-lost')
  expect(seen.calls).toBe(5)
})

test('an answer is not asked for again, and least of all a login', async () => {
  const { seen, read } = failing(100, { code: 'login-refused', address: 'a', user: 'u' })
  await failureOf(retryReading(read, quick), 'login-refused')
  expect(seen.calls).toBe(1)
})

test('the pauses grow, up to their limit', async () => {
  const at: number[] = []
  const read = async (): Promise<never> => {
    at.push(performance.now())
    throw new FailureError(lost)
  }
  await failureOf(
    retryReading(read, { signal: never, tries: 4, shortestPauseMs: 100, longestPauseMs: 400 }),
    'connection-lost',
  )
  const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0))
  expect(pauses[0]).toBeGreaterThanOrEqual(49)
  expect(pauses[1]).toBeGreaterThanOrEqual(99)
  expect(pauses[2]).toBeGreaterThanOrEqual(199)
})

test('a cancel ends the pause', async () => {
  const cancel = new AbortController()
  const { read } = failing(100)
  const work = retryReading(read, { signal: cancel.signal, shortestPauseMs: 20_000 })
  const took = timeOf(failureOf(work, 'cancelled'))
  await wait(50)
  cancel.abort()
  expect(await took).toBeLessThan(2_000)
})
