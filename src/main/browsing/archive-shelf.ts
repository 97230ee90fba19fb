import type { ArchivePlace } from '../../shared/model/place.ts'
import type { HostedArchive } from '../parser-host/hosted-archive.ts'

const openAtMost = 6

interface Kept {
  readonly place: ArchivePlace
  readonly archive: Promise<HostedArchive>
  /** The same, once it is open. */
  opened: HostedArchive | undefined
  /** Stops the opening: when nobody waits for it any more. */
  readonly opening: AbortController
  hasFailed: boolean
  users: number
}

/** Opens an archive, or the one that lies in `outer`. */
export type OpenPlace = (
  place: ArchivePlace,
  outer: HostedArchive | undefined,
  options: { readonly signal: AbortSignal; readonly password?: string },
) => Promise<HostedArchive>

/**
 * Keeps the last few archives open, so that going through a tree does not read its directory again for each folder.
 * An archive that is in use is never closed under its user; one whose process has ended is opened again.
 */
export class ArchiveShelf implements AsyncDisposable {
  readonly #open: OpenPlace
  readonly #shelf = new Map<string, Kept>()

  constructor(open: OpenPlace) {
    this.#open = open
  }

  /** Runs `work` on the opened archive. Whoever asks for an archive that is being opened waits for the same opening. */
  async with<T>(
    place: ArchivePlace,
    signal: AbortSignal,
    work: (archive: HostedArchive) => Promise<T> | T,
  ): Promise<T> {
    const key = keyOf(place)
    const kept = this.#living(key) ?? this.#keep(place)
    // Put again, so that the last used is the last in the map's order.
    this.#shelf.delete(key)
    this.#shelf.set(key, kept)
    return await this.#use(key, kept, signal, work)
  }

  /** Opens an archive again with a password, which is forgotten with it. */
  async unlock(place: ArchivePlace, password: string, signal: AbortSignal): Promise<void> {
    await this.close(place)
    const kept = this.#keep(place, password)
    this.#shelf.set(keyOf(place), kept)
    await this.#use(keyOf(place), kept, signal, () => undefined)
  }

  async #use<T>(
    key: string,
    kept: Kept,
    signal: AbortSignal,
    work: (archive: HostedArchive) => Promise<T> | T,
  ): Promise<T> {
    kept.users += 1
    try {
      return await work(await unlessAborted(kept.archive, signal))
    } finally {
      kept.users -= 1
      const isGivenUp = kept.users === 0 && kept.opened === undefined
      if (isGivenUp) kept.opening.abort(signal.reason)
      if (isGivenUp || kept.hasFailed) this.#forget(key, kept)
      await this.#makeRoom()
    }
  }

  /** Closes an archive and all that lies in it, so that the next one who asks opens it anew. */
  async close(place: ArchivePlace): Promise<void> {
    const beginning = keyOf(place).slice(0, -1)
    for (const [key, kept] of this.#shelf) {
      if (!key.startsWith(beginning)) continue
      this.#forget(key, kept)
      if (!(await failedToOpen(kept.archive))) await (await kept.archive)[Symbol.asyncDispose]()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const archives = [...this.#shelf.values()].map(({ archive }) => archive)
    this.#shelf.clear()
    for (const archive of archives) {
      if (!(await failedToOpen(archive))) await (await archive)[Symbol.asyncDispose]()
    }
  }

  #keep(place: ArchivePlace, password?: string): Kept {
    const opening = new AbortController()
    const options = { signal: opening.signal, ...(password !== undefined && { password }) }
    const kept: Kept = {
      place,
      archive: this.#openPlace(place, options),
      opened: undefined,
      opening,
      hasFailed: false,
      users: 0,
    }
    kept.archive.then(
      (opened) => {
        kept.opened = opened
      },
      () => {
        // Whoever waits for it hears why.
        kept.hasFailed = true
      },
    )
    return kept
  }

  async #openPlace(place: ArchivePlace, options: Parameters<OpenPlace>[2]): Promise<HostedArchive> {
    const { archiveId, inside } = place
    if (inside.length === 0) return await this.#open(place, undefined, options)
    const around = { archiveId, inside: inside.slice(0, -1) }
    return await this.with(around, options.signal, (outer) => this.#open(place, outer, options))
  }

  /** What is kept, unless its process has ended. What is still being opened is as alive as anything. */
  #living(key: string): Kept | undefined {
    const kept = this.#shelf.get(key)
    if (kept?.opened?.isOpen !== false) return kept
    this.#forget(key, kept)
    return undefined
  }

  #forget(key: string, kept: Kept): void {
    if (this.#shelf.get(key) === kept) this.#shelf.delete(key)
  }

  async #makeRoom(): Promise<void> {
    for (const [key, { archive, users }] of this.#shelf) {
      if (this.#shelf.size <= openAtMost) return
      if (users > 0) continue
      this.#shelf.delete(key)
      if (!(await failedToOpen(archive))) await (await archive)[Symbol.asyncDispose]()
    }
  }
}

/** Ends with a bracket, so that what lies inside begins like it. */
function keyOf({ archiveId, inside }: ArchivePlace): string {
  return JSON.stringify([archiveId, ...inside])
}

async function failedToOpen(archive: Promise<HostedArchive>): Promise<boolean> {
  return await archive.then(
    () => false,
    () => true,
  )
}

/** What a promise gives, unless the signal fires first; the promise itself goes on. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop = (): void => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(asError(signal.reason))
    }
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
