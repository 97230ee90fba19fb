import { AxeBuilder } from '@axe-core/playwright'
import type { Result } from 'axe-core'
import type { Page } from 'playwright/test'
import { ask } from './bridge.ts'
import { expect, press7, press8, test } from './ferrite.ts'
import { fillApp, visitContents, visitEmptyApp, visitFit, visitInventory, visitRestore } from './views.ts'

test.use({ practice: { devices: [press7, press8] } })

/** Looks at what is in sight in both themes and both languages, and leaves it in English. */
function findBarriers(barriers: string[]): (name: string, page: Page) => Promise<void> {
  return async (name, page) => {
    for (const [theme, language] of [
      ['dark', 'de'],
      ['light', 'en'],
    ] as const) {
      await ask(page, 'settings.change', { theme, language })
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
      await settled(page)
      const { violations } = await barriersIn(page)
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue
        const places = nodes
          .slice(0, 3)
          .map(({ html, failureSummary }) => `${html}\n    ${failureSummary ?? ''}`)
        barriers.push(`${name}, ${theme}, ${language}: ${id}\n  ${places.join('\n  ')}`)
      }
    }
  }
}

/** Waits until no colour is on its way to another one. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = (): readonly Animation[] =>
      document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    const frame = async (): Promise<unknown> => await new Promise((fulfil) => requestAnimationFrame(fulfil))
    await frame()
    for (let left = moving(); left.length > 0; left = moving()) {
      await Promise.allSettled(left.map(async ({ finished }) => await finished))
      await frame()
    }
  })
}

/** What screen readers are told for a moment names elements that may be gone when it is looked at. */
async function barriersIn(page: Page): Promise<{ readonly violations: readonly Result[] }> {
  return await new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-live-announcer]').analyze()
}

test('nothing before the first backup keeps anybody out', async ({ ferrite, fleet }) => {
  const barriers: string[] = []
  await visitEmptyApp(ferrite, fleet, findBarriers(barriers))
  expect(barriers.join('\n')).toBe('')
})

test('no view of devices and archives keeps anybody out', async ({ ferrite, fleet }) => {
  const barriers: string[] = []
  await fillApp(ferrite, fleet)
  await visitInventory(ferrite, findBarriers(barriers))
  expect(barriers.join('\n')).toBe('')
})

test('no view of the contents of archives keeps anybody out', async ({ ferrite, fleet }) => {
  const barriers: string[] = []
  await fillApp(ferrite, fleet)
  await visitContents(ferrite, findBarriers(barriers))
  await visitFit(ferrite, findBarriers(barriers))
  expect(barriers.join('\n')).toBe('')
})

test('no step of a restore keeps anybody out', async ({ ferrite, fleet }) => {
  const barriers: string[] = []
  await fillApp(ferrite, fleet)
  await visitRestore(ferrite, findBarriers(barriers))
  expect(barriers.join('\n')).toBe('')
})
