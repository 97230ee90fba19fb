import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { ask } from './bridge.ts'
import { expect, packer2, press7, press8, test } from './ferrite.ts'
import { fillApp, visitContents, visitFit, visitInventory, visitRestore, type Visit } from './views.ts'

const images = join(import.meta.dirname, '../../docs/images')
const shown: ReadonlySet<string> = new Set([
  'devices',
  'archives',
  'browse',
  'browse-overview',
  'compare',
  'search',
  'fit',
  'restore-check',
  'report',
])
const size = { width: 1280, height: 820 }

test.use({ practice: { devices: [press7, press8, packer2] } })

/** With FERRITE_SCREENSHOTS=1 the pictures of the README are made anew; without it they are only tried. */
test('the main views make pictures in both themes', async ({ ferrite, fleet }) => {
  const isKept = process.env['FERRITE_SCREENSHOTS'] === '1'
  const folder = isKept ? images : await mkdtemp(join(tmpdir(), 'ferrite-images-'))
  const taken: string[] = []
  const visit: Visit = async (name, page) => {
    if (!shown.has(name)) return
    await closeMessages(page)
    for (const theme of ['dark', 'light'] as const) {
      await ask(page, 'settings.change', { theme })
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      const picture = await page.screenshot({
        path: join(folder, `${name}-${theme}.png`),
        animations: 'disabled',
      })
      expect(sizeOf(picture), name).toEqual(size)
      taken.push(`${name}-${theme}`)
    }
  }
  try {
    await useSize(ferrite.page)
    await fillApp(ferrite, fleet)
    await visitInventory(ferrite, visit)
    await visitContents(ferrite, visit)
    await visitFit(ferrite, visit)
    await visitRestore(ferrite, visit)
    expect(taken).toHaveLength(shown.size * 2)
  } finally {
    if (!isKept) await rm(folder, { recursive: true, force: true })
  }
})

/** Messages come and go; the pictures show what stays. */
async function closeMessages(page: Page): Promise<void> {
  const messages = page.getByRole('alertdialog')
  // Closing one may bring the next one that was waiting.
  await expect(async () => {
    const first = messages.first().getByRole('button', { name: 'Close' })
    if ((await messages.count()) > 0) await first.click({ timeout: 1000 })
    expect(await messages.count()).toBe(0)
  }).toPass({ intervals: [50], timeout: 20_000 })
}

async function useSize(page: Page): Promise<void> {
  await page.setViewportSize(size)
}

/** Width and height as the head of a PNG file says them. */
function sizeOf(picture: Buffer): { readonly width: number; readonly height: number } {
  return { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) }
}
