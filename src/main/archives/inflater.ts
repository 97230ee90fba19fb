import { constants, createGunzip, createInflateRaw } from 'node:zlib'
import { giveLentBack, takeLent } from './lent-buffers.ts'

const outputBytes = 64 * 1024

/**
 * What Node has below its zlib streams, the same since Node 10; none of it is in the types or in the manual. A stream
 * goes through the thread pool for every piece and fills a new buffer each time, which takes as long as unpacking does
 * (`docs/decisions/reader-speed.md`).
 */
interface Engine {
  readonly _handle: {
    /** Takes what it can from the input and fills the output, and puts what is left of both into `_writeState`. */
    writeSync(
      flush: number,
      input: Uint8Array,
      inputAt: number,
      inputBytes: number,
      output: Uint8Array,
      outputAt: number,
      outputBytes: number,
    ): void
    onerror: (message: string, errno: number, code: string) => void
  }
  /** What is left of the output, then what is left of the input. */
  readonly _writeState: Uint32Array
  close(): void
}

const makers = { raw: createInflateRaw, gzip: createGunzip } as const

export interface InflaterOptions {
  /**
   * True where a piece is done with before the next one is asked for, or the content is let go of: all pieces are then in
   * the same bytes. Else each has its own.
   */
  readonly lends?: boolean
}

/** Unpacks one deflate stream, or gzip of any number of members, while it is asked for the next piece. */
export class Inflater implements Disposable {
  readonly #engine: Engine
  readonly #lends: boolean
  #output: Buffer
  #outputAt = 0
  #consumed = 0
  #hasEnded = false
  #error: Error | undefined
  #isClosed = false

  constructor(format: keyof typeof makers, { lends = false }: InflaterOptions = {}) {
    this.#engine = makers[format]() as unknown as Engine
    this.#lends = lends
    this.#output = lends ? takeLent() : Buffer.allocUnsafeSlow(outputBytes)
    this.#engine._handle.onerror = (message, errno, code) => {
      this.#error = Object.assign(new Error(message), { errno, code })
    }
  }

  /** Bytes of the stream that were unpacked; what stands behind its end is not counted. */
  get consumed(): number {
    return this.#consumed
  }

  /** True once there were bytes behind the end. An end that nothing follows is seen by `finish` only. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /**
   * What comes out of these bytes, in pieces of at most 64 KiB, lent ones of 256; the bytes must not change meanwhile.
   * @throws Error of zlib, with `Z_…` as its `code`
   */
  *unpack(packed: Uint8Array): Generator<Buffer> {
    yield* this.#write(packed, constants.Z_NO_FLUSH)
  }

  /**
   * The rest, once all bytes were unpacked.
   * @throws Error of zlib: `Z_BUF_ERROR` where the stream has not come to its end
   */
  *finish(): Generator<Buffer> {
    if (!this.#hasEnded) yield* this.#write(Buffer.alloc(0), constants.Z_FINISH)
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#engine.close()
    if (this.#lends) giveLentBack(this.#output)
  }

  *#write(packed: Uint8Array, flush: number): Generator<Buffer> {
    let left = packed.length
    for (let isFull = true; isFull && !this.#hasEnded;) {
      const at = this.#outputAt
      const room = this.#output.length - at
      const from = packed.length - left
      this.#engine._handle.writeSync(flush, packed, from, left, this.#output, at, room)
      if (this.#error !== undefined) throw this.#error
      const [roomLeft = 0, inputLeft = 0] = this.#engine._writeState
      this.#consumed += left - inputLeft
      left = inputLeft
      isFull = roomLeft === 0
      // It had room for more and did not want more.
      this.#hasEnded = !isFull && left > 0
      const piece = this.#output.subarray(at, at + room - roomLeft)
      this.#outputAt = this.#lends ? 0 : at + piece.length
      if (this.#outputAt === this.#output.length) {
        this.#output = Buffer.allocUnsafeSlow(outputBytes)
        this.#outputAt = 0
      }
      if (piece.length > 0) yield piece
    }
  }
}
