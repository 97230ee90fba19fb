import type { ArchiveId } from '../../shared/model/record.ts'
import type { OpenArchive } from '../archives/open.ts'

const openAtMost = 4

/**
 * Keeps the last few archives open, so that going through a tree does not read its directory again for each folder.
 * An archive that is in use is never closed under its user.
 */
export class ArchiveShelf implements AsyncDisposable {
  readonly #open: (id: ArchiveId, signal: AbortSignal) => Promise<OpenArchive>
  readonly #shelf = new Map<ArchiveId, { readonly archive: Promise<OpenArchive>; users: number }>()

  constructor(open: (id: ArchiveId, signal: AbortSignal) => Promise<OpenArchive>) {
    this.#open = open
  }

  /** Runs `work` on the opened archive. Whoever asks for an archive that is being opened waits for the same opening. */
  async with<T>(
    id: ArchiveId,
    signal: AbortSignal,
    work: (archive: OpenArchive) => Promise<T> | T,
  ): Promise<T> {
    const place = this.#shelf.get(id) ?? { archive: this.#open(id, signal), users: 0 }
    // Put again, so that the last used is the last in the map's order.
    this.#shelf.delete(id)
    this.#shelf.set(id, place)
    place.users += 1
    try {
      return await work(await place.archive)
    } catch (error) {
      if (await failedToOpen(place.archive)) this.#shelf.delete(id)
      throw error
    } finally {
      place.users -= 1
      await this.#makeRoom()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const archives = [...this.#shelf.values()].map(({ archive }) => archive)
    this.#shelf.clear()
    for (const archive of archives) {
      if (!(await failedToOpen(archive))) await (await archive)[Symbol.asyncDispose]()
    }
  }

  async #makeRoom(): Promise<void> {
    for (const [id, { archive, users }] of this.#shelf) {
      if (this.#shelf.size <= openAtMost) return
      if (users > 0) continue
      this.#shelf.delete(id)
      await (await archive)[Symbol.asyncDispose]()
    }
  }
}

async function failedToOpen(archive: Promise<OpenArchive>): Promise<boolean> {
  return await archive.then(
    () => false,
    () => true,
  )
}
