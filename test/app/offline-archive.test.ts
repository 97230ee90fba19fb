import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { archiveVerdict as verdictWords } from '../../src/shared/text/en/archive-verdict.ts'
import { windowArchives as archiveWords } from '../../src/shared/text/en/window-archives.ts'
import { windowCompare as compareWords } from '../../src/shared/text/en/window-compare.ts'
import { addDevice, backUp, itemOf, moveToLisbon } from './bridge.ts'
import { chooseFirstRow, pressButton, tabTo } from './by-keyboard.ts'
import { expect, test } from './ferrite.ts'

test('without its device an archive is opened, filtered, read, searched, compared and taken out, by keyboard alone', async ({
  ferrite: { app, page },
  fleet,
  folder,
}) => {
  const device = fleet.devices[0] as CtrlxCore
  const id = await addDevice(page, itemOf(fleet, 'PRESS-7'))
  await backUp(page, id)
  moveToLisbon(device)
  await backUp(page, id)
  await device.stop()

  // Open
  await page.keyboard.press('ControlOrMeta+2')
  await chooseFirstRow(page, 'Archives')
  await pressButton(page, 'Look inside')
  const contents = page.getByRole('treegrid', { name: 'Contents' })
  await expect(contents.getByRole('row').filter({ hasText: 'ctrlx-setup.json' })).toBeVisible()

  // Filter
  const filter = page.getByLabel('Find a file by name')
  await tabTo(page, () => filter.evaluate((field) => field === document.activeElement))
  await page.keyboard.type('setup.json')
  await expect(page.getByText('1 found')).toBeVisible()

  // Preview
  await tabTo(page, () => contents.evaluate((grid) => grid.contains(document.activeElement)))
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'ctrlx-setup.json' })).toContainText('"$version": "v1"')

  // Take out
  const out = join(folder, 'taken-out')
  await mkdir(out)
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, out)
  await pressButton(page, archiveWords.browse.extract)
  await expect
    .poll(async () => await readFile(join(out, 'ctrlx-setup.json'), 'utf8').catch(() => ''))
    .toContain('Europe/Lisbon')

  // Search across the vault
  await page.keyboard.press('ControlOrMeta+3')
  await expect(page.getByRole('searchbox', { name: 'Text to find' })).toBeFocused()
  await page.keyboard.type('europe/lisbon')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/ in 1 of 2 archives/)).toBeVisible()

  // Compare
  await page.keyboard.press('ControlOrMeta+2')
  await chooseFirstRow(page, 'Archives')
  await page.keyboard.press('Shift+ArrowDown')
  await pressButton(page, archiveWords.two.action)
  await expect(page.getByRole('heading', { name: compareWords.title, level: 1 })).toBeVisible()
  await chooseFirstRow(page, compareWords.table)
  await expect(page.getByRole('grid', { name: compareWords.meaning })).toContainText('Europe/Lisbon')

  // The verdict was there all the time.
  await page.keyboard.press('ControlOrMeta+2')
  await chooseFirstRow(page, 'Archives')
  await pressButton(page, 'Look inside')
  await expect(page.getByText(verdictWords.ok, { exact: true })).toBeVisible()
})
