import { expect, type Locator, type Page } from 'playwright/test'
import { openView, rowOf } from '../steps.ts'

/** The devices view as a person uses it. */
export class DevicesPage {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async open(): Promise<void> {
    await openView(this.#page, 'Devices')
  }

  /** The row of a device in the list. */
  row(name: string): Locator {
    return rowOf(this.#page, 'Devices', name)
  }

  /** Selects a device and gives what is shown of it. */
  async choose(name: string): Promise<Locator> {
    await this.row(name).click()
    return this.#page.getByRole('region', { name, exact: true })
  }

  /** Selects every device of the list. */
  async chooseAll(): Promise<void> {
    await this.#page.getByRole('grid', { name: 'Devices', exact: true }).focus()
    await this.#page.keyboard.press('ControlOrMeta+a')
  }

  /** Opens the backup dialog of a device and waits until it shows what goes in. */
  async askForBackup(name: string): Promise<Locator> {
    const detail = await this.choose(name)
    await detail.getByRole('button', { name: 'Back up' }).click()
    const dialog = this.#page.getByRole('dialog', { name: `Back up ${name}` })
    await expect(dialog.getByText('What goes in')).toBeVisible()
    return dialog
  }

  /** Takes a backup with everything in it, and waits until it is stored. */
  async backUp(name: string): Promise<void> {
    const dialog = await this.askForBackup(name)
    await dialog.getByRole('button', { name: 'Start the backup' }).click()
    await expect(this.#page.getByText(`The backup of ${name} is in the vault.`)).toBeVisible()
  }
}
