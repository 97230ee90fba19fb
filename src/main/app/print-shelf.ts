import { randomUUID } from 'node:crypto'
import { ownOrigin } from './policy.ts'

/**
 * Pages that wait to be shown once, in memory only: each has an address of the own scheme that nobody can guess, is
 * given out once and is gone.
 */
export class PrintShelf {
  readonly #pages = new Map<string, Uint8Array<ArrayBuffer>>()

  /** Lays a page down and gives its address. */
  put(html: string): string {
    const path = `/print/${randomUUID()}.html`
    this.#pages.set(path, new TextEncoder().encode(html))
    return `${ownOrigin}${path}`
  }

  /** The page at a path of the own host, once. */
  take(path: string): Uint8Array<ArrayBuffer> | undefined {
    const page = this.#pages.get(path)
    this.#pages.delete(path)
    return page
  }

  /** Takes a page away that nobody has fetched. */
  drop(address: string): void {
    this.#pages.delete(address.slice(ownOrigin.length))
  }
}
