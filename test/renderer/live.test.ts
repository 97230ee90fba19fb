import { expect, onTestFinished, test, vi } from 'vitest'
import { startLive } from '../../src/renderer/live.ts'
import { archivesStore } from '../../src/renderer/stores/archives.ts'
import { devicesStore } from '../../src/renderer/stores/devices.ts'
import { jobsStore } from '../../src/renderer/stores/jobs.ts'
import { settingsStore } from '../../src/renderer/stores/settings.ts'
import type { DeviceView } from '../../src/shared/ipc/views.ts'
import { connect } from './support/open-window.tsx'
import { FakeMain } from './support/fake-main.ts'
import { Plant } from './support/plant.ts'
import { sampleDevice, sampleDevices, sampleJob, sampleTransfer } from './support/samples.ts'

function start(main: FakeMain): void {
  connect(main)
  onTestFinished(startLive())
}

test('everything is loaded once when the window opens', async () => {
  const jobs = [sampleJob(2, sampleTransfer(0.5)), sampleJob(1, { phase: 'queued' })]
  const { main } = new Plant({ devices: sampleDevices(3), jobs })
  start(main)
  await vi.waitFor(() => expect(devicesStore.getState().byId.size).toBe(3))
  await vi.waitFor(() => expect(archivesStore.getState().archives.phase).toBe('ready'))
  expect([...jobsStore.getState().jobs.keys()]).toEqual([jobs[1]!.id, jobs[0]!.id])
  expect(settingsStore.getState().facts.phase).toBe('ready')
})

test('a changed vault loads the archives and, for their numbers, the devices again', async () => {
  const { main } = new Plant({ devices: sampleDevices(1) })
  start(main)
  await vi.waitFor(() => expect(devicesStore.getState().byId.size).toBe(1))
  main.send('archives.changed', undefined)
  await vi.waitFor(() => expect(main.inputsOf('archives.list')).toHaveLength(2))
  expect(main.inputsOf('devices.list')).toHaveLength(2)
})

test('many changes while the list is loaded are one more load, and its answer is the newest', async () => {
  const answers: ((views: readonly DeviceView[]) => void)[] = []
  const main = new FakeMain({
    'devices.list': () => new Promise<readonly DeviceView[]>((resolve) => answers.push(resolve)),
  })
  start(main)
  for (let change = 0; change < 50; change += 1) main.send('devices.changed', undefined)
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  answers[0]!([])
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]!([sampleDevice(1)])
  await vi.waitFor(() => expect(devicesStore.getState().byId.size).toBe(1))
  expect(answers).toHaveLength(2)
})

test('a snapshot that overtakes the list of jobs is kept', async () => {
  const running = sampleJob(1, { phase: 'queued' })
  const main = new FakeMain({
    'jobs.list': () => new Promise((resolve) => setTimeout(() => resolve([running]), 5)),
  })
  start(main)
  main.send('jobs.changed', sampleJob(1, sampleTransfer(0.9)))
  await new Promise((resolve) => setTimeout(resolve, 15))
  expect(jobsStore.getState().jobs.get(running.id)?.state.phase).toBe('running')
})

test('a list that cannot be loaded says why', async () => {
  start(new FakeMain({}))
  await vi.waitFor(() => expect(devicesStore.getState().devices.phase).toBe('failed'))
})
