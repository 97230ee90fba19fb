import { expect, type ElectronApplication, type Locator, type Page } from 'playwright/test'
import type { PracticeDevice } from '../../src/practice/practice-device.ts'
import type { FleetItem } from '../../src/practice/fleet.ts'
import { windowRestore as words } from '../../src/shared/text/en/window-restore.ts'
import { hostOf } from './bridge.ts'

/** Changing requests of the vendor's interface, beside the logins that every session begins with. */
export function changingRequests(device: PracticeDevice): readonly string[] {
  return device
    .log()
    .filter(
      ({ method, path }) => method !== 'GET' && method !== 'HEAD' && !path.startsWith('/identity-manager/'),
    )
    .map(({ method, path }) => `${method} ${path}`)
}

/** Goes to one of the views of the sidebar. */
export async function openView(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true }).click()
}

/** Fills the first step of "Add a device". */
export async function describeDevice(page: Page, item: FleetItem): Promise<Locator> {
  await page.getByRole('button', { name: 'Add a device' }).first().click()
  const dialog = page.getByRole('dialog')
  if (item.family === 'linux-host') await dialog.getByText('Linux host', { exact: true }).click()
  await dialog.getByLabel('Name', { exact: true }).fill(item.name)
  await dialog.getByLabel('Address', { exact: true }).fill(hostOf(item))
  await dialog.getByLabel('User', { exact: true }).fill(item.user)
  return dialog
}

/** Adds a device as a person does: compares the fingerprint, types the password, reads the identity. */
export async function addByHand(page: Page, item: FleetItem): Promise<void> {
  const dialog = await describeDevice(page, item)
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await dialog.getByLabel('Fingerprint that the device shows').fill(item.fingerprint)
  await expect(dialog.getByText('They are equal.')).toBeVisible()
  await dialog.getByRole('button', { name: 'I compared it: equal' }).click()
  await typePassword(dialog, item)
  await dialog.getByRole('button', { name: 'Log in and read the identity' }).click()
  await expect(dialog.getByText(`${item.name} is ready`)).toBeVisible()
}

/** Types the password of a device's login into the dialog that asks for it. */
export async function typePassword(dialog: Locator, { user, password }: FleetItem): Promise<void> {
  await dialog.getByLabel(`Password of “${user}”`).fill(password)
}

/** The row of a table that names something. */
export function rowOf(page: Page, table: string, name: string | RegExp): Locator {
  return page.getByRole('grid', { name: table, exact: true }).getByRole('row').filter({ hasText: name })
}

/**
 * Takes hold of an archive's row and moves it until the devices appear, which are given; the button stays down. Where
 * the list moved under the pointer in that moment nothing was taken hold of, and it is done again, as a person does.
 */
export async function beginDrag(page: Page, row: Locator): Promise<Locator> {
  const shelf = page.getByRole('complementary', { name: 'Devices' })
  await expect(async () => {
    await page.mouse.up()
    await row.hover()
    const box = await row.boundingBox()
    if (box === null) throw new Error('the row is not in sight')
    await page.mouse.down()
    await page.mouse.move(box.x + 60, box.y + box.height + 30, { steps: 5 })
    await expect(shelf).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  return shelf
}

/** Moves what is dragged over a target and lets go. */
export async function dropOn(page: Page, target: Locator): Promise<void> {
  await target.hover()
  // The first move enters the target, the second one is what a drop needs to be allowed.
  await target.hover({ position: { x: 12, y: 12 } })
  await page.mouse.up()
}

/** Answers main's own question about a restore; gives what it was asked. */
export async function answerQuestions(app: ElectronApplication, button: number): Promise<void> {
  await app.evaluate(({ dialog }, response) => {
    const asked: unknown[] = []
    Object.assign(globalThis, { askedQuestions: asked })
    dialog.showMessageBox = (...given: unknown[]) => {
      asked.push(given.at(-1))
      return Promise.resolve({ response, checkboxChecked: false })
    }
  }, button)
}

/** What main has asked since `answerQuestions`. */
export async function askedQuestions(
  app: ElectronApplication,
): Promise<readonly { readonly message: string; readonly buttons: readonly string[] }[]> {
  return await app.evaluate(() => {
    const { askedQuestions: asked } = globalThis as unknown as {
      askedQuestions: readonly { message: string; buttons: string[] }[]
    }
    return asked
  })
}

/** From the wizard's check to the report: options, the typed name, main's question. */
export async function restoreFromCheck(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: words.next.check }).click()
  await page.getByRole('button', { name: words.next.options }).click()
  const restore = page.getByRole('button', { name: words.confirm.run(name), exact: true })
  await expect(restore).toBeDisabled()
  await page.getByRole('textbox', { name: words.confirm.type(name) }).fill(name)
  await restore.click()
  await expect(page.getByText(words.report.clean(name))).toBeVisible({
    timeout: 30_000,
  })
}
