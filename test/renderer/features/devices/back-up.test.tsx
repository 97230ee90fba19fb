import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openDialog } from '../../../../src/renderer/stores/dialogs.ts'
import { failing } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevice, sampleDeviceId, sampleJob } from '../../support/samples.ts'

const id = sampleDeviceId(8)

async function openBackup(change: Parameters<typeof sampleDevice>[1] = {}) {
  const opened = await openWindow({ devices: [sampleDevice(8, change)] })
  await screen.findByRole('grid', { name: 'Devices' })
  openDialog({ kind: 'back-up', deviceIds: [id] })
  const dialog = await screen.findByRole('dialog', { name: 'Back up PRESS-8' })
  return { ...opened, dialog }
}

test('everything goes in unless it is taken out, and what is left out is told with its reason', async () => {
  const { main, user, dialog } = await openBackup()
  await within(dialog).findByText('What goes in')
  expect(within(dialog).getByText('rexroth-firewall')).toBeTruthy()
  expect(within(dialog).getByText('was disabled')).toBeTruthy()
  await user.click(within(dialog).getByRole('button', { name: 'Start the backup' }))
  await waitFor(() => expect(main.inputsOf('backup.start')).toEqual([{ id }]))
  await screen.findByText('The backup of PRESS-8 is in the vault.')
})

test('a part that is taken out is named by the parts that stay, and the note goes along', async () => {
  const { main, user, dialog } = await openBackup()
  await user.click(await within(dialog).findByRole('checkbox', { name: 'Network' }))
  await user.type(within(dialog).getByRole('textbox', { name: /Note/ }), ' before the change ')
  await user.click(within(dialog).getByRole('button', { name: 'Start the backup' }))
  await waitFor(() => expect(main.inputsOf('backup.start')).toHaveLength(1))
  const [input] = main.inputsOf('backup.start')
  expect(input?.note).toBe('before the change')
  expect(input?.parts).toHaveLength(6)
  expect(input?.parts).not.toContain('connectivity')
})

test('without any part there is nothing to start', async () => {
  const { user, dialog } = await openBackup()
  await user.click(await within(dialog).findByRole('checkbox', { name: 'All parts' }))
  expect(within(dialog).getByText('Choose at least one part.')).toBeTruthy()
  expect(within(dialog).getByRole('button', { name: 'Start the backup' }).hasAttribute('disabled')).toBe(true)
})

test('the password of an archive is typed twice', async () => {
  const { main, user, dialog } = await openBackup()
  await user.type(await within(dialog).findByLabelText(/Password for the archive/), 'secret')
  const start = within(dialog).getByRole('button', { name: 'Start the backup' })
  expect(start.hasAttribute('disabled')).toBe(true)
  await user.type(within(dialog).getByLabelText('The same password again'), 'secret')
  await user.click(start)
  await waitFor(() => expect(main.inputsOf('backup.start')[0]?.password).toBe('secret'))
})

test('a missing password is asked for, and the backup goes on from there', async () => {
  const { main, user, dialog } = await openBackup({ credentials: 'none' })
  await user.type(await screen.findByLabelText('Password of “boschrexroth”'), 'right{Enter}')
  await waitFor(() => expect(within(dialog).getByText('What goes in')).toBeTruthy())
  expect(main.inputsOf('credentials.give')).toEqual([{ id, password: 'right', remember: true }])
})

test('who gives no password sees why nothing can be backed up', async () => {
  const { user, dialog } = await openBackup({ credentials: 'none' })
  const question = await screen.findByRole('dialog', { name: 'Password for PRESS-8' })
  await user.click(within(question).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(within(dialog).getByText(/no password or key for PRESS-8/)).toBeTruthy())
  expect(within(dialog).getByRole('button', { name: 'Enter the password' })).toBeTruthy()
})

test('a device with a changed certificate is not logged in to: the fingerprints are compared first', async () => {
  const { main, user } = await openWindow({ devices: [sampleDevice(8)] })
  await screen.findByRole('grid', { name: 'Devices' })
  const facts = { address: 'https://192.168.0.8', pinKind: 'tls', pinned: 'aa', offered: 'bb' }
  main.answer({ 'backup.scope': failing({ code: 'pin-changed', ...facts }) })
  openDialog({ kind: 'back-up', deviceIds: [id] })
  await user.click(await screen.findByRole('button', { name: 'Compare the fingerprints' }))
  await screen.findByText(/Stop: PRESS-8 does not show the fingerprint/)
})

test('several devices: busy ones are left out, and passwords are asked for before anything starts', async () => {
  const devices = [8, 16, 24].map((number) =>
    sampleDevice(number, { credentials: number === 16 ? 'none' : 'stored' }),
  )
  const { main, user } = await openWindow({ devices, jobs: [sampleJob(24, { phase: 'queued' })] })
  await screen.findByRole('grid', { name: 'Devices' })
  openDialog({ kind: 'back-up', deviceIds: devices.map(({ device }) => device.id) })
  const dialog = await screen.findByRole('dialog', { name: 'Back up 3 devices' })
  expect(within(dialog).getByText('Left out, because a job is running: PRESS-24.')).toBeTruthy()
  await user.click(within(dialog).getByRole('button', { name: 'Start 2 backups' }))
  const question = await screen.findByRole('dialog', { name: 'Password for PRESS-16' })
  expect(main.inputsOf('backup.start')).toEqual([])
  await user.type(within(question).getByLabelText('Password of “boschrexroth”'), 'right{Enter}')
  await waitFor(() =>
    expect(main.inputsOf('backup.start').map((input) => input.id)).toEqual([
      sampleDeviceId(8),
      sampleDeviceId(16),
    ]),
  )
})
