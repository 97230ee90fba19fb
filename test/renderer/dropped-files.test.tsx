import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { navigation, placeOf } from '../../src/renderer/navigation.ts'
import { jobsStore } from '../../src/renderer/stores/jobs.ts'
import { beginDrag } from '../../src/renderer/stores/drag.ts'
import { jobIdSchema, type Job } from '../../src/shared/model/job.ts'
import { succeed } from '../../src/shared/result.ts'
import { openWindow } from './support/open-window.tsx'
import { sampleDevice, sampleRecord } from './support/samples.ts'

const view = sampleDevice(1)
const { id, name } = view.device
const record = sampleRecord(view, 1)
const jobs = ['job-00000000000a', 'job-00000000000b'].map((each) => jobIdSchema.parse(each))

const file = (called: string) => new File(['bytes'], called)
const transferOf = (...files: readonly File[]) => ({
  types: ['Files'],
  files,
  getData: () => '',
  dropEffect: 'none',
})
const place = () => placeOf(navigation.getState())

const ended = (state: Job['state']): Job => ({
  id: jobs[0]!,
  kind: 'import',
  subject: 'setup.zip',
  startedAt: record.takenAt,
  endedAt: record.takenAt,
  state,
})

async function open() {
  const window = await openWindow({ devices: [view] })
  const importFiles = vi.fn((files: readonly unknown[]) =>
    Promise.resolve(succeed(jobs.slice(0, files.length))),
  )
  Object.assign(window.main, { importFiles })
  const row = (await screen.findAllByText(name))[0]!
  return { ...window, importFiles, row }
}

test('a file that is dragged over a device says that nothing is known of it yet, and that nothing will run', async () => {
  const { row } = await open()
  fireEvent.dragEnter(row, { dataTransfer: transferOf(file('setup.zip')) })
  expect(await screen.findByText('Import, then check')).toBeDefined()
  expect(screen.getByText('Not judged yet. Nothing runs.')).toBeDefined()
})

test('an archive of the vault that is dragged is still judged, and not taken for a file', async () => {
  const { row } = await open()
  beginDrag(record.id)
  fireEvent.dragEnter(row, { dataTransfer: { types: ['application/x-ferrite-archive'] } })
  expect(await screen.findByText('Checking')).toBeDefined()
})

test('one file dropped on a device is imported for it, and opens the restore once it is in the vault', async () => {
  const { main, importFiles, row } = await open()
  const dropped = file('setup.zip')
  fireEvent.drop(row, { dataTransfer: transferOf(dropped) })
  await vi.waitFor(() => expect(importFiles).toHaveBeenCalledExactlyOnceWith([dropped], id))
  expect(place()).toMatchObject({ view: 'devices' })
  main.send('jobs.changed', ended({ phase: 'done', result: { kind: 'archive', archiveId: record.id } }))
  await vi.waitFor(() => expect(place()).toEqual({ view: 'restore', archiveId: record.id, deviceId: id }))
  expect(main.asked.filter(({ name: asked }) => asked === 'restore.start')).toEqual([])
})

test('a file that cannot be imported opens nothing', async () => {
  const { main, importFiles, row } = await open()
  fireEvent.drop(row, { dataTransfer: transferOf(file('notes.txt')) })
  await vi.waitFor(() => expect(importFiles).toHaveBeenCalled())
  const failure = { code: 'archive-not-recognised', archive: 'notes.txt', looksLike: 'plain text' } as const
  main.send('jobs.changed', ended({ phase: 'failed', failure }))
  await vi.waitFor(() => expect(jobsStore.getState().jobs.get(jobs[0]!)?.state.phase).toBe('failed'))
  expect(place()).toMatchObject({ view: 'devices' })
})

test('several files are imported, and none is chosen for the person', async () => {
  const { main, importFiles, row } = await open()
  fireEvent.drop(row, { dataTransfer: transferOf(file('a.zip'), file('b.zip')) })
  await vi.waitFor(() => expect(importFiles).toHaveBeenCalledOnce())
  main.send('jobs.changed', ended({ phase: 'done', result: { kind: 'archive', archiveId: record.id } }))
  expect(place()).toMatchObject({ view: 'devices' })
})

test('a file dropped beside the devices is imported for none of them', async () => {
  const { importFiles, row } = await open()
  const beside =
    row.closest('section, main')?.querySelector('[role="toolbar"]') ?? screen.getAllByRole('toolbar')[0]!
  const dropped = file('setup.zip')
  fireEvent.drop(beside, { dataTransfer: transferOf(dropped) })
  await vi.waitFor(() => expect(importFiles).toHaveBeenCalledExactlyOnceWith([dropped], undefined))
})

test('the menu of a device has the same for keyboard and mouse', async () => {
  const { main, user, row } = await open()
  main.answer({ 'archives.import': () => jobs[0] })
  fireEvent.contextMenu(row)
  await user.click(await screen.findByRole('menuitem', { name: /Restore a file to this device/ }))
  await vi.waitFor(() =>
    expect(main.asked).toContainEqual({ name: 'archives.import', input: { deviceId: id } }),
  )
  main.send('jobs.changed', ended({ phase: 'done', result: { kind: 'archive', archiveId: record.id } }))
  await vi.waitFor(() => expect(place()).toEqual({ view: 'restore', archiveId: record.id, deviceId: id }))
})
