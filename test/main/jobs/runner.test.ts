import { expect, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { deviceIdSchema } from '../../../src/shared/model/device.ts'
import type { Job } from '../../../src/shared/model/job.ts'
import { JobRunner } from '../../../src/main/jobs/runner.ts'
import { createToFailure } from '../../../src/main/jobs/to-failure.ts'

const deviceId = deviceIdSchema.parse('dev-abcdefabcdef')

function newRunner(): { readonly runner: JobRunner; readonly incidents: unknown[]; readonly seen: Job[] } {
  const incidents: unknown[] = []
  const seen: Job[] = []
  const toFailure = createToFailure((_incident, error) => incidents.push(error))
  const runner = new JobRunner({ toFailure, progressEveryMs: 0 })
  runner.onChange((job) => seen.push(job))
  return { runner, incidents, seen }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error)
    })
  })

test('a job goes from queued over running to done', async () => {
  const { runner, seen } = newRunner()
  const { id } = runner.start({
    kind: 'verify',
    subject: 'PRESS-7',
    work: (context) => {
      context.report({ phase: 'checking-archive', bytesDone: 1 })
      return Promise.resolve({ kind: 'none' })
    },
  })
  await runner.wait(id)
  expect(seen.map(({ state }) => state.phase)).toEqual(['queued', 'running', 'done'])
})

test('a second job on a busy device is refused, and allowed after the first has ended', async () => {
  const { runner } = newRunner()
  const first = runner.start({
    kind: 'backup',
    deviceId,
    subject: 'PRESS-7',
    work: ({ signal }) => untilAborted(signal),
  })
  const start = () =>
    runner.start({
      kind: 'probe',
      deviceId,
      subject: 'PRESS-7',
      work: () => Promise.resolve({ kind: 'none' }),
    })
  expect(start).toThrow('device-busy')
  expect(runner.cancel(first.id)).toBe(true)
  await runner.wait(first.id)
  expect((await runner.wait(start().id)).state.phase).toBe('done')
})

test('a cancelled job ends as cancelled, not as failed', async () => {
  const { runner } = newRunner()
  const { id } = runner.start({ kind: 'backup', subject: 'x', work: ({ signal }) => untilAborted(signal) })
  runner.cancel(id)
  expect((await runner.wait(id)).state).toEqual({ phase: 'cancelled' })
  expect(runner.cancel(id)).toBe(false)
})

test('a sealed job cannot be cancelled', async () => {
  const { runner } = newRunner()
  let release: () => void = () => undefined
  const { id } = runner.start({
    kind: 'restore',
    subject: 'x',
    work: async (context) => {
      context.report({ phase: 'applying', bytesDone: 0 })
      context.seal()
      await new Promise<void>((resolve) => {
        release = resolve
      })
      return { kind: 'none' }
    },
  })
  await Promise.resolve()
  await Promise.resolve()
  expect(runner.cancel(id)).toBe(false)
  release()
  expect((await runner.wait(id)).state.phase).toBe('done')
})

test('a failure keeps its code; what nobody foresaw gets an incident and its stack goes to the log', async () => {
  const { runner, incidents } = newRunner()
  const run = async (error: Error) => {
    const { id } = runner.start({ kind: 'verify', subject: 'x', work: () => Promise.reject(error) })
    return (await runner.wait(id)).state
  }
  expect(await run(new FailureError({ code: 'vault-gone', place: 'E:' }))).toEqual({
    phase: 'failed',
    failure: { code: 'vault-gone', place: 'E:' },
  })
  const bug = new TypeError('x is not a function')
  expect(await run(bug)).toMatchObject({ phase: 'failed', failure: { code: 'unexpected' } })
  expect(incidents).toEqual([bug])
})

test('closing cancels what runs and waits for it', async () => {
  const { runner } = newRunner()
  runner.start({ kind: 'backup', subject: 'x', work: ({ signal }) => untilAborted(signal) })
  await runner.close()
  expect(runner.list().map(({ state }) => state.phase)).toEqual(['cancelled'])
})

test('waiting for quiet takes in jobs that begin meanwhile', async () => {
  const { runner } = newRunner()
  const ends: (() => void)[] = []
  const start = () =>
    runner.start({
      kind: 'verify',
      subject: 'x',
      work: async () => {
        await new Promise<void>((resolve) => ends.push(resolve))
        return { kind: 'none' }
      },
    })
  await runner.idle()
  start()
  let isQuiet = false
  const quiet = runner.idle().then(() => {
    isQuiet = true
  })
  await Promise.resolve()
  start()
  await Promise.resolve()
  ends[0]?.()
  await Promise.resolve()
  expect(isQuiet).toBe(false)
  ends[1]?.()
  await quiet
  expect(runner.list().every(({ state }) => state.phase === 'done')).toBe(true)
})
