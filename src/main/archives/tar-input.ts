import type { ByteSource } from './byte-source.ts'

/** Bytes that are read from front to back, with the place one is at. */
export interface TarInput {
  readonly position: number
  /** The next `length` bytes, fewer only where the input ends. They are the caller's own. */
  read(length: number): Promise<Buffer>
  /**
   * The next bytes in the pieces they come in, at most `most`; nothing where the input ends. Good until the next bytes
   * are asked for, where the input lends its pieces.
   */
  take(most: number): Promise<Uint8Array | undefined>
  /** Passes over bytes; answers how many there were. */
  skip(length: number): Promise<number>
  /** Lets go of what the bytes come from. */
  close(): Promise<void>
}

/** Reads a file: what is passed over is not read at all. */
export class SourceInput implements TarInput {
  position = 0
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    this.#source = source
  }

  async read(length: number): Promise<Buffer> {
    const bytes = await this.#source.read(this.position, Math.min(length, this.#left()))
    this.position += bytes.length
    return bytes
  }

  async take(most: number): Promise<Uint8Array | undefined> {
    const bytes = await this.read(Math.min(most, 256 * 1024))
    return bytes.length === 0 ? undefined : bytes
  }

  async skip(length: number): Promise<number> {
    const skipped = Math.min(length, this.#left())
    this.position += skipped
    return skipped
  }

  async close(): Promise<void> {
    // The source belongs to whoever opened it.
  }

  #left(): number {
    return this.#source.size - this.position
  }
}

/** Reads pieces of any size, as a network or an inflater gives them. An abort is heard while a piece is waited for. */
export class ChunkInput implements TarInput {
  position = 0
  readonly #iterator: AsyncIterator<Uint8Array>
  readonly #signal: AbortSignal
  readonly #limit: number
  readonly #overrun: () => Error
  #rest: Uint8Array = Buffer.alloc(0)
  #hasEnded = false
  #isWaiting = false
  #broken: { readonly cause: unknown } | undefined

  /** At most `limit` bytes are read; one more and `overrun` is thrown. */
  constructor(
    chunks: AsyncIterable<Uint8Array>,
    options: { readonly signal: AbortSignal; readonly limit: number; readonly overrun: () => Error },
  ) {
    this.#iterator = chunks[Symbol.asyncIterator]()
    this.#signal = options.signal
    this.#limit = options.limit
    this.#overrun = options.overrun
  }

  async read(length: number): Promise<Buffer> {
    const pieces: Buffer[] = []
    for (let left = length; left > 0;) {
      const piece = await this.take(left)
      if (piece === undefined) break
      // A copy, as the next piece may come in the same bytes.
      pieces.push(Buffer.from(piece))
      left -= piece.length
    }
    const [only] = pieces
    return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces)
  }

  async take(most: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      if (this.#hasEnded) return undefined
      await this.#pull()
    }
    const piece = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(piece.length)
    this.position += piece.length
    if (this.position > this.#limit) throw this.#overrun()
    return piece
  }

  async skip(length: number): Promise<number> {
    let skipped = 0
    while (skipped < length) {
      const piece = await this.take(length - skipped)
      if (piece === undefined) break
      skipped += piece.length
    }
    return skipped
  }

  async close(): Promise<void> {
    if (this.#hasEnded) return
    this.#hasEnded = true
    const returned = this.#iterator.return?.()
    // A generator that waits for a piece ends only after that piece; nobody may wait for that here.
    if (this.#isWaiting) returned?.catch(() => undefined)
    else await returned
  }

  async #pull(): Promise<void> {
    this.#signal.throwIfAborted()
    // What was broken for the reader of one content is so for whoever comes after.
    if (this.#broken) throw this.#broken.cause
    this.#isWaiting = true
    const next = await unlessAborted(this.#iterator.next(), this.#signal).catch((cause: unknown) => {
      this.#broken = { cause }
      throw cause
    })
    this.#isWaiting = false
    if (next.done === true) this.#hasEnded = true
    else this.#rest = next.value
  }
}

/** Settles with the promise, or as soon as the signal aborts. The promise is not left without somebody who listens. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort)
  }
}
