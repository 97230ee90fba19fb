import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { addDevice, backUp, itemOf, moveToLisbon } from './bridge.ts'
import { pressButton, tabTo } from './by-keyboard.ts'
import { expect, test } from './ferrite.ts'

test('from a text to the file that holds it, and to all its versions, with the keyboard alone', async ({
  ferrite: { page },
  fleet,
}) => {
  const id = await addDevice(page, itemOf(fleet, 'PRESS-7'))
  await backUp(page, id)
  await backUp(page, id)
  moveToLisbon(fleet.devices[0] as CtrlxCore)
  await backUp(page, id)

  await page.keyboard.press('ControlOrMeta+3')
  const field = page.getByRole('searchbox', { name: 'Text to find' })
  await expect(field).toBeFocused()
  await expect(page.getByText(/press Enter/)).toBeVisible()
  await page.keyboard.type('no such text anywhere')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/“no such text anywhere” was not found/)).toBeVisible()

  await field.press('ControlOrMeta+a')
  await page.keyboard.type('europe/lisbon')
  await page.keyboard.press('Enter')
  const hits = page.getByRole('grid', { name: 'Files found' })
  await expect(page.getByText(/ in 1 of 3 archives/)).toBeVisible()
  const first = hits.getByRole('row').nth(1)
  await expect(first.getByText('Europe/Lisbon')).toBeVisible()
  await tabTo(page, () => hits.evaluate((grid) => grid.contains(document.activeElement)))
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('treegrid', { name: 'Contents' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'ctrlx-setup.json' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Find' })).toHaveValue('europe/lisbon')
  await expect(page.getByRole('textbox', { name: 'Find' })).not.toBeFocused()
  const found = page.locator('.cm-searchMatch-selected')
  await expect(found).toHaveText('Europe/Lisbon')
  await expect(found).toBeInViewport()

  await page.keyboard.press('Alt+ArrowLeft')
  await expect(hits).toBeVisible()
  await tabTo(page, () => hits.evaluate((grid) => grid.contains(document.activeElement)))
  await page.keyboard.press('Home')
  await pressButton(page, 'All versions')
  const versions = page.getByRole('grid', { name: 'Versions' })
  await expect(versions.getByText('in 2 backups')).toBeVisible()
  await expect(versions.getByText('in 1 backup', { exact: true })).toBeVisible()
  await expect(page.locator('.cm-merge-b')).toContainText('Europe/Lisbon')
  await expect(page.locator('.cm-merge-a')).not.toContainText('Europe/Lisbon')
})

test('the slash leads to the search field, and the palette searches at once', async ({
  ferrite: { page },
  fleet,
}) => {
  const id = await addDevice(page, itemOf(fleet, 'PRESS-7'))
  await backUp(page, id)
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('timezone')
  await page.getByRole('menuitem', { name: 'Search all archives for “timezone”' }).press('Enter')
  await expect(page.getByText(/ in 1 of 1 archives/)).toBeVisible()
  await page.getByRole('grid', { name: 'Files found' }).focus()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Text to find' })).toBeFocused()
})
