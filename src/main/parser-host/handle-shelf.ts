import { FailureError } from '../../shared/failure.ts'
import type { OpenArchive } from '../archives/open.ts'
import type { ArchiveHandle } from './contracts/call.ts'
import type { HandleShelf } from './operation.ts'

interface Place {
  readonly archive: OpenArchive
  readonly outer: ArchiveHandle | undefined
  /** Itself while it is not closed, and the archives inside it. */
  users: number
}

/** Keeps open archives by handle. An archive stays open until it and everything that lies in it has been closed. */
export class OpenHandles implements HandleShelf {
  readonly #places = new Map<ArchiveHandle, Place>()
  readonly #closed = new Set<ArchiveHandle>()
  #last = 0

  readonly put = (archive: OpenArchive, outer?: ArchiveHandle): ArchiveHandle => {
    const handle = (this.#last += 1) as ArchiveHandle
    this.#places.set(handle, { archive, outer, users: 1 })
    if (outer !== undefined) this.#place(outer).users += 1
    return handle
  }

  readonly get = (handle: ArchiveHandle): OpenArchive => {
    if (this.#closed.has(handle)) throw gone(handle)
    return this.#place(handle).archive
  }

  readonly chain = (handle: ArchiveHandle): readonly OpenArchive[] => {
    const chain = [this.get(handle)]
    // Those around it may have been closed by their own users; they are open as long as this one is.
    for (let { outer } = this.#place(handle); outer !== undefined; outer = this.#place(outer).outer) {
      chain.push(this.#place(outer).archive)
    }
    return chain
  }

  /** Closing again does nothing. */
  readonly close = async (handle: ArchiveHandle): Promise<void> => {
    if (!this.#places.has(handle) || this.#closed.has(handle)) return
    this.#closed.add(handle)
    await this.#leave(handle)
  }

  async #leave(handle: ArchiveHandle): Promise<void> {
    const place = this.#place(handle)
    place.users -= 1
    if (place.users > 0) return
    this.#places.delete(handle)
    this.#closed.delete(handle)
    await place.archive[Symbol.asyncDispose]()
    if (place.outer !== undefined) await this.#leave(place.outer)
  }

  #place(handle: ArchiveHandle): Place {
    const place = this.#places.get(handle)
    if (place === undefined) throw gone(handle)
    return place
  }
}

function gone(handle: ArchiveHandle): FailureError {
  return new FailureError({ code: 'not-found', kind: 'open archive', id: String(handle) })
}
