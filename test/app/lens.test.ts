import { lensText as words } from '../../src/shared/text/en/lens.ts'
import { windowLens as texts } from '../../src/shared/text/en/window-lens.ts'
import { addDevice, ask, backUp, endOf, itemOf } from './bridge.ts'
import { chooseFirstRow, expectVisibleFocus, pressButton, tabTo } from './by-keyboard.ts'
import { expect, test } from './ferrite.ts'

test('what an archive says is read with the keyboard alone, up to the file it stands in', async ({
  ferrite: { page },
  fleet,
}) => {
  await backUp(page, await addDevice(page, itemOf(fleet, 'PRESS-7')))
  await page.keyboard.press('ControlOrMeta+2')
  await expect(page.getByRole('heading', { name: 'Archives', level: 1 })).toBeVisible()
  await chooseFirstRow(page, 'Archives')
  await pressButton(page, 'Look inside')
  const files = page.getByRole('tab', { name: texts.files })
  await expect(files).toBeVisible()
  await tabTo(page, () => files.evaluate((tab) => tab === document.activeElement))
  await expectVisibleFocus(page)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('grid', { name: words.titles.identity })).toContainText('ctrlX CORE')
  await expect(page.getByRole('grid', { name: words.titles['left-out'] })).toContainText(
    words.codes['log-book'],
  )
  await page.keyboard.press('ArrowRight')
  const apps = page.getByRole('grid', { name: words.titles.apps, exact: true })
  await expect(apps).toContainText('rexroth-plc')
  await tabTo(page, () => page.getByRole('searchbox').evaluate((field) => field === document.activeElement))
  await page.keyboard.type('rexroth-plc')
  await expect(apps.getByRole('row')).toHaveCount(2)
  await tabTo(page, () => apps.evaluate((grid) => grid.contains(document.activeElement)))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: texts.files })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('heading', { name: /^rexroth-plc-.*\.app$/ })).toBeVisible()
})

test('a hash stays covered until it is asked for, and is covered again when the archive is left', async ({
  ferrite: { page },
  fleet,
}) => {
  const id = await addDevice(page, itemOf(fleet, 'PRESS-7'))
  await endOf(page, await ask(page, 'backup.start', { id, password: 'Archive-1234' }))
  const open = async (): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+2')
    await chooseFirstRow(page, 'Archives')
    await pressButton(page, 'Look inside')
    await page.getByRole('tab', { name: words.groups.users }).click()
  }
  await open()
  const users = page.getByRole('grid', { name: words.titles.users, exact: true })
  await expect(users).toContainText('••••')
  await expect(page.getByText(/^scrypt:/)).toHaveCount(0)
  await users
    .getByRole('button', { name: texts.showSecret(words.columns.password) })
    .first()
    .click()
  await expect(users.getByText(/^scrypt:/)).toBeVisible()
  await open()
  await expect(users).toContainText('••••')
  await expect(page.getByText(/^scrypt:/)).toHaveCount(0)
})
