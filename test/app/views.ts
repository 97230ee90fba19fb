import type { Page } from 'playwright/test'
import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import type { Fleet } from '../../src/practice/fleet.ts'
import { lensText as lensWords } from '../../src/shared/text/en/lens.ts'
import { windowBrowse as browseWords } from '../../src/shared/text/en/window-browse.ts'
import { windowCompare as compareWords } from '../../src/shared/text/en/window-compare.ts'
import { windowFit as fitWords } from '../../src/shared/text/en/window-fit.ts'
import { windowJobs as jobs } from '../../src/shared/text/en/window-jobs.ts'
import { windowRestore as words } from '../../src/shared/text/en/window-restore.ts'
import { windowShell as shellWords } from '../../src/shared/text/en/window-shell.ts'
import { addDevice, ask, backUp, endOf, itemOf, moveToLisbon } from './bridge.ts'
import type { RunningApp } from './ferrite.ts'
import { answerQuestions, openView, restoreFromCheck, rowOf } from './steps.ts'

/** Called with each view or dialog while it is in sight. */
export type Visit = (name: string, page: Page) => Promise<void>

/** Views and dialogs before there is a device. */
export async function visitEmptyApp({ page }: RunningApp, fleet: Fleet, visit: Visit): Promise<void> {
  const item = itemOf(fleet, 'PRESS-7')
  await visit('devices-none', page)
  await openView(page, 'Archives')
  await visit('archives-none', page)
  await openView(page, 'Activity')
  await visit('activity-none', page)
  await openView(page, 'Settings')
  await page.getByText('About Ferrite').waitFor()
  await visit('settings', page)
  await openView(page, 'Devices')
  await page.getByRole('button', { name: 'Add a device' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(item.name)
  await dialog.getByLabel('Address', { exact: true }).fill(new URL(item.address).host)
  await dialog.getByLabel('User', { exact: true }).fill(item.user)
  await visit('add-describe', page)
  await dialog.getByRole('button', { name: 'Connect' }).click()
  await dialog.getByLabel('Fingerprint that the device shows').fill(item.fingerprint)
  await visit('add-compare', page)
  await dialog.getByRole('button', { name: 'I compared it: equal' }).click()
  await dialog.getByLabel(`Password of “${item.user}”`).fill('a wrong one')
  await visit('add-password', page)
  await dialog.getByRole('button', { name: 'Log in and read the identity' }).click()
  await dialog.getByRole('button', { name: 'Another password' }).waitFor()
  await visit('add-refused', page)
  await dialog.getByRole('button', { name: 'Another password' }).click()
  await dialog.getByLabel(`Password of “${item.user}”`).fill(item.password)
  await dialog.getByRole('button', { name: 'Log in and read the identity' }).click()
  await dialog.getByText('PRESS-7 is ready').waitFor()
  await visit('add-done', page)
}

/** Fills the app with devices and archives of which two differ. */
export async function fillApp({ page }: RunningApp, fleet: Fleet): Promise<void> {
  const ids = []
  for (const item of fleet.items) ids.push(await addDevice(page, item))
  for (const id of ids) await backUp(page, id)
  const [first] = ids
  moveToLisbon(fleet.devices[0] as CtrlxCore)
  if (first !== undefined) await backUp(page, first)
  const [record] = (await ask(page, 'archives.list', undefined)).records
  if (record !== undefined) await endOf(page, await ask(page, 'archives.verify', { archiveId: record.id }))
}

/** Views and dialogs about devices and archives, of an app that `fillApp` has filled. */
export async function visitInventory({ page }: RunningApp, visit: Visit): Promise<void> {
  await openView(page, 'Devices')
  await rowOf(page, 'Devices', 'PRESS-7').click()
  await page.getByRole('tab', { name: 'Overview' }).waitFor()
  await visit('devices', page)
  for (const tab of ['Apps', 'Archives']) {
    await page.getByRole('tab', { name: new RegExp(tab) }).click()
    await visit(`device-${tab.toLowerCase()}`, page)
  }
  await page.getByRole('region', { name: 'PRESS-7' }).getByRole('button', { name: 'Back up' }).click()
  await page.getByRole('dialog').getByText('What goes in').waitFor()
  await visit('back-up', page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('What do you want to do?').fill('press')
  await visit('palette', page)
  // The first one takes back what was typed, the second one closes.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const tray = page.getByRole('region', { name: jobs.tray })
  await tray.locator('button[aria-expanded]').first().click()
  await visit('jobs', page)
  await tray.locator('button[aria-expanded]').first().click()
  await openView(page, 'Archives')
  await rowOf(page, 'Archives', 'PRESS-7').first().click()
  await visit('archives', page)
}

/** Looks into an archive, as text, bytes and tables, compares two, and searches all. */
export async function visitContents({ page }: RunningApp, visit: Visit): Promise<void> {
  await openView(page, 'Archives')
  await rowOf(page, 'Archives', 'PRESS-7').first().dblclick()
  const contents = page.getByRole('treegrid', { name: 'Contents' })
  await page.getByLabel('Find a file by name').fill('.json')
  await contents.getByRole('row').filter({ hasText: '.json' }).first().click()
  await page.locator('.cm-content').waitFor()
  await visit('browse', page)
  await page.getByLabel('Find a file by name').fill('.app')
  await contents.getByRole('row').filter({ hasText: '.app' }).first().click()
  await page.getByText('Bytes').first().waitFor()
  await visit('browse-bytes', page)
  await page.getByRole('button', { name: 'Open it' }).click()
  await page.getByRole('navigation', { name: browseWords.way }).waitFor()
  await visit('browse-nested', page)
  await page.keyboard.press('Alt+ArrowLeft')
  for (const group of ['overview', 'users'] as const) {
    await page.getByRole('tab', { name: lensWords.groups[group] }).click()
    await page.getByRole('searchbox').waitFor()
    await visit(`browse-${group}`, page)
  }
  await openView(page, 'Archives')
  await rowOf(page, 'Archives', 'PRESS-7').first().click()
  await rowOf(page, 'Archives', 'PRESS-7')
    .last()
    .click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('button', { name: 'Compare these two' }).click()
  const changes = page.getByRole('grid', { name: 'Changes' })
  await changes.getByRole('row').filter({ hasText: 'Changed' }).first().click()
  await page.getByRole('grid', { name: compareWords.meaning }).waitFor()
  await visit('compare', page)
  await openView(page, 'Search')
  await visit('search-none', page)
  await page.getByRole('searchbox', { name: 'Text to find' }).fill('timezone')
  await page.keyboard.press('Enter')
  const hits = page.getByRole('grid', { name: 'Files found' })
  await hits.getByRole('row').filter({ hasText: 'PRESS-7' }).first().click()
  await visit('search', page)
  await page.getByRole('button', { name: 'All versions' }).click()
  await page.locator('.cm-merge-b').waitFor()
  await visit('history', page)
}

/** The fit matrix with the reason of one cell, and the guided restores before there is one. */
export async function visitFit({ page }: RunningApp, visit: Visit): Promise<void> {
  await openView(page, fitWords.title)
  const grid = page.getByRole('grid', { name: fitWords.grid })
  await grid
    .getByRole('gridcell', { name: new RegExp(fitWords.legend.blocked) })
    .first()
    .click()
  await page.getByText(fitWords.counting).waitFor({ state: 'hidden' })
  await visit('fit', page)
  await openView(page, shellWords.views.procedures)
  await visit('procedures-none', page)
}

/** Every step of a restore, its report and the activity it leaves. */
export async function visitRestore({ app, page }: RunningApp, visit: Visit): Promise<void> {
  await openView(page, 'Devices')
  await rowOf(page, 'Devices', 'PRESS-7').click()
  await page.getByRole('button', { name: 'Restore an archive…' }).click()
  await rowOf(page, 'Archives', 'PRESS-7').last().click()
  await visit('restore-archive', page)
  await page.getByRole('button', { name: words.next.archive }).click()
  await rowOf(page, 'Devices', 'PRESS-8').click()
  await visit('restore-target', page)
  await page.getByRole('button', { name: words.next.target }).click()
  await page.getByRole('article').first().waitFor()
  await visit('restore-blocked', page)
  await page.getByRole('button', { name: 'Back', exact: true }).last().click()
  await rowOf(page, 'Devices', 'PRESS-7').click()
  await page.getByRole('button', { name: words.next.target }).click()
  await page.getByRole('button', { name: words.next.check }).and(page.locator(':enabled')).waitFor()
  await visit('restore-check', page)
  await page.getByRole('button', { name: words.next.check }).click()
  await visit('restore-options', page)
  await page.getByRole('button', { name: words.next.options }).click()
  await page.getByRole('textbox', { name: words.confirm.type('PRESS-7') }).waitFor()
  await visit('restore-confirm', page)
  await page.getByRole('button', { name: 'Back', exact: true }).last().click()
  await page.getByRole('button', { name: 'Back', exact: true }).last().click()
  await answerQuestions(app, 1)
  await restoreFromCheck(page, 'PRESS-7')
  await visit('report', page)
  await openView(page, 'Activity')
  await page.getByRole('grid', { name: 'Activity' }).getByRole('row').nth(1).click()
  await visit('activity', page)
}
