import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { windowArchives as archiveWords } from '../../src/shared/text/en/window-archives.ts'
import { windowCompare as words } from '../../src/shared/text/en/window-compare.ts'
import { addDevice, backUp, itemOf, moveToLisbon } from './bridge.ts'
import { chooseFirstRow, pressButton, tabTo } from './by-keyboard.ts'
import { expect, test } from './ferrite.ts'
import { changingRequests } from './steps.ts'

test('two archives are compared by meaning, and one with its device now, with the keyboard alone', async ({
  ferrite: { page },
  fleet,
}) => {
  const device = fleet.devices[0] as CtrlxCore
  const id = await addDevice(page, itemOf(fleet, 'PRESS-7'))
  await backUp(page, id)
  moveToLisbon(device)
  await backUp(page, id)

  await page.keyboard.press('ControlOrMeta+2')
  await chooseFirstRow(page, 'Archives')
  await page.keyboard.press('Shift+ArrowDown')
  await pressButton(page, archiveWords.two.action)
  await expect(page.getByRole('heading', { name: words.title, level: 1 })).toBeVisible()
  await expect(page.getByText(/0 added, 0 removed, 1 changed/)).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.type('setup')
  await chooseFirstRow(page, words.table)
  const meaning = page.getByRole('grid', { name: words.meaning })
  await expect(meaning.getByRole('row').filter({ hasText: 'dateTime.timezone' })).toContainText(
    'Europe/Lisbon',
  )
  const tab = page.getByRole('tab', { name: words.meaning })
  await tabTo(page, () => tab.evaluate((element) => element === document.activeElement))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('Europe/Lisbon').first()).toBeVisible()
  await expect(meaning).toBeHidden()
  await pressButton(page, words.swap)
  await expect(page.getByText(/0 added, 0 removed, 1 changed/)).toBeVisible()

  const sent = changingRequests(device)
  device.edit(() => ({ hostname: 'renamed-since' }))
  await page.keyboard.press('ControlOrMeta+2')
  await chooseFirstRow(page, 'Archives')
  await pressButton(page, archiveWords.toolbar)
  const item = page.getByRole('menuitem', { name: words.live.action })
  await item.waitFor()
  const hasFocus = () => item.evaluate((element) => element === document.activeElement)
  for (let step = 0; step < 10 && !(await hasFocus()); step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const settings = page.getByRole('grid', { name: words.meaning })
  await expect(settings.getByRole('row').filter({ hasText: 'system.hostname' })).toContainText(
    'renamed-since',
  )
  await expect(page.getByText('1 setting differs')).toBeVisible()
  const noise = page.getByRole('switch')
  // Arrow keys move within a toolbar.
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowRight')
  await expect(noise).toBeFocused()
  await page.keyboard.press('Space')
  await expect(settings.getByText('places of files').first()).toBeVisible()
  expect(changingRequests(device)).toEqual(sent)
})
