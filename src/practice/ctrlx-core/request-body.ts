import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Readable, TransformCallback } from 'node:stream'
import { Transform } from 'node:stream'

/** What the server does when so many bytes of a body have been read. */
export interface UploadLimit {
  readonly afterBytes: number
  /** Ends the connection and answers 'over', or leaves it 'open' and mute. */
  readonly strike: () => 'over' | 'open'
}

/** A request's body on its way in, measured as it passes. */
export class RequestBody {
  readonly stream: Readable
  readonly #digest = createHash('sha256')
  readonly #pieces: Buffer[] = []
  #bytes = 0
  #complete = false

  /** `keeps` holds the bytes for someone who wants to see them afterwards. */
  constructor(
    request: IncomingMessage,
    options: { readonly keeps: boolean; readonly limit: UploadLimit | undefined },
  ) {
    const { keeps, limit } = options
    const meter = new Transform({
      transform: (piece: Buffer, _encoding, done: TransformCallback) => {
        this.#bytes += piece.length
        this.#digest.update(piece)
        if (keeps) this.#pieces.push(piece)
        if (limit !== undefined && this.#bytes >= limit.afterBytes) {
          if (limit.strike() === 'over') done(new Error('the request was cut off'))
          return
        }
        done(undefined, piece)
      },
      flush: (done: TransformCallback) => {
        this.#complete = true
        done()
      },
    })
    // The reader sees the error; without a listener a body that nobody reads would end the process.
    meter.on('error', () => undefined)
    request.on('error', (error) => meter.destroy(error))
    request.on('aborted', () => meter.destroy(new Error('the request broke off')))
    request.on('close', () => {
      if (!request.complete) meter.destroy(new Error('the request broke off'))
    })
    this.stream = request.pipe(meter)
  }

  get bytes(): number {
    return this.#bytes
  }

  get isComplete(): boolean {
    return this.#complete
  }

  get kept(): Buffer {
    return Buffer.concat(this.#pieces)
  }

  sha256(): string {
    return this.#digest.copy().digest('hex')
  }

  /** Reads what is left and forgets it. Settles also when the request breaks off. */
  async drain(): Promise<void> {
    if (this.#complete || this.stream.destroyed) return
    await new Promise<void>((resolve) => {
      this.stream.once('close', resolve)
      this.stream.once('end', resolve)
      this.stream.resume()
    })
  }

  /** The whole body as text; more than `limitBytes` is an error. */
  async text(limitBytes = 1_048_576): Promise<string> {
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of this.stream as AsyncIterable<Buffer>) {
      bytes += piece.length
      if (bytes > limitBytes) throw new Error('the body is larger than the service reads')
      pieces.push(piece)
    }
    return Buffer.concat(pieces).toString('utf8')
  }
}
