import { join } from 'node:path'
import { startFleet } from '../../src/practice/fleet.ts'
import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { addDevice, ask, itemOf } from './bridge.ts'
import { expect, launch, packer2, press7, press8, test } from './ferrite.ts'
import { DevicesPage } from './pages/devices-page.ts'
import { JobTray } from './pages/job-tray.ts'

test.use({ practice: { devices: [press7, packer2] } })

test('several devices are backed up together, with one note', async ({ ferrite: { page }, fleet }) => {
  for (const { name } of fleet.items) await addDevice(page, itemOf(fleet, name))
  const devices = new DevicesPage(page)
  await devices.chooseAll()
  await page
    .getByRole('region', { name: '2 devices selected' })
    .getByRole('button', { name: 'Back up' })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Back up 2 devices' })
  await dialog.getByLabel('Note').fill('before the shutdown')
  await dialog.getByRole('button', { name: 'Start 2 backups' }).click()
  for (const { name } of fleet.items) await expect(devices.row(name)).toContainText('just now')
  const { records } = await ask(page, 'archives.list', undefined)
  expect(records.map(({ note }) => note)).toEqual(['before the shutdown', 'before the shutdown'])
})

test('a part that is taken out is not in the archive, and its record says so', async ({
  ferrite: { page },
  fleet,
}) => {
  await addDevice(page, itemOf(fleet, 'PACKER-2'))
  const dialog = await new DevicesPage(page).askForBackup('PACKER-2')
  await dialog.getByText('/srv', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Start the backup' }).click()
  await expect(page.getByText('The backup of PACKER-2 is in the vault.')).toBeVisible()
  const [record] = (await ask(page, 'archives.list', undefined)).records
  expect(record?.scope.leftOut).toContainEqual({ what: 'srv', reason: 'not-chosen' })
})

test('a device that does not answer says so, with the next step, and works again when it does', async ({
  ferrite: { page },
  fleet,
  folder,
}) => {
  await addDevice(page, itemOf(fleet, 'PRESS-7'))
  const devices = new DevicesPage(page)
  await fleet.stop()
  const detail = await devices.choose('PRESS-7')
  await detail.getByRole('button', { name: 'Back up' }).click()
  const dialog = page.getByRole('dialog', { name: 'Back up PRESS-7' })
  await expect(dialog.getByText('Check the cable, the power and the address, then try again.')).toBeVisible()
  await using again = await startFleet({ folder: join(folder, 'fleet'), devices: [press7], stepMs: 5 })
  expect(itemOf(again, 'PRESS-7').address).toBe(itemOf(fleet, 'PRESS-7').address)
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(dialog.getByText('What goes in')).toBeVisible()
})

test('a changed certificate is accepted by typing its end, and only then the device is logged in to', async ({
  ferrite: { page },
  fleet,
}) => {
  await addDevice(page, itemOf(fleet, 'PRESS-7'))
  const device = fleet.devices[0] as CtrlxCore
  const shown = await device.renewCertificate()
  const devices = new DevicesPage(page)
  const detail = await devices.choose('PRESS-7')
  await detail.getByRole('button', { name: 'Check the fingerprint…' }).click()
  const stop = page.getByRole('alertdialog', { name: 'Fingerprint of PRESS-7' })
  await stop.getByText('I compared the new fingerprint with what the device itself shows').click()
  await stop.getByLabel('Type the last eight characters').fill(shown.slice(-8).toUpperCase())
  await stop.getByRole('button', { name: 'Accept the new fingerprint' }).click()
  await expect(page.getByText('The new fingerprint of PRESS-7 is accepted.')).toBeVisible()
  await devices.backUp('PRESS-7')
})

test('a cancelled backup leaves nothing behind and is no failure', async ({ folder }) => {
  // Slow enough to be cancelled by hand.
  await using fleet = await startFleet({ folder: join(folder, 'slow'), devices: [press8], stepMs: 400 })
  const { page, close, complaints } = await launch({ home: join(folder, 'home') })
  try {
    await addDevice(page, itemOf(fleet, 'PRESS-8'))
    const devices = new DevicesPage(page)
    const dialog = await devices.askForBackup('PRESS-8')
    await dialog.getByRole('button', { name: 'Start the backup' }).click()
    const detail = page.getByRole('region', { name: 'PRESS-8', exact: true })
    await detail.getByRole('button', { name: 'Cancel' }).click()
    const tray = new JobTray(page)
    await tray.open()
    await expect(tray.entry('Backup: PRESS-8')).toContainText('Cancelled')
    await expect(devices.row('PRESS-8')).toContainText('Never')
    expect((await ask(page, 'archives.list', undefined)).records).toEqual([])
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
})
