import { windowRestore as words } from '../../src/shared/text/en/window-restore.ts'
import { addDevice, backUp, itemOf } from './bridge.ts'
import { chooseFirstRow, expectVisibleFocus, pressButton, tabTo } from './by-keyboard.ts'
import { expect, test } from './ferrite.ts'

test('from the palette to a started backup with the keyboard alone', async ({ ferrite: { page }, fleet }) => {
  await addDevice(page, itemOf(fleet, 'PRESS-7'))
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused()
  await page.keyboard.type('back up press-7')
  await expect(page.getByRole('menuitem', { name: 'Back up PRESS-7', exact: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Back up PRESS-7' })).toBeVisible()
  await pressButton(page, 'Start the backup')
  await expect(page.getByText('The backup of PRESS-7 is in the vault.')).toBeVisible()
})

test('from an archive to the confirmation of its restore with the keyboard alone', async ({
  ferrite: { page },
  fleet,
}) => {
  const id = await addDevice(page, itemOf(fleet, 'PRESS-7'))
  await backUp(page, id)
  await page.keyboard.press('ControlOrMeta+2')
  await expect(page.getByRole('heading', { name: 'Archives', level: 1 })).toBeVisible()
  await chooseFirstRow(page, 'Archives')
  await pressButton(page, 'Restore …')
  await expect(page.getByText(words.target.intro)).toBeVisible()
  await chooseFirstRow(page, 'Devices')
  await pressButton(page, words.next.target)
  await pressButton(page, words.next.check)
  await pressButton(page, words.next.options)
  const name = page.getByRole('textbox', { name: words.confirm.type('PRESS-7') })
  await tabTo(page, () => name.evaluate((field) => field === document.activeElement))
  await page.keyboard.type('PRESS-7')
  await expect(page.getByRole('button', { name: words.confirm.run('PRESS-7'), exact: true })).toBeEnabled()
  expect(fleet.devices[0]!.log().filter(({ path }) => path.startsWith('/setup/api/v1/apply'))).toEqual([])
})

test('the focus can always be seen, and a dialog gives it back', async ({ ferrite: { page } }) => {
  const add = page.getByRole('button', { name: 'Add a device' }).first()
  await tabTo(page, () => add.evaluate((button) => button === document.activeElement))
  await expectVisibleFocus(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press('Tab')
    await expectVisibleFocus(page)
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(add).toBeFocused()
})
