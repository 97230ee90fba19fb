import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { go } from '../../../../src/renderer/navigation.ts'
import { jobIdSchema } from '../../../../src/shared/model/job.ts'
import { refusalSchema, type Refusal } from '../../../../src/shared/model/refused.ts'
import { failing } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevice } from '../../support/samples.ts'

const view = sampleDevice(1)
const { id, name, address } = view.device
const fromDevice: Refusal = refusalSchema.parse({
  format: 1,
  id: '20260302t081500z-press-1-a81mz0',
  origin: 'safety',
  family: 'ctrlx-core',
  device: { id, name, address },
  takenAt: '2026-03-02T08:14:00.000Z',
  refusedAt: '2026-03-02T08:15:00.000Z',
  fileName: 'setup.zip',
  sizeBytes: 2048,
  sha256: 'ab'.repeat(32),
  scope: { parts: [], leftOut: [] },
  passwordProtected: false,
  failure: { code: 'archive-path', archive: 'setup.zip', entry: '../\u202eevil.txt' },
})

async function open(refusals: readonly Refusal[]) {
  const { main, user } = await openWindow({ devices: [view] })
  main.answer({ 'refused.list': () => ({ refusals, damaged: [] }) })
  main.send('archives.changed', undefined)
  go({ view: 'archives' })
  return { main, user }
}

async function openRefused(refusals: readonly Refusal[] = [fromDevice]) {
  const { main, user } = await open(refusals)
  await user.click(await screen.findByRole('tab', { name: /Kept, but refused/ }))
  const table = await screen.findByRole('grid', { name: 'Refused files' })
  return { main, user, table }
}

test('without refused files nothing speaks of them', async () => {
  await open([])
  await screen.findByRole('grid', { name: 'Archives' })
  expect(screen.queryByRole('tab')).toBeNull()
})

test('a refused file shows its verdict, source and reason, with hostile letters made visible', async () => {
  const { user, table } = await openRefused()
  expect(within(table).getByText('REFUSED')).toBeDefined()
  await user.click(within(table).getByText(name))
  const detail = await screen.findByRole('region', { name })
  expect(within(detail).getAllByText(/points outside its own folder/)).not.toEqual([])
  expect(within(detail).getByText(/kept exactly as it is/)).toBeDefined()
  expect(within(detail).getByText('Safety backup')).toBeDefined()
  expect(detail.textContent).not.toContain('\u202e')
})

test('nothing opens or restores it', async () => {
  const { user, table } = await openRefused()
  await user.click(within(table).getByText(name))
  await screen.findByRole('region', { name })
  for (const action of [/Look inside/, /Restore/, /Verify/, /Compare/])
    expect(screen.queryByRole('button', { name: action })).toBeNull()
})

test('it is read again and copied out by its id', async () => {
  const { main, user, table } = await openRefused()
  main.answer({
    'refused.check': () => jobIdSchema.parse('job-0123456789ab'),
    'refused.export': () => true,
  })
  await user.click(within(table).getByText(name))
  await user.click(await screen.findByRole('button', { name: 'Check again' }))
  await user.click(screen.getByRole('button', { name: 'Export …' }))
  expect(await screen.findByText(/setup.zip was exported and read back/)).toBeDefined()
  expect(main.inputsOf('refused.check')).toEqual([{ refusedId: fromDevice.id }])
  expect(main.inputsOf('refused.export')).toEqual([{ refusedId: fromDevice.id }])
})

test('once it has become an archive, the list says that none is left', async () => {
  const { main } = await openRefused()
  main.answer({ 'refused.list': () => ({ refusals: [], damaged: [] }) })
  main.send('archives.changed', undefined)
  expect(await screen.findByText('No file is refused any more.')).toBeDefined()
})

test('a list that cannot be read is said, and the archives stay', async () => {
  const { main } = await open([])
  main.answer({
    'refused.list': failing({ code: 'file-unreadable', file: 'vault/refused', reason: 'EACCES' }),
  })
  main.send('archives.changed', undefined)
  expect(await screen.findByText(/The refused files cannot be listed:/)).toBeDefined()
  expect(screen.getByRole('grid', { name: 'Archives' })).toBeDefined()
})
