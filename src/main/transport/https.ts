import { setMaxListeners } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import { FailureError, isFailure } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import type { Validity } from '../../shared/model/certificate.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { defaultDeadlines, until, Watch, type Deadlines } from './deadlines.ts'
import { Exchange, type Response } from './https-exchange.ts'
import { headOf, type HttpsRequest } from './https-request.ts'
import { RequestError } from './request-error.ts'
import { unexpected } from './socket-failure.ts'
import type { TlsLine } from './tls-line.ts'
import { openTls, type CheckedLine } from './tls.ts'
import { refuseWebPage } from './web-page.ts'

export type { HttpsRequest } from './https-request.ts'

const answerBytes = 8 * 1024 * 1024

/** An answer with a body small enough to hold: at most 8 MiB. */
export interface HttpsAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** An answer whose body is read as it comes, once. `content` throws where it is shorter or longer than announced. */
export interface HttpsDownload {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly announcedBytes: number | undefined
  readonly content: AsyncIterable<Buffer>
}

/** A device over HTTPS: one connection at a time, its certificate compared before anything is written. */
export interface HttpsSession extends AsyncDisposable {
  readonly address: string
  /** Number of the connection that the last request used; a new connection has a new number. */
  readonly connection: number
  /** When the accepted certificate of that connection holds, as it says itself. */
  readonly validity: Validity
  /**
   * Sends a request and reads the whole answer, whatever its status. Requests are sent one after the other; one that
   * follows a download waits until that is read.
   * @throws RequestError with `redirect-refused`, `unexpected-answer`, `length-mismatch`, `connection-lost`,
   * `device-silent`, `device-unreachable`, `pin-changed`, `cancelled`; `requestSent` says whether it may have arrived
   */
  readonly request: (request: HttpsRequest) => Promise<HttpsAnswer>
  /**
   * Like `request`, but the body of a 2xx answer is read as it comes, and has to be what was asked for: whole, of a
   * length that can be checked, and no web page. Other answers are read whole. Throws as `request`.
   */
  readonly download: (request: HttpsRequest) => Promise<HttpsDownload | HttpsAnswer>
}

export interface HttpsConnectOptions {
  readonly address: Address
  /** Accepted fingerprints. With none of them nothing is sent: it ends with `pin-unknown`. */
  readonly fingerprints: readonly string[]
  /** Cancels the connecting; a session that stands is ended by disposing it. */
  readonly signal: AbortSignal
  readonly deadlines?: Partial<Deadlines>
}

/**
 * Opens the first connection and compares its certificate.
 * @throws FailureError `pin-unknown`, `pin-changed`, `weak-crypto`, `device-unreachable`, `device-silent`,
 * `connection-lost`, `unexpected-answer`, `cancelled`
 */
export async function connectHttps(options: HttpsConnectOptions): Promise<HttpsSession> {
  return new Session(await openTls(options, options.fingerprints), options)
}

/**
 * Connects with one accepted certificate at a time, so that a session holds to a single one for as long as it
 * lives, also where its connection is opened anew. Throws as `connectHttps`.
 */
export async function connectToOneOf(
  options: HttpsConnectOptions,
): Promise<{ readonly link: HttpsSession; readonly fingerprint: string }> {
  let changed: FailureError | undefined
  for (const fingerprint of new Set(options.fingerprints)) {
    try {
      return { link: await connectHttps({ ...options, fingerprints: [fingerprint] }), fingerprint }
    } catch (error) {
      if (!isFailure(error, 'pin-changed')) throw error
      changed ??= error
    }
  }
  if (changed) throw changed
  return { link: await connectHttps({ ...options, fingerprints: [] }), fingerprint: '' }
}

class Session implements HttpsSession {
  readonly address: string
  readonly #options: HttpsConnectOptions
  readonly #deadlines: Deadlines
  readonly #ended = new AbortController()
  #checked: CheckedLine
  #serial = 1
  #turn: Promise<void> = Promise.resolve()

  constructor(checked: CheckedLine, options: HttpsConnectOptions) {
    this.#checked = checked
    this.#options = options
    this.#deadlines = { ...defaultDeadlines, ...options.deadlines }
    this.address = formatAddress(options.address)
    // Every request listens, the waiting ones included.
    setMaxListeners(0, this.#ended.signal)
  }

  get connection(): number {
    return this.#serial
  }

  get validity(): Validity {
    return this.#checked.validity
  }

  async request(request: HttpsRequest): Promise<HttpsAnswer> {
    const response = await this.#exchange(request, this.#deadlines.totalMs)
    return await this.#whole(request, response)
  }

  async download(request: HttpsRequest): Promise<HttpsDownload | HttpsAnswer> {
    const response = await this.#exchange(request, this.#deadlines.transferMs)
    const { status, headers, framing } = response
    if (status < 200 || status > 299) return await this.#whole(request, response)
    const isPart = status === 206 && request.headers !== undefined && hasRange(request.headers)
    if (status !== 200 && !isPart) throw await this.#refused(request, response, `status ${status}`)
    if (framing.kind === 'until-close') throw await this.#refused(request, response, 'no length')
    const content = await refuseWebPage(response, (shown) =>
      this.#unexpected(request, `a web page instead of a file (status ${status}): ${shown}`),
    )
    const announcedBytes = framing.kind === 'length' ? framing.bytes : undefined
    return { status, headers, announcedBytes, content }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    this.#checked.line.destroy()
  }

  async #exchange(request: HttpsRequest, totalMs: number): Promise<Response> {
    const name = nameOf(request)
    const { method, body } = request
    const watch = new Watch({
      address: this.address,
      phase: name,
      idleMs: request.idleMs ?? this.#deadlines.idleMs,
      totalMs: request.totalMs ?? totalMs,
      signals: [request.signal, this.#ended.signal],
    })
    const turn = this.#takeTurn()
    let exchange: Exchange
    try {
      const head = headOf(request, this.#options.address)
      await waitHeld(turn.ready, watch)
      const line = await this.#lineFor(request, watch)
      exchange = new Exchange(line, { address: this.address, name, method, head, body, watch })
    } catch (error) {
      turn.pass()
      watch[Symbol.dispose]()
      throw error instanceof FailureError ? new RequestError(error, false) : error
    }
    void exchange.over.then(turn.pass)
    const response = await exchange.run()
    return this.#usable(request, response, exchange)
  }

  /** The connection as it is, or a new one where it may be a new one. */
  async #lineFor(request: HttpsRequest, watch: Watch): Promise<TlsLine> {
    const { onConnection } = request
    const { line } = this.#checked
    if (onConnection !== undefined && (onConnection !== this.#serial || !line.isUsable)) {
      const phase = nameOf(request)
      throw new FailureError({ code: 'connection-lost', address: this.address, phase, bytesDone: 0 })
    }
    if (line.isUsable) return line
    const { fingerprints } = this.#options
    watch.hold()
    try {
      this.#checked = await openTls({ ...this.#options, signal: watch.signal }, fingerprints)
      this.#serial += 1
      return this.#checked.line
    } finally {
      watch.release()
    }
  }

  #usable(request: HttpsRequest, response: Response, exchange: Exchange): Response {
    const { status, headers } = response
    const encoding = headers['content-encoding'] ?? 'identity'
    const isRedirect = status >= 300 && status <= 399 && status !== 304
    if (!isRedirect && encoding === 'identity') return response
    const location = escapeUntrusted(headers.location ?? '', 200)
    const failure = isRedirect
      ? new FailureError({ code: 'redirect-refused', address: this.address, location })
      : unexpected(this.address, nameOf(request), `encoded as ${encoding}`)
    exchange.fail(failure)
    throw new RequestError(failure, true)
  }

  async #whole(request: HttpsRequest, { status, headers, content }: Response): Promise<HttpsAnswer> {
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of content) {
      bytes += piece.length
      if (bytes > answerBytes) throw this.#unexpected(request, `more than ${String(answerBytes)} bytes`)
      pieces.push(piece)
    }
    return { status, headers, body: Buffer.concat(pieces) }
  }

  /** Gives up an answer that cannot be used. */
  async #refused(request: HttpsRequest, { content }: Response, detail: string): Promise<RequestError> {
    await content[Symbol.asyncIterator]().return()
    return this.#unexpected(request, detail)
  }

  #unexpected(request: HttpsRequest, detail: string): RequestError {
    return new RequestError(unexpected(this.address, nameOf(request), detail), true)
  }

  /** One request at a time, in the order in which they were asked for. */
  #takeTurn(): { readonly ready: Promise<void>; readonly pass: () => void } {
    const ready = this.#turn
    let pass = (): void => undefined
    const mine = new Promise<void>((resolve) => {
      pass = resolve
    })
    this.#turn = ready.then(() => mine)
    return { ready, pass }
  }
}

function nameOf({ method, path }: HttpsRequest): string {
  return escapeUntrusted(`${method} ${path.split('?')[0] ?? path}`, 200)
}

function hasRange(headers: NonNullable<HttpsRequest['headers']>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'range')
}

/** While others have their turn, the device is not silent. */
async function waitHeld(ready: Promise<void>, watch: Watch): Promise<void> {
  watch.hold()
  try {
    await until(ready, watch)
  } finally {
    watch.release()
  }
}
