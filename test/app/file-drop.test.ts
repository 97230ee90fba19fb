import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { addDevice, ask, itemOf } from './bridge.ts'
import { expect, packer2, press8, test } from './ferrite.ts'
import { DevicesPage } from './pages/devices-page.ts'
import { beginDrag, dropOn, rowOf } from './steps.ts'

test.use({ practice: { devices: [press8, packer2] } })

/** Moves files of this computer over the middle of something, and lets go: Chromium's own way for a real mouse. */
async function dragFiles(
  page: Page,
  target: Locator,
  files: readonly string[],
  isDropped: boolean,
): Promise<void> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('the target is not in sight')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const devtools = await page.context().newCDPSession(page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', ...(isDropped ? (['drop'] as const) : [])] as const) {
    await devtools.send('Input.dispatchDragEvent', { type, x, y, data })
  }
  await devtools.detach()
}

/** A setup file of the controller, as somebody may have it on the desktop. */
async function fileOf(page: Page, home: string, folder: string): Promise<string> {
  const [record] = (await ask(page, 'archives.list', undefined)).records
  if (record === undefined) throw new Error('there is no archive')
  const file = join(folder, 'from-the-desktop.zip')
  await copyFile(join(home, 'vault', 'archives', record.id, record.fileName), file)
  return file
}

test('a file from the desktop and an archive of the vault end in the same restore, and nothing runs', async ({
  ferrite: { page },
  fleet,
  folder,
}) => {
  const item = itemOf(fleet, 'PRESS-8')
  await addDevice(page, item)
  const devices = new DevicesPage(page)
  const dialog = await devices.askForBackup('PRESS-8')
  await dialog.getByRole('button', { name: 'Start the backup' }).click()
  await expect(page.getByText('The backup of PRESS-8 is in the vault.')).toBeVisible()
  const file = await fileOf(page, join(folder, 'home'), folder)
  const bytes = await readFile(file)
  const row = devices.row('PRESS-8')

  await dragFiles(page, row, [file], false)
  await expect(row.getByText('Import, then check')).toBeVisible()
  await dragFiles(page, row, [file], true)
  await expect(page.getByRole('heading', { name: /PRESS-8/, level: 1 })).toBeVisible()
  const { records } = await ask(page, 'archives.list', undefined)
  const imported = records.find(({ origin }) => origin === 'import')
  expect(imported).toMatchObject({
    family: 'ctrlx-core',
    sizeBytes: bytes.length,
    device: { name: 'PRESS-8' },
  })
  const heading = await page.getByRole('heading', { level: 1 }).textContent()

  await page
    .getByRole('link', { name: 'Archives' })
    .or(page.getByRole('button', { name: 'Archives' }))
    .first()
    .click()
  await beginDrag(page, rowOf(page, 'Archives', 'PRESS-8').first())
  await dropOn(page, page.locator('[data-device="PRESS-8"]'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading ?? '')

  const changing = fleet.devices[0]
    ?.log()
    .filter(({ method, path }) => method !== 'GET' && path.includes('apply'))
  expect(changing).toEqual([])
})
