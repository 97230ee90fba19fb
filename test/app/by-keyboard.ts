import { expect, type Page } from 'playwright/test'

/** Reaches a button with Tab and presses it. */
export async function pressButton(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).last()
  await expect(button).toBeEnabled()
  await tabTo(page, () => button.evaluate((element) => element === document.activeElement))
  await expectVisibleFocus(page)
  await page.keyboard.press('Enter')
}

/** Reaches a table with Tab and chooses its first row. */
export async function chooseFirstRow(page: Page, name: string): Promise<void> {
  const table = page.getByRole('grid', { name, exact: true })
  await expect(table).toBeVisible()
  await tabTo(page, () => table.evaluate((grid) => grid.contains(document.activeElement)))
  await page.keyboard.press('Home')
  await expect(table.getByRole('row', { selected: true })).toHaveCount(1)
}

export async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  const stopsAtMost = 60
  for (let stop = 0; stop < stopsAtMost; stop += 1) {
    if (await isThere()) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached with ${String(stopsAtMost)} tabs`)
}

/** What has the focus, or a part of it that shows it instead, is drawn with an outline or a ring. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const looks = await page.evaluate(() => {
    const focused = document.activeElement
    const drawn: string[] = []
    for (let element = focused; element !== null && drawn.length < 5; element = element.parentElement) {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      drawn.push(
        outlineStyle !== 'none' && outlineWidth !== '0px' ? 'outline' : boxShadow === 'none' ? '' : 'ring',
      )
    }
    return { name: focused?.outerHTML.slice(0, 120), isDrawn: drawn.slice(0, 4).some(Boolean) }
  })
  expect(looks.isDrawn, looks.name).toBe(true)
}
