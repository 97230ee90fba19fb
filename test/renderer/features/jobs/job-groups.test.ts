import { expect, test } from 'vitest'
import { groupJobs, sealedJob } from '../../../../src/renderer/features/jobs/job-groups.ts'
import type { Job, JobState } from '../../../../src/shared/model/job.ts'
import { sampleJob, sampleReport, sampleTransfer } from '../../support/samples.ts'

const group = (...jobs: readonly Job[]) => groupJobs(new Map(jobs.map((job) => [job.id, job])), new Set())
const restored = (change: Parameters<typeof sampleReport>[0]): JobState => ({
  phase: 'done',
  result: { kind: 'report', report: sampleReport(change) },
})

test('a restore that is not clean needs attention: done is not success', () => {
  const clean = sampleJob(1, restored({ clean: true }))
  const unclean = sampleJob(2, restored({ clean: false }))
  const unknown = sampleJob(3, restored({ clean: false, outcome: 'unknown' }))
  const { attention, done } = group(clean, unclean, unknown)
  expect(attention).toEqual([unknown, unclean])
  expect(done).toEqual([clean])
})

test('a cancel is no failure', () => {
  const cancelled = sampleJob(1, { phase: 'cancelled' })
  expect(group(cancelled)).toMatchObject({ attention: [], done: [cancelled] })
})

test('an identity that was read takes no place in the list', () => {
  expect(group(sampleJob(1, { phase: 'done', result: { kind: 'none' } }, { kind: 'probe' })).done).toEqual([])
})

test('what a person has taken out of the list stays out', () => {
  const job = sampleJob(1, { phase: 'cancelled' })
  expect(groupJobs(new Map([[job.id, job]]), new Set([job.id])).done).toEqual([])
})

test('a device that is being changed is told from one that is only read', () => {
  const reading = sampleJob(1, sampleTransfer(0.1))
  const changing = sampleJob(2, sampleTransfer(0.1, false))
  expect(sealedJob([reading])).toBeUndefined()
  expect(sealedJob([reading, changing])).toBe(changing)
})
