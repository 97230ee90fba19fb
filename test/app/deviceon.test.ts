import type { Locator, Page } from 'playwright/test'
import type { DeviceOnServer } from '../../src/practice/deviceon-server/start-deviceon-server.ts'
import type { Fleet, FleetItem } from '../../src/practice/fleet.ts'
import { deviceOnFacts as facts } from '../../src/shared/text/en/facts-deviceon.ts'
import { windowArchives } from '../../src/shared/text/en/window-archives.ts'
import { windowProcedures as words } from '../../src/shared/text/en/window-procedures.ts'
import { windowRestore } from '../../src/shared/text/en/window-restore.ts'
import { ask, itemOf } from './bridge.ts'
import { expect, test, type RunningApp } from './ferrite.ts'
import { addAndCompare, beginGuided, checkAgainst, dueStep, look, sayDone, stateInCheck } from './guided.ts'
import { DevicesPage } from './pages/devices-page.ts'
import { answerQuestions, askedQuestions, openView, rowOf, typePassword } from './steps.ts'

const server = { family: 'deviceon-server', edition: 'windows', version: '5.3.12' } as const
const plantA = { ...server, name: 'PLANT-A' }
const plantB = { ...server, name: 'PLANT-B' }

test.use({ practice: { devices: [plantA, plantB] } })
test.setTimeout(240_000)

const labelOf = (name: string): string => facts[name]?.label ?? name

/** Adds a server as a person does, with the facts of these names. */
async function addByHand(page: Page, item: FleetItem, names: readonly string[]): Promise<void> {
  const given = names.map((name) => [labelOf(name), item.facts?.[name] ?? ''])
  const dialog = await addAndCompare(page, {
    family: 'deviceon-server',
    name: item.name,
    address: item.address,
    fingerprint: item.fingerprint,
    user: item.user,
    facts: Object.fromEntries(given),
  })
  await typePassword(dialog, item)
  await dialog.getByRole('button', { name: 'Log in and read the identity' }).click()
  await expect(dialog.getByText(`${item.name} is ready`)).toBeVisible({ timeout: 30_000 })
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(dialog).toBeHidden()
}

/** How often the recovery tool was started. */
const toolRuns = (plant: DeviceOnServer): number =>
  plant.events().filter(({ event }) => event === 'recovery-started').length

/** Backs a server up and leaves the wizard at its plan, to be restored to another server with its tool run by Ferrite. */
async function untilBegin({ page, app }: RunningApp, fleet: Fleet): Promise<Locator> {
  await page.setViewportSize({ width: 1280, height: 820 })
  await addByHand(page, itemOf(fleet, 'PLANT-A'), ['storageFolder'])
  await addByHand(page, itemOf(fleet, 'PLANT-B'), ['storageFolder', 'portalPort', 'portalUser'])
  const devices = new DevicesPage(page)
  const dialog = await devices.askForBackup('PLANT-A')
  await dialog.getByRole('button', { name: 'Start the backup' }).click()
  await openView(page, windowArchives.title)
  await expect(rowOf(page, windowArchives.table, 'PLANT-A')).toHaveCount(3, { timeout: 60_000 })

  await rowOf(page, windowArchives.table, 'PLANT-A').first().click()
  await checkAgainst(page, rowOf(page, windowArchives.table, 'PLANT-A').first(), 'PLANT-B')
  const goOn = page.getByRole('button', { name: windowRestore.next.check })
  await expect(goOn).toBeDisabled()
  await look(page, 'deviceon-check')
  await stateInCheck(page, labelOf('version'), '5.3.12', 'PLANT-A')
  await expect(goOn).toBeDisabled()
  await stateInCheck(page, labelOf('tpm'), 'No', 'PLANT-A')
  await expect(goOn).toBeEnabled()
  await goOn.click()
  await page.getByText(words.wizard.tool).click()
  await page.getByRole('button', { name: windowRestore.next.options }).click()
  await answerQuestions(app, 1)
  return await beginGuided(page, 'PLANT-B')
}

test('servers are added, backed up, checked and restored, each with its part in the steps', async ({
  ferrite,
  fleet,
}) => {
  const { page, app } = ferrite
  const [source, target] = fleet.devices as readonly [DeviceOnServer, DeviceOnServer]
  const detail = await untilBegin(ferrite, fleet)
  const [question] = await askedQuestions(app)
  expect(question).toMatchObject({ message: 'Restore to PLANT-B?' })
  const { records } = await ask(page, 'archives.list', undefined)
  const fetched = records.filter(({ device }) => device.name === 'PLANT-A')
  expect(fetched.map(({ fileName }) => fileName)).toEqual(
    fetched
      .map(({ fileName }) => fileName)
      .toSorted()
      .toReversed(),
  )
  expect(records.filter(({ origin }) => origin === 'safety')).toMatchObject([{ device: { name: 'PLANT-B' } }])

  const clean = dueStep(detail, 'Bring PLANT-B to a clean state')
  await expect(clean.locator('button[type="submit"]')).toBeDisabled()
  await look(page, 'deviceon-waiting')
  expect(toolRuns(target)).toBe(0)
  target.resetToDefault()
  await sayDone(detail, 'Bring PLANT-B to a clean state', 'Reset to Default')

  await expect(dueStep(detail, 'Have the licence re-issued')).toBeVisible({ timeout: 90_000 })
  await look(page, 'deviceon-after-the-tool')
  expect(target.sight()).toMatchObject({ restoredFrom: fetched[0]?.sha256, baseline: false })
  await sayDone(detail, 'Have the licence re-issued', 'licence page: valid')
  await sayDone(detail, 'Look at the restored portal', '24 devices, version 5.3.12')
  await sayDone(detail, 'Wait until the agents are online')
  await expect(detail.getByText(windowRestore.report.saidClean('PLANT-B'))).toBeVisible({ timeout: 60_000 })
  await look(page, 'deviceon-report')
  expect(toolRuns(target)).toBe(1)
  expect(toolRuns(source)).toBe(0)
  expect(target.sight().restoredFrom).toBe(fetched[0]?.sha256)
})

test('of a tool whose connection breaks off nobody says that it worked, and only a person can', async ({
  ferrite,
  fleet,
}) => {
  const { page } = ferrite
  const [, target] = fleet.devices as readonly [DeviceOnServer, DeviceOnServer]
  const detail = await untilBegin(ferrite, fleet)
  target.inject({ effect: 'drop', at: 'path', tool: 'goes-on' })
  target.resetToDefault()
  await sayDone(detail, 'Bring PLANT-B to a clean state', 'Reset to Default')
  const unclear = dueStep(detail, 'Run the recovery tool')
  await expect(unclear.getByText(words.unclear.title)).toBeVisible({ timeout: 90_000 })
  await expect(unclear.getByRole('button', { name: words.retry })).toHaveCount(0)
  await look(page, 'deviceon-unclear')
  await expect(page.getByText(/PLANT-B failed/)).toHaveCount(0)
  const found = unclear.getByRole('button', { name: words.unclear.wasDone })
  await expect(found).toBeDisabled()
  await unclear.getByRole('textbox', { name: words.unclear.found }).fill('The portal shows the 24 devices')
  await found.click()
  await expect(dueStep(detail, 'Have the licence re-issued')).toBeVisible({ timeout: 90_000 })
  expect(toolRuns(target)).toBe(1)
})
