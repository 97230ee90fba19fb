import { join } from 'node:path'
import type { AppState } from '../../src/practice/ctrlx-core/device-state.ts'
import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { writeAppFile } from '../../src/practice/ctrlx-core/app-file.ts'
import { windowBridge as words } from '../../src/shared/text/en/window-bridge.ts'
import { windowRestore } from '../../src/shared/text/en/window-restore.ts'
import { addDevice, ask, backUp, endOf } from './bridge.ts'
import { expect, press8, test } from './ferrite.ts'
import { answerQuestions, askedQuestions, changingRequests, openView, rowOf } from './steps.ts'

const press9 = { family: 'ctrlx-core', name: 'PRESS-9', model: 'X7', profile: '4.4' } as const

test.use({ practice: { devices: [press8, press9] } })

const renewed: Readonly<Record<string, string>> = { 'rexroth-setup': '4.6.0', 'rexroth-solutions': '4.6.1' }
/** What the target lacks yet is little, so that the job is over soon. */
const behind = (app: AppState, newer: readonly AppState[]): AppState =>
  app.name in renewed
    ? app
    : { ...app, version: newer.find(({ name }) => name === app.name)?.version ?? app.version }

test('a blocked pair is made to fit with app files that a person has', async ({ ferrite, fleet, folder }) => {
  const { page, app } = ferrite
  const [source, target] = fleet.devices as [CtrlxCore, CtrlxCore]
  let newer: readonly AppState[] = []
  source.edit(({ apps }) => {
    newer = apps
    return {}
  })
  target.edit(({ apps }) => ({ apps: apps.map((each) => (each.required ? behind(each, newer) : each)) }))
  const [sourceId] = await Promise.all(fleet.items.map((item) => addDevice(page, item)))
  await backUp(page, sourceId!)
  const files = await Promise.all(
    Object.entries(renewed).map(async ([name, version]) => {
      const file = join(folder, `${name}.app`)
      const about = { name, version, title: name, vendor: 'test', description: '', base: 'core24' }
      await writeAppFile(file, { ...about, architecture: 'amd64' }, 5000)
      return file
    }),
  )

  await openView(page, 'Archives')
  await rowOf(page, 'Archives', 'PRESS-8').click()
  await page
    .getByRole('button', { name: /Restore/ })
    .first()
    .click()
  await rowOf(page, windowRestore.target.table, 'PRESS-9').click()
  await page.getByRole('button', { name: windowRestore.next.target }).click()
  const section = page.getByRole('region', { name: words.title })
  await expect(section.getByText('For the way back')).toHaveCount(2)
  await expect(section).toContainText('Bring rexroth-setup from 4.4.0 to 4.6.0')
  await section.scrollIntoViewIfNeeded()
  await page.screenshot({ path: join(process.env['FERRITE_LOOK'] ?? folder, 'bridge-section.png') })

  await section.getByRole('button', { name: words.change }).click()
  const dialog = page.getByRole('dialog')
  const choose = async (chosen: readonly string[], button: string): Promise<void> => {
    await app.evaluate(({ dialog: shown }, filePaths) => {
      shown.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] })
    }, chosen)
    await dialog.getByRole('button', { name: button }).click()
  }
  await choose(files.slice(0, 1), words.dialog.choose)
  await expect(dialog.getByText(words.dialog.missing)).toHaveCount(1)
  await expect(dialog.getByRole('button', { name: words.dialog.run('PRESS-9') })).toBeDisabled()
  await page.screenshot({ path: join(process.env['FERRITE_LOOK'] ?? folder, 'bridge-missing.png') })
  await choose(files, words.dialog.chooseAgain)
  await expect(dialog.getByText(words.dialog.found)).toHaveCount(2)
  await answerQuestions(app, 1)
  await dialog.getByLabel(words.dialog.type('PRESS-9')).fill('PRESS-9')
  await page.screenshot({ path: join(process.env['FERRITE_LOOK'] ?? folder, 'bridge-ready.png') })
  expect(changingRequests(target)).toEqual([])
  await dialog.getByRole('button', { name: words.dialog.run('PRESS-9') }).click()
  await expect(dialog).toBeHidden()
  const [question] = await askedQuestions(app)
  expect(question?.message).toContain('PRESS-9')
  const [job] = (await ask(page, 'jobs.list', undefined)).filter(({ kind }) => kind === 'bridge')
  await endOf(page, job!.id)
  expect(changingRequests(target).filter((each) => each.endsWith('/packages'))).toHaveLength(2)
  expect(target.content().operatingState).toBe('OPERATING')

  await page.getByRole('button', { name: windowRestore.check.again }).click()
  await expect(section).toBeHidden()
  await page.getByRole('button', { name: windowRestore.next.check }).click()
  await expect(page.getByText(windowRestore.options.removesNothing)).toBeVisible()
  await page.screenshot({ path: join(process.env['FERRITE_LOOK'] ?? folder, 'options-keep.png') })
  await page.getByText(windowRestore.options.replace, { exact: true }).click()
  await expect(page.getByText(/On this device that removes/)).toBeVisible()
  await page.screenshot({ path: join(process.env['FERRITE_LOOK'] ?? folder, 'options-replace.png') })
})
