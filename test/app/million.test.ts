import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { windowArchives as words } from '../../src/shared/text/en/window-archives.ts'
import { windowBrowse as browse } from '../../src/shared/text/en/window-browse.ts'
import { stored, storedZeros, writeLargeZip } from '../corpus/large-zip.ts'
import { expect, launch, test } from './ferrite.ts'
import { depositLarge } from './large-archives.ts'
import { watchPauses } from './responsiveness.ts'
import { openView, rowOf } from './steps.ts'

const GiB = 1024 ** 3
const flatFiles = 900_000
const folders = 1000
const longTaskAtMostMs = 50

/** A million entries: most in one folder, in no order, the rest in a thousand folders. */
function writeMillion(file: string): void {
  const content = stored(Buffer.from('{}'))
  writeLargeZip(file, 1_000_000, (index) => ({
    ...content,
    name:
      index < flatFiles
        ? `flat/${String((index * 7919) % flatFiles)}-setting.json`
        : `unit ${String(index % folders)}/sub/file ${String(index)}.json`,
  }))
}

function writeTenGigabytes(file: string): void {
  const sizes = [5 * GiB, 2 ** 32 - 1, 10, GiB]
  writeLargeZip(file, sizes.length, (index) => ({
    ...storedZeros(sizes[index] ?? 0),
    name: `dump/part ${String(index)}.bin`,
  }))
}

const tree = (page: Page): Locator => page.getByRole('treegrid', { name: words.browse.tree })
const treeRow = (page: Page, name: string): Locator => tree(page).getByRole('row').filter({ hasText: name })

async function openArchive(page: Page, device: string): Promise<void> {
  await openView(page, 'Archives')
  await rowOf(page, words.table, device).dblclick()
}

/** Keeps turning the wheel, as a person who looks for something does. */
async function scroll(page: Page, turns: number): Promise<void> {
  await tree(page).hover()
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, 1500)
    await page.waitForTimeout(16)
  }
}

test('K2: a million entries are opened, gone through and filtered without a pause', async ({ folder }) => {
  test.setTimeout(120_000)
  const home = join(folder, 'home')
  await depositLarge(home, 'MILLION', writeMillion)
  const { app, page, complaints, close } = await launch({ home })
  try {
    await openView(page, 'Archives')
    await expect(rowOf(page, words.table, 'MILLION')).toBeVisible()
    const stopWatching = await watchPauses(app, page)

    await test.step('an opening can be stopped', async () => {
      await openArchive(page, 'MILLION')
      const begun = Date.now()
      await page.getByRole('button', { name: browse.cancelOpening }).click()
      await expect(page.getByText(browse.stopped)).toBeVisible()
      expect(Date.now() - begun).toBeLessThan(1500)
      await page.getByRole('button', { name: browse.openAgain }).click()
    })

    await test.step('the tree opens level by level', async () => {
      await expect(treeRow(page, 'unit 999')).toHaveCount(0)
      await expect(treeRow(page, 'flat')).toBeVisible({ timeout: 20_000 })
      await tree(page).focus()
      await page.keyboard.press('Home')
      await page.keyboard.press('ArrowRight')
      await expect(treeRow(page, '7-setting.json').first()).toBeVisible()
      await expect(tree(page)).toHaveAttribute('aria-rowcount', String(flatFiles + folders + 2))
    })

    await test.step('any row of it is reached', async () => {
      await scroll(page, 120)
      await page.keyboard.press('End')
      await expect(treeRow(page, 'unit 999')).toBeVisible()
      for (let page_ = 0; page_ < 40; page_ += 1) await page.keyboard.press('PageUp')
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Home')
      await expect(treeRow(page, 'flat')).toBeVisible()
      await page.keyboard.press('ArrowLeft')
      await expect(tree(page)).toHaveAttribute('aria-rowcount', String(folders + 2))
    })

    await test.step('a filter finds what is anywhere in it', async () => {
      const field = page.getByRole('searchbox', { name: words.browse.filter })
      await field.fill('899991')
      await expect(page.getByText(browse.found('1', '1'))).toBeVisible()
      await field.fill('SETTING')
      await expect(page.getByText(browse.found('2,000', '900,000'))).toBeVisible()
      await scroll(page, 20)
      await field.fill('')
      await expect(tree(page)).toHaveAttribute('aria-rowcount', String(folders + 2))
    })

    const { longTasks, mainP99 } = await stopWatching()
    const [firstPaint = 0, ...others] = longTasks
    expect(firstPaint).toBeLessThanOrEqual(2 * longTaskAtMostMs)
    expect(others.filter((duration) => duration > longTaskAtMostMs)).toEqual([])
    expect(mainP99).toBeLessThanOrEqual(50)
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
})

test('K3: ten gigabytes are opened at once, and taking them out asks first', async ({ folder }) => {
  const home = join(folder, 'home')
  await depositLarge(home, 'TEN-GIGABYTES', writeTenGigabytes)
  const { app, page, complaints, close } = await launch({ home })
  try {
    await openView(page, 'Archives')
    const begun = Date.now()
    await openArchive(page, 'TEN-GIGABYTES')
    await expect(treeRow(page, 'dump')).toBeVisible()
    expect(Date.now() - begun).toBeLessThan(4000)
    // A35: the dialog of main names the real size; it is answered with "Cancel".
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async (...given: unknown[]) => {
        ;(globalThis as { asked?: unknown }).asked = given.at(-1)
        return await Promise.resolve({ response: 0, checkboxChecked: false })
      }
    })
    await page.getByRole('button', { name: words.browse.extractAll }).click()
    await expect
      .poll(
        async () => await app.evaluate(() => (globalThis as { asked?: { message: string } }).asked?.message),
      )
      .toBe('Take out 10.0 GiB?')
    expect(complaints).toEqual([])
  } finally {
    await close()
  }
})
