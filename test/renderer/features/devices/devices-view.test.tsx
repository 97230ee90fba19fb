import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { go, goBack, navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import { applyFits, archiveDragType, beginDrag } from '../../../../src/renderer/stores/drag.ts'
import { withValidity } from '../../../../src/shared/model/certificate.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import { failing } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import {
  sampleCtrlxIdentity,
  sampleDevice,
  sampleDeviceId,
  sampleDevices,
  sampleJob,
  sampleTransfer,
} from '../../support/samples.ts'

const rows = (): readonly HTMLElement[] =>
  within(screen.getByRole('grid', { name: 'Devices' })).getAllByRole('rowheader')
const names = (): readonly (string | null)[] => rows().map((cell) => cell.textContent)
const row = (name: string): HTMLElement => screen.getByRole('row', { name: new RegExp(name) })

test('a new person sees one sentence and one next step', async () => {
  await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  expect(screen.getAllByRole('button', { name: 'Add a device' })).toHaveLength(1)
  expect(screen.getByText('ferrite practice start')).toBeTruthy()
})

test('an inventory that cannot be read says why and what to do', async () => {
  const { main } = await openWindow({ devices: [] })
  main.answer({ 'devices.list': failing({ code: 'storage-damaged', file: 'inventory.json', reason: 'x' }) })
  main.send('devices.changed', undefined)
  expect((await screen.findByRole('alert')).textContent).toContain('inventory.json')
})

test('the search finds by name, address, serial number and tag, with words in any order', async () => {
  const view = sampleDevice(3)
  const tagged = { ...view, device: { ...view.device, tags: ['hall 3', 'spare'] } }
  const { user } = await openWindow({ devices: [sampleDevice(1), sampleDevice(2), tagged] })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.keyboard('/')
  await user.keyboard('spare robot')
  await waitFor(() => expect(names()).toEqual(['ROBOT-3']))
  await user.clear(screen.getByRole('searchbox'))
  await user.keyboard('192.168.0.2')
  await waitFor(() => expect(names()).toEqual(['PACKER-2']))
})

test('where nothing matches, the way back to all devices is one press', async () => {
  const { user } = await openWindow({ devices: sampleDevices(3) })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.keyboard('/')
  await user.keyboard('zzz')
  await screen.findByText('None of 3 devices matches “zzz”.')
  await user.click(screen.getByRole('button', { name: 'Show all devices' }))
  await waitFor(() => expect(names()).toHaveLength(3))
})

test('numbers in names sort as numbers', async () => {
  await openWindow({ devices: [sampleDevice(16), sampleDevice(8), sampleDevice(1)] })
  await screen.findByRole('grid', { name: 'Devices' })
  expect(names()).toEqual(['OVEN-1', 'PRESS-8', 'PRESS-16'])
})

test('a running job shows its progress in the row of its device', async () => {
  await openWindow({ devices: [sampleDevice(8)], jobs: [sampleJob(8, sampleTransfer(0.42))] })
  await screen.findByRole('grid', { name: 'Devices' })
  await waitFor(() => expect(row('PRESS-8').textContent).toContain('42% · Transferring'))
})

test('what is selected shows what it is, and coming back finds it selected', async () => {
  const { user } = await openWindow({ devices: sampleDevices(8) })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.click(row('PRESS-8'))
  const detail = await screen.findByRole('region', { name: 'PRESS-8' })
  expect(within(detail).getByText('7260311296')).toBeTruthy()
  expect(within(detail).getByText('7260311296').closest('dd')?.title).toMatch(/read from the device, .* UTC/)
  await user.click(screen.getByRole('button', { name: 'Settings' }))
  await screen.findByRole('heading', { name: 'Settings' })
  goBack()
  await screen.findByRole('region', { name: 'PRESS-8' })
  expect(placeOf(navigation.getState())).toEqual({ view: 'devices', deviceId: sampleDeviceId(8) })
})

test('a device that was never read says what that means', async () => {
  const { user } = await openWindow({ devices: [sampleDevice(5)] })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.click(row('CONVEYOR-5'))
  await screen.findByText(/has never been read, so Ferrite cannot say what fits it/)
})

test('right click has what the menu of the detail has', async () => {
  const { user } = await openWindow({ devices: [sampleDevice(8)] })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.click(row('PRESS-8'))
  const labels = async (): Promise<readonly (string | null)[]> =>
    (await screen.findAllByRole('menuitem')).map((item) => item.textContent)
  await user.click(await screen.findByRole('button', { name: 'More actions' }))
  const fromButton = await labels()
  await user.keyboard('{Escape}')
  fireEvent.contextMenu(row('PRESS-8'))
  expect(await labels()).toEqual(fromButton)
})

test('Delete asks, and says that the archives stay', async () => {
  const { main, user } = await openWindow({ devices: [sampleDevice(8)] })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.click(row('PRESS-8'))
  await user.keyboard('{Delete}')
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove PRESS-8 from the list?' })
  expect(within(dialog).getByText(/Its archives \(9\) stay in the vault/)).toBeTruthy()
  await user.click(within(dialog).getByRole('button', { name: 'Remove' }))
  await screen.findByText(/No devices yet/)
  expect(main.inputsOf('devices.remove')).toEqual([{ id: sampleDeviceId(8) }])
})

test('an accepted certificate whose time is over is told, and stays the accepted one', async () => {
  const view = sampleDevice(1)
  const validity = { from: '2020-01-01T00:00:00.000Z', until: '2021-02-03T00:00:00.000Z' }
  const identity = withValidity(sampleCtrlxIdentity(1), validity)
  const { user } = await openWindow({ devices: [{ ...view, device: { ...view.device, identity } }] })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.click(rows()[0]!)
  expect(await screen.findByText(/ended on 2021-02-03. It still is the accepted one/)).toBeTruthy()
})

test('F2 edits, and a changed name is shown at once', async () => {
  const { user } = await openWindow({ devices: [sampleDevice(8)] })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.click(row('PRESS-8'))
  await user.keyboard('{F2}')
  const dialog = await screen.findByRole('dialog', { name: 'Edit PRESS-8' })
  const name = within(dialog).getByRole('textbox', { name: 'Name' })
  await user.clear(name)
  await user.type(name, 'PRESS-8 B{Enter}')
  await waitFor(() => expect(names()).toEqual(['PRESS-8 B']))
})

test('while an archive is dragged each device tells whether it fits, and a drop opens the wizard filled in', async () => {
  const { main } = await openWindow({ devices: [sampleDevice(8), sampleDevice(16)] })
  await screen.findByRole('grid', { name: 'Devices' })
  const archiveId = archiveIdSchema.parse('20261121t050500z-press-8-100001')
  const dataTransfer = { types: [archiveDragType], getData: () => archiveId, dropEffect: 'none' }
  beginDrag(archiveId)
  applyFits(archiveId, [{ deviceId: sampleDeviceId(8), verdict: 'fits' }])
  fireEvent.dragEnter(document, { dataTransfer })
  await waitFor(() => expect(row('PRESS-8').textContent).toContain('Fits'))
  expect(row('PRESS-16').textContent).toContain('Checking')
  fireEvent.drop(row('PRESS-8'), { dataTransfer })
  expect(placeOf(navigation.getState())).toEqual({ view: 'restore', archiveId, deviceId: sampleDeviceId(8) })
  expect(main.inputsOf('restore.start')).toEqual([])
})

test('a device that is named elsewhere is selected in place of the one before', async () => {
  const { user } = await openWindow({ devices: sampleDevices(8) })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.click(row('PRESS-8'))
  await user.click(screen.getByRole('button', { name: 'Settings' }))
  await screen.findByRole('heading', { name: 'Settings' })
  act(() => go({ view: 'devices', deviceId: sampleDeviceId(1) }))
  await screen.findByRole('region', { name: 'OVEN-1' })
  expect(screen.getAllByRole('row', { selected: true })).toHaveLength(1)
  expect(placeOf(navigation.getState())).toEqual({ view: 'devices', deviceId: sampleDeviceId(1) })
})
