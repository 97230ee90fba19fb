import { execFile } from 'node:child_process'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright/test'
import { ProcedureBook } from '../../src/main/procedures/procedure-book.ts'
import type { EndpointProtector } from '../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import { startPair, type AppliancePair } from '../../src/practice/endpoint-protector/start-pair.ts'
import { endpointProtectorFacts as facts } from '../../src/shared/text/en/facts-endpoint-protector.ts'
import { windowArchives } from '../../src/shared/text/en/window-archives.ts'
import { windowDeviceDialogs } from '../../src/shared/text/en/window-device-dialogs.ts'
import { windowDevices } from '../../src/shared/text/en/window-devices.ts'
import { windowFit } from '../../src/shared/text/en/window-fit.ts'
import { windowKeys as keys } from '../../src/shared/text/en/window-keys.ts'
import { windowProcedures as words } from '../../src/shared/text/en/window-procedures.ts'
import { windowRestore } from '../../src/shared/text/en/window-restore.ts'
import { windowStatements as statements } from '../../src/shared/text/en/window-statements.ts'
import { Browser } from '../practice/endpoint-protector/browser.ts'
import { ask } from './bridge.ts'
import { expect, launch, test as base, type RunningApp } from './ferrite.ts'
import { addAndCompare, answer, beginGuided, dueStep, look, sayDone } from './guided.ts'
import { answerQuestions, askedQuestions, openView, rowOf } from './steps.ts'

const password = 'Practice-1234'
const newPassword = 'Fresh-from-the-box-1'
// scripts/test.mjs runs these tests within scripts/with-keyring.sh where the system has a keyring.
const hasKeyring = process.env['DBUS_SESSION_BUS_ADDRESS'] !== undefined && process.platform === 'linux'
const environment: Readonly<Record<string, string>> = hasKeyring
  ? { FERRITE_PASSWORD_STORE: 'gnome-libsecret' }
  : {}

const test = base.extend<{ readonly pair: AppliancePair }>({
  pair: async ({ folder }, use) => {
    await using pair = await startPair({
      old: {
        folder: join(folder, 'old'),
        name: 'EPP-OLD',
        version: '5.9.4.2',
        credentials: { user: 'root', password },
        stepMs: 5,
      },
      replacement: {
        folder: join(folder, 'new'),
        name: 'EPP-NEW',
        version: '2604.0.1.0',
        credentials: { user: 'root', password: newPassword },
        content: 'empty',
        stepMs: 5,
      },
    })
    await use(pair)
    for (const appliance of [pair.old, pair.replacement]) {
      expect(appliance.events().filter(({ event }) => event === 'simulator-error')).toEqual([])
    }
  },
})
test.use({ practice: { devices: [] } })
test.setTimeout(300_000)

const labelOf = (name: string): string => facts[name]?.label ?? name
const labelled = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [labelOf(name), value]))

/** Adds an appliance; it is looked at at once, and nobody is asked for a password. */
async function addAppliance(
  page: Page,
  appliance: EndpointProtector,
  stated: Readonly<Record<string, string>>,
): Promise<Locator> {
  const { name, family, address, fingerprint } = appliance
  const dialog = await addAndCompare(page, { name, family, address, fingerprint, facts: labelled(stated) })
  await expect(dialog.getByText(windowDeviceDialogs.adding.doneTitle(name))).toBeVisible({ timeout: 30_000 })
  await expect(dialog.getByLabel(/^Password/)).toHaveCount(0)
  return dialog
}

/** Has main's next dialogs name these files. */
async function chooseFiles({ app }: RunningApp, open: string, save: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen.open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen.save })
    },
    { open, save },
  )
}

/** What a person at the new appliance's own console does: import the file with its key, and wait for the restore. */
async function importAtConsole(pair: AppliancePair, file: Buffer, key: string): Promise<void> {
  const browser = new Browser(() => pair.replacement.address)
  try {
    await browser.logIn('root', newPassword)
    // An appliance that restarts into what it restores may hang up before its answer is read.
    await browser.importBackup(file, key).catch(() => undefined)
    await expect
      .poll(() => pair.replacement.events().map(({ event }) => event), { timeout: 30_000 })
      .toContain('restored')
  } finally {
    browser.close()
  }
}

/** The text of a PDF as another program reads it. */
async function textOf(file: string): Promise<string> {
  const { stdout } = await promisify(execFile)('pdftotext', ['-layout', file, '-'])
  return stdout
}

async function windowCount({ app }: RunningApp): Promise<number> {
  return await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
}

test('two appliances are added, a backup gets its key and its sheet, and a whole move is led to its end', async ({
  folder,
  pair,
}) => {
  const home = join(folder, 'home')
  const taken = await pair.old.takeBackup({ name: 'Move' })
  const file = join(folder, taken.fileName)
  const sheet = join(folder, 'sheet.pdf')
  await writeFile(file, taken.bytes)
  const wanted = pair.old.content().digest

  const first = await launch({ home, environment })
  const { page, app } = first
  try {
    await page.setViewportSize({ width: 1280, height: 820 })
    await chooseFiles(first, file, sheet)
    await answerQuestions(app, 1)

    await test.step('add both; the backup is imported where the adding ends', async () => {
      const target = { version: '2604.0.1.0', keepsAddress: 'Yes', freeGigabytes: '200' }
      const more = { diskGigabytes: '320', hypervisor: 'Proxmox 8' }
      const added = await addAppliance(page, pair.replacement, { ...target, ...more })
      await look(page, 'epp-added')
      await added.getByRole('button', { name: windowDeviceDialogs.adding.close }).last().click()
      await expect(added).toBeHidden()
      await expect(rowOf(page, windowDevices.table, 'EPP-NEW')).toContainText(
        windowDevices.credentials['not-needed'],
      )
      const dialog = await addAppliance(page, pair.old, { version: '5.9.4.2' })
      await dialog.getByRole('button', { name: windowDevices.actions.importFile }).click()
      await openView(page, windowArchives.title)
      await expect(rowOf(page, windowArchives.table, 'EPP-OLD')).toHaveCount(1, { timeout: 30_000 })
    })

    await rowOf(page, windowArchives.table, 'EPP-OLD').click()
    const detail = page.getByRole('region', { name: 'EPP-OLD', exact: true })
    await test.step('what only a person knows of its source is stated', async () => {
      await detail.getByText(statements.edit).click()
      const form = detail.locator('form').filter({ hasText: statements.keep })
      const source = { version: '5.9.4.2', patchedAt: '2026-01-01 00:00', freePercent: '60' }
      const rest = { clientVersion: '5.9.4.3', integrations: 'SMTP\nAD/LDAP' }
      const chosen = {
        kind: facts['kind']?.choices?.['v2'] ?? '',
        modules: facts['modules']?.choices?.['none'] ?? '',
        eDiscovery: statements.yes,
      }
      for (const [label, value] of Object.entries(labelled({ ...source, ...rest, ...chosen }))) {
        await answer(form, label, value)
      }
      await form.getByRole('button', { name: statements.keep }).click()
      await expect(detail.getByText('AD/LDAP').first()).toBeVisible()
    })

    await test.step('the key goes to the keychain or is kept for this session, and is not shown again', async () => {
      await detail.getByLabel(keys.field, { exact: true }).scrollIntoViewIfNeeded()
      await look(page, 'epp-key-missing')
      await detail.getByLabel(keys.field, { exact: true }).fill(taken.key)
      await detail.getByRole('button', { name: keys.give }).click()
      await expect(detail.getByRole('button', { name: keys.copy })).toBeVisible()
      await expect(detail.getByText(keys.notStored)).toHaveCount(hasKeyring ? 0 : 1)
      await expect(detail.getByText(taken.key)).toHaveCount(0)
      await look(page, 'epp-key-kept')
    })

    await test.step('the emergency sheet is a PDF for its owner alone, and leaves no window', async () => {
      await detail.getByRole('button', { name: keys.sheetFile }).click()
      await expect.poll(async () => (await stat(sheet).catch(() => undefined))?.size ?? 0).toBeGreaterThan(0)
      await expect.poll(async () => await windowCount(first)).toBe(1)
      const text = await textOf(sheet)
      expect(text.replaceAll(/\s/g, '')).toContain(taken.key)
      expect(text).toContain(taken.fileName)
      expect((await stat(sheet)).mode & 0o777).toBe(0o600)
    })

    await test.step('the matrix says how it fits and leads to the restore', async () => {
      await openView(page, windowFit.title)
      const grid = page.getByRole('grid', { name: windowFit.grid })
      const cell = grid.getByRole('gridcell', { name: /EPP-OLD.* on EPP-NEW/ })
      await expect(cell).toHaveAttribute('aria-label', new RegExp(windowFit.legend.cautions))
      await cell.hover()
      const why = page.getByRole('region', { name: windowFit.details })
      await expect(why).toContainText('EPP-NEW')
      await look(page, 'epp-fit')
      await cell.click()
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: windowRestore.titleTo('EPP-NEW') })).toBeVisible()
    })

    await test.step('check, plan and begin', async () => {
      await expect(page.getByText(/^Device read/)).toBeVisible({ timeout: 30_000 })
      await expect(page.getByText(/^Go on against/)).toHaveCount(0)
      await look(page, 'epp-check')
      await page.getByRole('button', { name: windowRestore.next.check }).click()
      await look(page, 'epp-options')
      await page.getByRole('button', { name: windowRestore.next.options }).click()
    })
    const steps = await beginGuided(page, 'EPP-NEW')
    const [question] = await askedQuestions(app)
    expect(question).toMatchObject({ message: 'Restore to EPP-NEW?' })
    expect(JSON.stringify(question)).toContain('snapshot')

    await sayDone(steps, 'Look at the state of EPP-OLD', '5.9.4.2, 60 % free')
    await look(page, 'epp-waiting')
    await sayDone(steps, 'Make a snapshot of the virtual machine', 'before-move-1, before-move-2')
    await sayDone(steps, 'Take away what the import would remove')
    await sayDone(steps, 'Check that the target has an address of its own')
    await sayDone(steps, 'Switch client communication off')
    await sayDone(steps, 'Bring the licence in order')
    await sayDone(steps, 'Patch the target and note its version', '2604.0.1.0')

    await test.step('the key is at hand where it is needed, and the person imports', async () => {
      const step = dueStep(steps, 'Import the backup with its key')
      await step.getByRole('button', { name: words.aids['copy-key'] }).click()
      await expect(page.getByText(words.given.copied)).toBeVisible()
      expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(taken.key)
      await look(page, 'epp-import')
      await importAtConsole(pair, taken.bytes, taken.key)
      await sayDone(steps, 'Import the backup with its key', 'Generating')
    })
    await expect(dueStep(steps, 'Wait 5 minutes').getByRole('progressbar')).toBeVisible()
    await look(page, 'epp-running')
    expect(first.complaints).toEqual([])
  } finally {
    await first.close()
  }

  await sixMinutesPass(home)

  const second = await launch({ home, environment })
  try {
    await second.page.setViewportSize({ width: 1280, height: 820 })
    await openView(second.page, words.title)
    const steps = second.page.getByRole('region', { name: words.to('EPP-NEW') })
    await dueStep(steps, 'Wait 5 minutes').getByRole('button', { name: words.run }).click()
    await sayDone(steps, 'Log in with the old credentials and look', 'users and policies as before')
    await sayDone(steps, 'Enter the passwords that did not come along')
    await sayDone(steps, 'Where eDiscovery is in use: re-read rights and settings')
    await sayDone(steps, 'Upload the client packages')
    await pair.old.powerOff()
    await sayDone(steps, 'Power EPP-OLD off')
    const finalAddress = `https://127.0.0.2:${String(pair.port)}`
    await expect(dueStep(steps, `Give EPP-NEW the address ${finalAddress}`)).toBeVisible({ timeout: 60_000 })
    const atAddress = dueStep(steps, `Give EPP-NEW the address ${finalAddress}`)
    await expect(atAddress.locator('button[type="submit"]')).toBeInViewport({ ratio: 1 })
    await look(second.page, 'epp-address')
    await pair.replacement.moveTo('127.0.0.2')
    await sayDone(steps, `Give EPP-NEW the address ${finalAddress}`)

    await test.step('the inventory follows when a person looked at the new address', async () => {
      const step = dueStep(steps, 'Tell Ferrite the new address')
      await expect(step).toBeVisible({ timeout: 60_000 })
      await step.getByRole('button', { name: words.aids['move-device'] }).click()
      const dialog = second.page.getByRole('dialog')
      await dialog.getByRole('button', { name: windowDeviceDialogs.moving.look }).click()
      await dialog.getByRole('button', { name: windowDeviceDialogs.moving.move }).click()
      await expect(dialog).toBeHidden()
      await sayDone(steps, 'Tell Ferrite the new address')
    })
    await sayDone(steps, 'Switch client communication on and watch “Last Seen”')
    await sayDone(steps, 'Keep EPP-OLD, switched off')
    await sayDone(steps, 'Make a first backup of the new appliance')
    await sayDone(steps, 'Delete nothing on the appliance that is only there')
    await expect(steps.getByText(windowRestore.report.saidClean('EPP-NEW'))).toBeVisible({ timeout: 60_000 })
    await look(second.page, 'epp-report')
    const devices = await ask(second.page, 'devices.list', undefined)
    const moved = devices.find(({ device }) => device.name === 'EPP-NEW')
    expect(moved?.device.address).toBe(pair.replacement.address)
    expect(second.complaints).toEqual([])
  } finally {
    await second.close()
  }
  expect(pair.replacement.content().digest).toBe(wanted)
  expect(pair.replacement.host).toBe('127.0.0.2')
})

/** While Ferrite is closed, the five minutes since the import go by: its time is written down earlier. */
async function sixMinutesPass(home: string): Promise<void> {
  const book = new ProcedureBook(home)
  const { procedures } = await book.list()
  const [procedure] = procedures
  if (procedure === undefined) throw new Error('no procedure was begun')
  await book.change(procedure.id, (now) => ({
    ...now,
    steps: now.steps.map((step) =>
      step.draft.id === 'import' && step.state.phase === 'done'
        ? { ...step, state: { ...step.state, at: new Date(Date.now() - 6 * 60_000).toISOString() } }
        : step,
    ),
  }))
}
