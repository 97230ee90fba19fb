import { FailureError } from '../../shared/failure.ts'
import { until, type Watch } from './deadlines.ts'
import { HttpViolation, type Framing, type ResponseHead } from './http-head.ts'
import { ResponseReader } from './http-response.ts'
import { PieceQueue } from './piece-queue.ts'
import { requestError } from './request-error.ts'
import { unexpected } from './socket-failure.ts'
import type { Receiver, TlsLine } from './tls-line.ts'
import { watchedInput, type Input } from './watched-input.ts'

export interface ExchangeOptions {
  readonly address: string
  /** `GET /path`, for failures. */
  readonly name: string
  readonly method: string
  readonly head: Buffer
  readonly body: { readonly lengthBytes: number; readonly pieces: Input } | undefined
  /** Owned by the exchange from here on. */
  readonly watch: Watch
}

/** An answer whose body is still to come. */
export interface Response extends ResponseHead {
  readonly framing: Framing
  /** The body; throws RequestError where it is not what was announced. */
  readonly content: PieceQueue
}

/** One request and its answer on one connection. */
export class Exchange implements Receiver {
  /** Resolves when the connection is free again, or destroyed; never rejects. */
  readonly over: Promise<void>
  readonly #line: TlsLine
  readonly #options: ExchangeOptions
  readonly #reader: ResponseReader
  readonly #content: PieceQueue
  readonly #answer: Promise<Response>
  readonly #onAbort: () => void
  #settle:
    { readonly resolve: (answer: Response) => void; readonly reject: (error: Error) => void } | undefined
  #free: () => void = () => undefined
  #head: ResponseHead | undefined
  #isSent = false
  #bodyBytes = 0
  #isBodySent = false
  #isOver = false

  constructor(line: TlsLine, options: ExchangeOptions) {
    this.#line = line
    this.#options = options
    this.over = new Promise((resolve) => {
      this.#free = resolve
    })
    this.#answer = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.#answer.catch(() => undefined)
    this.#content = this.#queue()
    this.#reader = new ResponseReader(options.method, {
      onHead: (head, framing) => {
        this.#head = head
        this.#settle?.resolve({ ...head, framing, content: this.#content })
      },
      onContent: (content) => {
        this.#content.write(content)
      },
    })
    this.#onAbort = () => {
      this.fail(options.watch.reason)
    }
    options.watch.signal.addEventListener('abort', this.#onAbort)
  }

  /**
   * Sends the request and waits for the head of the answer. An answer that refuses comes before the body is all sent,
   * and ends the sending.
   * @throws RequestError
   */
  async run(): Promise<Response> {
    this.#line.attach(this)
    if (this.#options.watch.signal.aborted) this.#onAbort()
    if (!this.#isOver) void this.#send()
    return await this.#answer
  }

  receive(bytes: Buffer): void {
    const { watch, address, name } = this.#options
    watch.touch()
    try {
      const surplus = this.#reader.feed(bytes)
      if (surplus > 0) this.fail(this.#tooLong(surplus))
      else if (this.#reader.isComplete) this.#complete()
    } catch (error) {
      const detail = error instanceof HttpViolation ? error.message : String(error)
      this.fail(unexpected(address, name, detail, error))
    }
  }

  ended(error: Error | undefined): void {
    const framing = this.#reader.framing
    if (framing?.kind === 'until-close' && !error) this.#complete()
    else if (framing?.kind === 'length' && !error)
      this.fail(this.#mismatch(framing.bytes, this.#reader.contentBytes))
    else this.fail(error ?? new Error('closed by the device'))
  }

  /** Ends the exchange and the connection with it. */
  fail(error: unknown): void {
    if (this.#isOver) return
    const { address, name } = this.#options
    const bytesDone = this.#head ? this.#reader.contentBytes : this.#bodyBytes
    const failure = requestError(error, { address, phase: name, bytesDone, requestSent: this.#isSent })
    this.#finish()
    this.#line.destroy()
    this.#settle?.reject(failure)
    this.#content.fail(failure)
    this.#free()
  }

  #complete(): void {
    if (this.#isOver) return
    this.#finish()
    const isReusable = this.#head?.keepsOpen === true && this.#isBodySent
    if (!isReusable) this.#line.destroy()
    this.#content.finish()
    this.#free()
  }

  #finish(): void {
    this.#isOver = true
    const { watch } = this.#options
    watch.signal.removeEventListener('abort', this.#onAbort)
    watch[Symbol.dispose]()
    this.#line.detach()
  }

  async #send(): Promise<void> {
    const { head, body, watch } = this.#options
    try {
      this.#isSent = true
      await this.#write(head)
      for await (const piece of watchedInput(body?.pieces ?? [], watch)) {
        // The device has answered before it had everything: it does not want the rest.
        if (this.#isOver) return
        this.#checkLength(this.#bodyBytes + piece.length, body?.lengthBytes ?? 0)
        await this.#write(piece)
        this.#bodyBytes += piece.length
      }
      if (this.#bodyBytes !== (body?.lengthBytes ?? 0))
        throw this.#mismatch(body?.lengthBytes ?? 0, this.#bodyBytes)
      this.#isBodySent = true
    } catch (error) {
      this.fail(error)
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await until(Promise.race([this.#line.write(bytes), this.over]), this.#options.watch)
    this.#options.watch.touch()
  }

  #checkLength(bytes: number, announcedBytes: number): void {
    if (bytes > announcedBytes) throw this.#mismatch(announcedBytes, bytes)
  }

  #tooLong(surplus: number): FailureError {
    const { framing, contentBytes } = this.#reader
    if (framing?.kind === 'length' && framing.bytes > 0)
      return this.#mismatch(framing.bytes, contentBytes + surplus)
    return unexpected(this.#options.address, this.#options.name, 'more than one answer')
  }

  #mismatch(announcedBytes: number, receivedBytes: number): FailureError {
    return new FailureError({
      code: 'length-mismatch',
      what: this.#options.name,
      announcedBytes,
      receivedBytes,
    })
  }

  #queue(): PieceQueue {
    const { watch } = this.#options
    return new PieceQueue({
      // After its end, an exchange no longer touches the connection: it may already serve the next one.
      pause: () => {
        if (this.#isOver) return
        watch.hold()
        this.#line.pause()
      },
      resume: () => {
        if (this.#isOver) return
        watch.release()
        this.#line.resume()
      },
      abandon: () => {
        this.fail(new FailureError({ code: 'cancelled', phase: this.#options.name }))
      },
    })
  }
}
