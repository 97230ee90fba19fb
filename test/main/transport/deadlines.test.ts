import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { until, Watch } from '../../../src/main/transport/deadlines.ts'
import { failureOf, never, timeOf } from './support/quiet.ts'

const place = { address: 'ssh://device', phase: 'connecting' }
const forever = new Promise<never>(() => undefined)

test('silence ends a wait, and says in which phase and after how long', async () => {
  using watch = new Watch({ ...place, idleMs: 100, signals: [never] })
  const { failure } = await failureOf(until(forever, watch), 'device-silent')
  expect(failure).toEqual({ code: 'device-silent', ...place, seconds: 0.1 })
})

test('what moves is not silent, however long it takes', async () => {
  using watch = new Watch({ ...place, idleMs: 300, signals: [never] })
  for (let step = 0; step < 12; step += 1) {
    await wait(50)
    watch.touch()
  }
  expect(watch.signal.aborted).toBe(false)
  watch.enter('login', 50)
  await failureOf(until(forever, watch), 'device-silent')
  expect(watch.reason).toMatchObject({ failure: { phase: 'login', seconds: 0.1 } })
})

test('the limit for everything together is not prolonged by what moves', async () => {
  using watch = new Watch({ ...place, idleMs: 1_000, totalMs: 200, signals: [never] })
  const mover = setInterval(() => {
    watch.touch()
  }, 20)
  const took = await timeOf(failureOf(until(forever, watch), 'device-silent'))
  clearInterval(mover)
  expect(took).toBeLessThan(2_000)
  expect(watch.reason).toMatchObject({ failure: { phase: 'connecting, in all' } })
})

test('while somebody else is waited for, the device is not silent', async () => {
  using watch = new Watch({ ...place, idleMs: 50, signals: [never] })
  watch.hold()
  watch.hold()
  watch.release()
  await wait(200)
  expect(watch.signal.aborted).toBe(false)
  watch.release()
  await failureOf(until(forever, watch), 'device-silent')
})

test('a computer that slept gives the device a moment before it calls it silent', async () => {
  using watch = new Watch({ ...place, idleMs: 100, signals: [never] })
  const blockedUntil = performance.now() + 1_500
  while (performance.now() < blockedUntil);
  await wait(300)
  expect(watch.signal.aborted).toBe(false)
  watch.touch()
  await failureOf(until(forever, watch), 'device-silent')
})

test('a cancel ends the wait at once; a reason that is a failure is passed on as it is', async () => {
  const cancel = new AbortController()
  using watch = new Watch({ ...place, idleMs: 60_000, signals: [never, cancel.signal] })
  const waiting = failureOf(until(forever, watch), 'cancelled')
  cancel.abort()
  expect((await waiting).failure).toEqual({ code: 'cancelled', phase: 'connecting' })
  const reason = new FailureError({ code: 'vault-gone', place: 'x' })
  using late = new Watch({ ...place, idleMs: 60_000, signals: [AbortSignal.abort(reason)] })
  await expect(until(forever, late)).rejects.toBe(reason)
})

test('work that fails after nobody waits any more is not unhandled', async () => {
  using watch = new Watch({ ...place, idleMs: 20, signals: [never] })
  const late = wait(100).then(() => {
    throw new Error('too late')
  })
  await failureOf(until(late, watch), 'device-silent')
  await wait(200)
})
