import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import type { FamilyId } from '../../src/shared/model/family-id.ts'
import { windowDevices } from '../../src/shared/text/en/window-devices.ts'
import { windowProcedures as words } from '../../src/shared/text/en/window-procedures.ts'
import { windowRestore } from '../../src/shared/text/en/window-restore.ts'
import { windowStatements as statements } from '../../src/shared/text/en/window-statements.ts'
import { words as common } from '../../src/shared/text/en/words.ts'
import { ask } from './bridge.ts'
import { expect } from './ferrite.ts'
import { openView, rowOf } from './steps.ts'

/** A device as a person describes it in "Add a device": what to choose in lists, what to type into fields. */
export interface Described {
  readonly family: FamilyId
  readonly name: string
  readonly address: string
  readonly fingerprint: string
  readonly user?: string
  readonly facts?: Readonly<Record<string, string>>
}

/** Describes a device in the dialog, compares its fingerprint and accepts it. Gives the dialog. */
export async function addAndCompare(page: Page, device: Described): Promise<Locator> {
  await openView(page, windowDevices.title)
  await page.getByRole('button', { name: windowDevices.add }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(common.family[device.family], { exact: true }).click()
  await dialog.getByLabel('Name', { exact: true }).fill(device.name)
  await dialog.getByLabel('Address', { exact: true }).fill(new URL(device.address).host)
  if (device.user !== undefined) await dialog.getByLabel('User', { exact: true }).fill(device.user)
  await dialog.getByText('More settings').click()
  for (const [label, value] of Object.entries(device.facts ?? {})) await answer(dialog, label, value)
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await dialog.getByLabel('Fingerprint that the device shows').fill(device.fingerprint)
  await expect(dialog.getByText('They are equal.')).toBeVisible()
  await dialog.getByRole('button', { name: 'I compared it: equal' }).click()
  return dialog
}

/** Answers a question of a form, by its label: in a list where it has one, else in its field. */
export async function answer(form: Locator, label: string, value: string): Promise<void> {
  const field = form.getByRole('textbox', { name: label })
  const list = form.getByRole('button', { name: label })
  await expect(field.or(list).first()).toBeVisible()
  if ((await field.count()) > 0) {
    await field.first().fill(value)
    return
  }
  await list.first().click()
  await form.page().getByRole('option', { name: value, exact: true }).click()
}

/** States one of the things that the check asks for, and waits until the check was made again and asks it no more. */
export async function stateInCheck(page: Page, label: string, value: string, about: string): Promise<void> {
  const form = page
    .locator('form')
    .filter({ hasText: label })
    .filter({ hasText: about })
    .filter({ has: page.getByRole('button', { name: statements.save }) })
    .first()
  await answer(form, label, value)
  await form.getByRole('button', { name: statements.save }).click()
  await expect(form).toBeHidden()
  await expect(page.getByText(/^Device read/)).toBeVisible({ timeout: 30_000 })
}

/** From the list of archives to the check against a device. */
export async function checkAgainst(page: Page, archive: Locator, device: string): Promise<void> {
  await archive.click()
  await page.getByRole('button', { name: 'Restore …' }).first().click()
  await rowOf(page, windowRestore.target.table, device).click()
  await page.getByRole('button', { name: windowRestore.next.target }).click()
  await expect(page.getByText(/^Device read/)).toBeVisible()
}

/** Types the name and begins; gives the part of the window that shows the steps. */
export async function beginGuided(page: Page, device: string): Promise<Locator> {
  await page.getByRole('textbox', { name: windowRestore.confirm.type(device) }).fill(device)
  await page.getByRole('button', { name: words.wizard.start(device) }).click()
  const detail = page.getByRole('region', { name: words.to(device) })
  await expect(detail).toBeVisible({ timeout: 60_000 })
  return detail
}

/** The step that is due, once it is the one with this title. */
export function dueStep(detail: Locator, title: string): Locator {
  return detail
    .locator('[aria-current="step"]')
    .filter({ has: detail.page().getByText(title, { exact: true }) })
}

/** A person says that the step of this title is done, with what they saw where that is wanted. */
export async function sayDone(detail: Locator, title: string, note?: string): Promise<void> {
  const step = dueStep(detail, title)
  await expect(step).toBeVisible({ timeout: 90_000 })
  if (note !== undefined) await step.getByRole('textbox').fill(note)
  await step.locator('button[type="submit"]').click()
  await expect(step).toBeHidden({ timeout: 30_000 })
}

/** Pictures in both themes and languages are kept where FERRITE_LOOK names a folder. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['FERRITE_LOOK']
  if (folder === undefined) return
  for (const theme of ['dark', 'light'] as const) {
    for (const language of ['de', 'en'] as const) {
      await ask(page, 'settings.change', { theme, language })
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await page.screenshot({
        path: join(folder, `${name}-${theme}-${language}.png`),
        animations: 'disabled',
      })
    }
  }
}
