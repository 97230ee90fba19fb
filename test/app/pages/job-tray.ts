import type { Locator, Page } from 'playwright/test'

/** The jobs at the foot of the window. */
export class JobTray {
  readonly region: Locator

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Jobs of this session' })
  }

  /** Opens the list behind the line. */
  async open(): Promise<void> {
    await this.region.getByRole('button', { name: /^Jobs/, expanded: false }).click()
  }

  /** The entry of a job: "Backup: PRESS-7". */
  entry(job: string): Locator {
    return this.region.getByRole('listitem').filter({ hasText: job })
  }
}
