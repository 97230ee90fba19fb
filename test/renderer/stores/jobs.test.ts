import { beforeEach, expect, test } from 'vitest'
import { applyJob, applyJobs, endOfJob, jobsStore, unfinishedOn } from '../../../src/renderer/stores/jobs.ts'
import { sampleDeviceId, sampleJob, sampleTransfer } from '../support/samples.ts'

beforeEach(() => jobsStore.setState(jobsStore.getInitialState(), true))

test('a device is busy from its first snapshot until its last', () => {
  const id = sampleDeviceId(1)
  applyJob(sampleJob(1, { phase: 'queued' }))
  expect(unfinishedOn(id)).toBeDefined()
  applyJob(sampleJob(1, sampleTransfer(0.4)))
  expect(unfinishedOn(id)).toBeDefined()
  applyJob(sampleJob(1, { phase: 'cancelled' }))
  expect(unfinishedOn(id)).toBeUndefined()
})

test('the newest job of a device is the one that began last', () => {
  const failed = sampleJob(1, { phase: 'cancelled' })
  const running = sampleJob(2, { phase: 'queued' }, { deviceId: sampleDeviceId(1) })
  applyJobs([running, failed])
  expect(jobsStore.getState().newestOf.get(sampleDeviceId(1))?.id).toBe(running.id)
})

test('waiting for a job ends with its last snapshot, also where it has ended before', async () => {
  const job = sampleJob(1, { phase: 'queued' })
  const end = endOfJob(job.id)
  applyJob(job)
  applyJob(sampleJob(1, { phase: 'done', result: { kind: 'none' } }))
  expect((await end)?.state.phase).toBe('done')
  expect((await endOfJob(job.id))?.state.phase).toBe('done')
})

test('waiting for a job ends when it is called off', async () => {
  const stop = new AbortController()
  const end = endOfJob(sampleJob(1, { phase: 'queued' }).id, stop.signal)
  stop.abort()
  expect(await end).toBeUndefined()
  expect(await endOfJob(sampleJob(1, { phase: 'queued' }).id, stop.signal)).toBeUndefined()
})
