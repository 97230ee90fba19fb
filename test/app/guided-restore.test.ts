import { join } from 'node:path'
import type { Page } from 'playwright/test'
import type { DeviceOnServer } from '../../src/practice/deviceon-server/start-deviceon-server.ts'
import type { FleetItem } from '../../src/practice/fleet.ts'
import type { DeviceId } from '../../src/shared/model/device.ts'
import { windowProcedures as words } from '../../src/shared/text/en/window-procedures.ts'
import { windowRestore } from '../../src/shared/text/en/window-restore.ts'
import { windowStatements } from '../../src/shared/text/en/window-statements.ts'
import { ask, backUp, endOf, hostOf } from './bridge.ts'
import { expect, test } from './ferrite.ts'
import { answerQuestions, openView, rowOf } from './steps.ts'

const plant = { family: 'deviceon-server', name: 'PLANT', edition: 'windows', version: '5.3.12' } as const
test.use({ practice: { devices: [plant] } })
test.setTimeout(150_000)

/** Pictures are kept where FERRITE_LOOK names a folder. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['FERRITE_LOOK']
  if (folder === undefined) return
  for (const theme of ['dark', 'light'] as const) {
    for (const language of ['de', 'en'] as const) {
      await ask(page, 'settings.change', { theme, language })
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await page.screenshot({
        path: join(folder, `${name}-${theme}-${language}.png`),
        animations: 'disabled',
      })
    }
  }
}

async function addServer(page: Page, item: FleetItem): Promise<DeviceId> {
  const { name, user, password, facts = {} } = item
  const draft = { family: 'deviceon-server', name, address: hostOf(item), user, facts } as const
  const { offerId } = await ask(page, 'devices.offer', draft)
  const { device } = await ask(page, 'devices.add', { draft, offerId, compared: true })
  await ask(page, 'credentials.give', { id: device.id, password, remember: false })
  await endOf(page, await ask(page, 'devices.probe', { id: device.id }))
  return device.id
}

test('a person and Ferrite restore a server together', async ({ ferrite, fleet }) => {
  const { page, app } = ferrite
  const [server] = fleet.devices as [DeviceOnServer]
  await page.setViewportSize({ width: 1280, height: 820 })
  await backUp(page, await addServer(page, fleet.items[0]!))
  await answerQuestions(app, 1)

  await openView(page, 'Archives')
  await rowOf(page, 'Archives', 'PLANT').first().click()
  await look(page, 'archive')
  await page
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click()
  await rowOf(page, windowRestore.target.table, 'PLANT').click()
  await page.getByRole('button', { name: windowRestore.next.target }).click()

  await test.step('the check asks what only a person can know', async () => {
    const question = page.getByText(windowStatements.asks).first()
    await expect(question).toBeVisible()
    await look(page, 'check')
    await expect(page.getByRole('button', { name: windowRestore.next.check })).toBeDisabled()
    await page.getByRole('button', { name: /TPM chosen/ }).click()
    await page.getByRole('option', { name: 'No', exact: true }).click()
    await page.getByRole('button', { name: windowStatements.save }).first().click()
    await expect(page.getByRole('button', { name: windowRestore.next.check })).toBeEnabled()
  })
  await page.getByRole('button', { name: windowRestore.next.check }).click()
  await page.getByText(words.wizard.tool).click()
  await look(page, 'options')
  await page.getByRole('button', { name: windowRestore.next.options }).click()
  await expect(page.getByRole('region', { name: words.wizard.title })).toBeVisible()
  await page.getByRole('region', { name: words.wizard.title }).scrollIntoViewIfNeeded()
  await look(page, 'confirm')
  await page.getByRole('textbox', { name: windowRestore.confirm.type('PLANT') }).fill('PLANT')
  await page.getByRole('button', { name: words.wizard.start('PLANT') }).click()

  const detail = page.getByRole('region', { name: words.to('PLANT') })
  const done = detail.getByRole('button', { name: 'The server is in a clean state' })
  await expect(done).toBeDisabled({ timeout: 30_000 })
  await look(page, 'waiting')
  server.resetToDefault()
  await detail.getByRole('textbox', { name: words.noteNeeded }).fill('Reset to Default')
  await done.click()

  const portal = detail.getByRole('button', { name: 'It is the state of the archive' })
  await expect(portal).toBeVisible({ timeout: 60_000 })
  await look(page, 'after-the-tool')
  expect(server.sight().restoredFrom).toBeDefined()
  await detail.getByRole('textbox', { name: words.noteNeeded }).fill('24 devices, version 5.3.12')
  await portal.click()
  const last = detail.getByRole('button', { name: words.done })
  await expect(last).toBeVisible()
  await last.click()
  await expect(detail.getByText(windowRestore.report.saidClean('PLANT'))).toBeVisible({ timeout: 30_000 })
  await look(page, 'ended')
})
