/** What the queue asks of the connection that fills it. */
export interface PieceSource {
  /** More is waiting than shall be held: stop reading. */
  readonly pause: () => void
  readonly resume: () => void
  /** Whoever read has stopped before the end: nobody will take what still comes. */
  readonly abandon: () => void
}

const smallestPieceBytes = 64 * 1024
const pieceBytes = 1024 * 1024
const heldPieces = 4
const flushMs = 50

/**
 * Takes bytes as the network gives them and hands them out in pieces of up to 1 MiB: one write to disk for each packet
 * would cost more than the transfer. Holds about 4 MiB; whoever reads slowly slows the device down. A piece that does
 * not fill up is handed out after 50 ms, so a slow device is seen to be at work.
 */
export class PieceQueue implements AsyncIterable<Buffer> {
  readonly #source: PieceSource
  readonly #pieces: Buffer[] = []
  #partial = Buffer.alloc(0)
  #filled = 0
  #nextBytes = smallestPieceBytes
  #end: { readonly error: Error | undefined } | undefined
  #isPaused = false
  #isTaken = false
  #wake: (() => void) | undefined
  #flushTimer: NodeJS.Timeout | undefined

  constructor(source: PieceSource) {
    this.#source = source
  }

  /** Copies the bytes; `chunk` may be used again at once. */
  write(chunk: Uint8Array): void {
    if (this.#end) return
    for (let from = 0; from < chunk.length;) {
      if (this.#filled === this.#partial.length) this.#begin()
      const to = Math.min(chunk.length, from + this.#partial.length - this.#filled)
      this.#partial.set(chunk.subarray(from, to), this.#filled)
      this.#filled += to - from
      from = to
      if (this.#filled === this.#partial.length) this.#flush()
    }
    if (this.#pieces.length > 0) this.#wake?.()
    else if (this.#wake && this.#filled > 0) this.#flushSoon()
    if (!this.#isPaused && this.#pieces.length >= heldPieces) {
      this.#isPaused = true
      this.#source.pause()
    }
  }

  /** Everything has come. */
  finish(): void {
    this.#close(undefined)
  }

  /** No more will come; what has come is still handed out, then `error` is thrown. */
  fail(error: Error): void {
    this.#close(error)
  }

  /** One reader only. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void, void> {
    if (this.#isTaken) throw new Error('The bytes of a device can be read only once')
    this.#isTaken = true
    try {
      for (;;) {
        const piece = this.#pieces.shift()
        if (piece) {
          this.#makeRoom()
          yield piece
        } else if (this.#end) {
          if (this.#end.error) throw this.#end.error
          return
        } else await this.#more()
      }
    } finally {
      if (!this.#end) {
        this.#close(undefined)
        this.#pieces.length = 0
        this.#source.abandon()
      }
    }
  }

  async #more(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (this.#filled > 0) this.#flushSoon()
    })
    this.#wake = undefined
  }

  #makeRoom(): void {
    if (!this.#isPaused || this.#pieces.length >= heldPieces / 2) return
    this.#isPaused = false
    this.#source.resume()
  }

  #begin(): void {
    // Bytes that were not handed out before cannot be seen through a piece: each piece is cut to what was written.
    this.#partial = Buffer.allocUnsafeSlow(this.#nextBytes)
    this.#nextBytes = Math.min(pieceBytes, this.#nextBytes * 4)
    this.#filled = 0
  }

  #flush(): void {
    clearTimeout(this.#flushTimer)
    this.#flushTimer = undefined
    if (this.#filled === 0) return
    this.#pieces.push(this.#partial.subarray(0, this.#filled))
    this.#partial = this.#partial.subarray(this.#filled)
    this.#filled = 0
  }

  #flushSoon(): void {
    this.#flushTimer ??= setTimeout(() => {
      this.#flush()
      this.#wake?.()
    }, flushMs)
  }

  #close(error: Error | undefined): void {
    if (this.#end) return
    this.#flush()
    this.#end = { error }
    this.#wake?.()
  }
}
