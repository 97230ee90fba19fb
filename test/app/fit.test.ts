import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Locator, type Page } from 'playwright/test'
import { windowFit as words } from '../../src/shared/text/en/window-fit.ts'
import { furnish } from '../main/restore/fleet-home.ts'
import { fleetDevices, fleetRecords } from '../main/restore/sample-fleet.ts'
import { ask } from './bridge.ts'
import { expect, launch, type RunningApp } from './ferrite.ts'
import { openView } from './steps.ts'

/** A thousand devices with a backup each, and a thousand columns for them. */
const plant = 1000

const test = base.extend<{ readonly folder: string; readonly ferrite: RunningApp }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright wants a pattern where nothing is taken
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ferrite-fit-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  ferrite: async ({ folder }, use) => {
    await furnish(join(folder, 'home'), fleetDevices(plant), fleetRecords(plant * 2))
    const ferrite = await launch({ home: join(folder, 'home') })
    try {
      await use(ferrite)
      expect(ferrite.complaints, 'what the window complained of').toEqual([])
    } finally {
      await ferrite.close()
    }
  },
})

async function openMatrix(page: Page): Promise<Locator> {
  await openView(page, words.title)
  const grid = page.getByRole('grid', { name: words.grid })
  await expect(grid.getByRole('gridcell').first()).toHaveAttribute(
    'aria-label',
    new RegExp(words.legend.fits),
  )
  await expect(page.getByText(words.counting)).toBeHidden()
  return grid
}

test('a thousand archives by a thousand devices scroll without a long task', async ({
  ferrite: { page },
}) => {
  test.setTimeout(120_000)
  const grid = await openMatrix(page)
  await expect(grid).toHaveAttribute('aria-rowcount', String(plant + 1))
  await expect(grid).toHaveAttribute('aria-colcount', String(plant + 1))
  // Other programs of this machine hold the window up, too. What the window itself does too long comes back in every
  // round; what they do does not.
  const rounds: { readonly long: readonly number[]; readonly most: number }[] = []
  while (rounds.length < 16 && rounds.at(-1)?.long.length !== 0) rounds.push(await scrollAbout(grid))
  expect(Math.max(...rounds.map(({ most }) => most))).toBeLessThan(900)
  expect(Math.min(...rounds.map(({ most }) => most))).toBeGreaterThan(100)
  expect(rounds.at(-1)?.long).toEqual([])
})

/** Down, across, and in leaps; gives the tasks over 50 ms, in milliseconds, and the most cells that were in the page. */
async function scrollAbout(grid: Locator): Promise<{ readonly long: number[]; readonly most: number }> {
  return await grid.evaluate(async (scroller) => {
    const long: number[] = []
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) if (duration > 50) long.push(duration)
    })
    observer.observe({ type: 'longtask' })
    let most = 0
    for (let step = 0; step < 80; step += 1) {
      if (step % 20 === 19) scroller.scrollTo({ top: (step * 997) % 27_000, left: (step * 1_499) % 27_000 })
      else scroller.scrollBy(step % 2 === 0 ? { top: 90 } : { left: 90 })
      await new Promise((resolve) => requestAnimationFrame(resolve))
      most = Math.max(most, scroller.querySelectorAll('[role=gridcell]').length)
    }
    observer.disconnect()
    return { long, most }
  })
}

test('every cell says why, on hover and on focus, and leads to its restore', async ({
  ferrite: { page },
}) => {
  const grid = await openMatrix(page)
  const details = page.getByRole('region', { name: words.details })
  await expect(details).toContainText(words.choose)
  await grid.getByRole('gridcell').first().hover()
  await expect(details).toContainText('Machine 0 of hall 0')
  await expect(details).toContainText(words.identityAge)
  await grid.focus()
  await page.mouse.move(0, 0)
  await page.keyboard.press('Control+End')
  await expect(details).toContainText('Machine 999 of hall 0')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowRight')
  await expect(details).toContainText('Machine 5 of hall 5')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(words.title)
})

test('a kind of cell leaves the rows and columns that have one, and the filters are taken back', async ({
  ferrite: { page },
}) => {
  const grid = await openMatrix(page)
  await page.getByRole('button', { name: new RegExp(`^${words.legend.unknown}`) }).click()
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(plant + 1))
  await page.getByRole('searchbox', { name: words.device }).fill('nobody has this name')
  await page.getByRole('button', { name: words.clear }).click()
  await expect(grid).toHaveAttribute('aria-rowcount', String(plant + 1))
})

test('what is shown is exported as a table and as a page to print', async ({
  ferrite: { app, page },
  folder,
}) => {
  await openMatrix(page)
  await page.getByRole('searchbox', { name: words.device }).fill('999')
  await page.getByRole('searchbox', { name: words.archiveDevice }).fill('hall 3')
  await expect(page.getByRole('columnheader')).toHaveCount(2)
  for (const [name, label] of [
    ['fit.csv', words.exportCsv],
    ['fit.pdf', words.exportPage],
  ] as const) {
    const file = join(folder, name)
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    await page.getByRole('button', { name: words.export, exact: true }).click()
    await page.getByRole('menuitem', { name: label }).click()
    await expect.poll(() => existsSync(file)).toBe(true)
  }
  const lines = (await readFile(join(folder, 'fit.csv'), 'utf8')).trimEnd().split('\r\n')
  expect(lines[0]).toContain('"archiveId","archiveDevice"')
  expect(lines.length).toBeGreaterThan(100)
  for (const line of lines.slice(1)) expect(line).toContain('"Machine 999 of hall 0"')
  expect((await readFile(join(folder, 'fit.pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
})

test('main answers others while it judges a million pairs', async ({ ferrite: { page } }) => {
  const slowest = await page.evaluate(async () => {
    const { ferrite } = globalThis as unknown as {
      ferrite: { request: (name: string, input?: unknown) => Promise<unknown> }
    }
    const filter = { archiveDevice: '', device: '', newestOnly: false }
    const state = { isCounted: false }
    const counting = ferrite.request('fit.summary', { filter, isCounted: true }).then(() => {
      state.isCounted = true
    })
    let longest = 0
    let asked = 0
    while (!state.isCounted) {
      const began = performance.now()
      await ferrite.request('jobs.list', undefined)
      longest = Math.max(longest, performance.now() - began)
      asked += 1
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await counting
    return { longest, asked }
  })
  expect(slowest.asked).toBeGreaterThan(2)
  expect(await ask(page, 'jobs.list', undefined)).toEqual([])
})
