import { request as httpsRequest } from 'node:https'
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import { defaultDeadlines, SilenceWatch, type Deadlines } from './deadlines.ts'
import { ConnectionGone, PinnedAgent } from './https-agent.ts'
import { readBody, streamBody } from './https-body.ts'
import { RequestError, sendRequest } from './https-request.ts'
import { openTls } from './tls.ts'

const headerBytes = 64 * 1024
const jsonBytes = 8 * 1024 * 1024

/** One request. `path` begins with a slash and stays on this device. */
export interface HttpsRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  /** The body; its length in bytes goes with it, because devices do not take chunked uploads for granted. */
  readonly body?: {
    readonly lengthBytes: number
    readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  }
  readonly signal: AbortSignal
  /** Silence that ends the wait, in milliseconds. */
  readonly idleMs?: number
  /** The request is sent on the connection of this number, or not at all. */
  readonly onConnection?: number
}

/** An answer with a body small enough to hold: at most 8 MiB. */
export interface HttpsAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** An answer whose body is read as it comes. `content` throws where it is shorter or longer than announced. */
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
  /**
   * Sends a request and reads the whole answer, whatever its status. Requests are sent one after the other.
   * @throws RequestError with `redirect-refused`, `unexpected-answer`, `connection-lost`, `device-silent`,
   * `device-unreachable`, `pin-changed`, `cancelled`; `requestSent` says whether it may have arrived
   */
  readonly request: (request: HttpsRequest) => Promise<HttpsAnswer>
  /** Like `request`, but the body of a 2xx answer is read as it comes. Other answers are read whole. Throws as `request`. */
  readonly download: (request: HttpsRequest) => Promise<HttpsDownload | HttpsAnswer>
}

export interface HttpsConnectOptions {
  readonly address: Address
  /** Accepted fingerprints. With none of them nothing is sent: every request ends with `pin-unknown`. */
  readonly fingerprints: readonly string[]
  readonly signal: AbortSignal
  readonly deadlines?: Partial<Deadlines>
}

/**
 * Opens the first connection and compares its certificate.
 * @throws FailureError `pin-unknown`, `pin-changed`, `weak-crypto`, `device-unreachable`, `device-silent`, `cancelled`
 */
export async function connectHttps(options: HttpsConnectOptions): Promise<HttpsSession> {
  const first = await openTls(options, options.fingerprints)
  let waiting: typeof first | undefined = first
  const end = new AbortController()
  const agent = new PinnedAgent(async () => {
    const socket = waiting
    waiting = undefined
    if (socket && !socket.destroyed) return socket
    // The caller's signal ends with its call; later connections live as long as the session.
    return await openTls({ ...options, signal: end.signal }, options.fingerprints)
  })
  return new Https(agent, options, () => {
    end.abort()
    waiting?.destroy()
  })
}

class Https implements HttpsSession {
  readonly address: string
  readonly #agent: PinnedAgent
  readonly #options: HttpsConnectOptions
  readonly #release: () => void
  #last: Promise<unknown> = Promise.resolve()

  constructor(agent: PinnedAgent, options: HttpsConnectOptions, release: () => void) {
    this.#agent = agent
    this.#options = options
    this.#release = release
    this.address = formatAddress(options.address)
  }

  get connection(): number {
    return this.#agent.serial
  }

  async request(request: HttpsRequest): Promise<HttpsAnswer> {
    return await this.#inTurn(async () => {
      const watch = this.#watch(request)
      try {
        return await this.#whole(await this.#send(request, watch), request, watch)
      } finally {
        watch[Symbol.dispose]()
      }
    })
  }

  async download(request: HttpsRequest): Promise<HttpsDownload | HttpsAnswer> {
    return await this.#inTurn(async () => {
      const watch = this.#watch(request)
      try {
        const response = await this.#send(request, watch)
        const { statusCode: status = 0, headers } = response
        if (status < 200 || status > 299) return await this.#whole(response, request, watch)
        const body = streamBody(response, this.#bodyFacts(request, watch))
        return { status, headers, ...body }
      } catch (error) {
        watch[Symbol.dispose]()
        throw error
      }
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#release()
    this.#agent.destroy()
    return Promise.resolve()
  }

  async #whole(response: IncomingMessage, request: HttpsRequest, watch: SilenceWatch): Promise<HttpsAnswer> {
    try {
      const body = await readBody(response, jsonBytes, this.#bodyFacts(request, watch))
      return { status: response.statusCode ?? 0, headers: response.headers, body }
    } catch (error) {
      if (error instanceof FailureError) throw new RequestError(error, true)
      throw error
    }
  }

  async #send(request: HttpsRequest, watch: SilenceWatch): Promise<IncomingMessage> {
    const { method, path, headers, body, onConnection } = request
    const { host, port } = this.#options.address
    const phase = `${method} ${path}`
    if (onConnection !== undefined && onConnection !== this.#agent.serial) throw this.#gone(phase)
    if (onConnection !== undefined) this.#agent.freeze(onConnection)
    try {
      const outgoing = httpsRequest({
        agent: this.#agent,
        host,
        port,
        method,
        path,
        headers: {
          Accept: 'application/json',
          'Accept-Encoding': 'identity',
          ...(body && { 'Content-Length': body.lengthBytes }),
          ...headers,
        },
        maxHeaderSize: headerBytes,
      })
      const { signal } = request
      const response = await sendRequest(outgoing, {
        address: this.address,
        phase,
        body: body?.pieces ?? [],
        signal,
        watch,
      })
      return this.#refuseRedirect(response)
    } catch (error) {
      if (error instanceof RequestError && error.cause instanceof ConnectionGone) throw this.#gone(phase)
      throw error
    } finally {
      this.#agent.thaw()
    }
  }

  #refuseRedirect(response: IncomingMessage): IncomingMessage {
    const { statusCode = 0, headers } = response
    if (statusCode < 300 || statusCode > 399) return response
    response.destroy()
    const location = (headers.location ?? '').slice(0, 200)
    const failure = new FailureError({ code: 'redirect-refused', address: this.address, location })
    throw new RequestError(failure, true)
  }

  #gone(phase: string): RequestError {
    const failure = { code: 'connection-lost', address: this.address, phase, bytesDone: 0 } as const
    return new RequestError(new FailureError(failure), false)
  }

  #watch({ method, path, idleMs }: HttpsRequest): SilenceWatch {
    const limitMs = idleMs ?? { ...defaultDeadlines, ...this.#options.deadlines }.idleMs
    return new SilenceWatch(this.address, `${method} ${path}`, limitMs)
  }

  #bodyFacts({ method, path, signal }: HttpsRequest, watch: SilenceWatch) {
    return { address: this.address, request: `${method} ${path}`, signal, watch }
  }

  /** One request at a time, in the order in which they were asked for. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work)
    this.#last = turn.catch(() => undefined)
    return await turn
  }
}
