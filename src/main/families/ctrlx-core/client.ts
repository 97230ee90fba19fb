import type { OutgoingHttpHeaders } from 'node:http'
import type { z } from '../../../shared/schema.ts'
import type { Validity } from '../../../shared/model/certificate.ts'
import { FailureError } from '../../../shared/failure.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import type { HttpsRequest } from '../../transport/https-request.ts'
import type { HttpsAnswer, HttpsDownload, HttpsSession } from '../../transport/https.ts'
import { makeForm, type FormFile } from '../../transport/multipart.ts'
import { mayPass } from '../../transport/retry.ts'
import { logIn, logOut, type Login, type PasswordCredentials } from './auth.ts'
import { refusal, type Asked } from './problem.ts'
import { pause, type Timing } from './timing.ts'

/** An answer that was read whole. `body` is the parsed JSON, or `undefined` where there is none. */
export interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly body: unknown
}

/** A request that may change something. It is sent once, whatever becomes of it. */
export interface ChangingRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly json?: unknown
  /** The number of the connection that it has to go over; any where it is left out. */
  readonly onConnection?: number
  readonly signal: AbortSignal
}

/** An upload of one file in a form. */
export interface UploadRequest {
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
  readonly file: FormFile
  /** The number of the connection that it has to go over. */
  readonly onConnection: number
  readonly signal: AbortSignal
  /** Silence after which the answer counts as lost, in milliseconds. */
  readonly idleMs: number
  /** How long the upload may take in all, in milliseconds. */
  readonly totalMs: number
  readonly onBytes: (bytesDone: number) => void
}

const unauthorised = 401

/**
 * A login on a device and what is asked with it. Reading calls may be repeated: once after a lost line, and once
 * in a whole session after the login has expired. Changing calls are sent once.
 */
export class CtrlxClient implements AsyncDisposable {
  readonly user: string
  readonly #link: HttpsSession
  readonly #credentials: PasswordCredentials
  readonly #timing: Timing
  #login: Login
  #hasLoggedInAgain = false
  #afterLogin: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()
  #isClosed = false

  private constructor(link: HttpsSession, credentials: PasswordCredentials, login: Login, timing: Timing) {
    this.user = credentials.user
    this.#link = link
    this.#credentials = credentials
    this.#login = login
    this.#timing = timing
  }

  /**
   * Logs in over a checked connection, which it then owns.
   * @throws FailureError `login-refused`, `sessions-exhausted`, `wrong-family`, and those of `HttpsSession.request`
   */
  static async logIn(
    link: HttpsSession,
    credentials: PasswordCredentials,
    timing: Timing,
    signal: AbortSignal,
  ): Promise<CtrlxClient> {
    return new CtrlxClient(link, credentials, await logIn(link, credentials, signal), timing)
  }

  get address(): string {
    return this.#link.address
  }

  /** The number of the connection that the last request went over. */
  get connection(): number {
    return this.#link.connection
  }

  /** When the accepted certificate holds, as it says itself. */
  get validity(): Validity {
    return this.#link.validity
  }

  /** What the login may do; `undefined` where its token does not say. */
  get rights(): readonly string[] | undefined {
    return this.#login.rights
  }

  /** Has `check` look at the device after a second login, before anything else is asked there; it throws to stop. */
  onLoggedInAgain(check: (signal: AbortSignal) => Promise<void>): void {
    this.#afterLogin = check
  }

  /**
   * Reads a JSON document.
   * @throws FailureError `device-refused`, `rights-missing`, `unexpected-answer`, and those of the connection
   */
  async read<S extends z.ZodType>(path: string, schema: S, signal: AbortSignal): Promise<z.output<S>> {
    const answer = await this.#readAnswer(path, signal)
    if (!isGood(answer.status)) throw this.#refused(answer, 'GET', path)
    return this.#checked(answer, path, schema)
  }

  /** Like `read`, but `undefined` where the device has no such thing or keeps it from this login. */
  async readIfThere<S extends z.ZodType>(
    path: string,
    schema: S,
    signal: AbortSignal,
    absent: readonly number[] = [403, 404],
  ): Promise<z.output<S> | undefined> {
    const answer = await this.#readAnswer(path, signal)
    if (absent.includes(answer.status)) return undefined
    if (!isGood(answer.status)) throw this.#refused(answer, 'GET', path)
    return this.#checked(answer, path, schema)
  }

  /**
   * Reads a file as it comes; its content throws where it is not as long as announced.
   * @throws FailureError as `read`
   */
  async download(path: string, types: readonly string[], signal: AbortSignal): Promise<HttpsDownload> {
    const request = {
      method: 'GET',
      path,
      signal,
      headers: { Accept: [...types, '*/*;q=0.1'].join(', ') },
    } as const
    const answer = await this.#reading(() => this.#link.download(this.#authorised(request)), signal)
    if (!('content' in answer)) throw this.#refused(answerOf(answer), 'GET', path)
    const type = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    if (type !== '' && type !== 'application/octet-stream' && !types.includes(type)) {
      for await (const piece of answer.content) {
        throw this.#unexpected('GET', path, `${type}: ${escapeUntrusted(piece.toString('utf8'), 80)}`)
      }
      throw this.#unexpected('GET', path, type)
    }
    return answer
  }

  /**
   * Sends a request that may change something, once.
   * @throws FailureError `device-refused`, `rights-missing`, and RequestError as `HttpsSession.request`
   */
  async change({ method, path, json, onConnection, signal }: ChangingRequest): Promise<Answer> {
    const bytes = json === undefined ? undefined : Buffer.from(JSON.stringify(json))
    const raw = await this.#link.request(
      this.#authorised({
        method,
        path,
        signal,
        ...(onConnection !== undefined && { onConnection }),
        ...(bytes && { headers: { 'Content-Type': 'application/json' } }),
        ...(bytes && { body: { lengthBytes: bytes.length, pieces: [bytes] } }),
      }),
    )
    const answer = answerOf(raw)
    if (!isGood(answer.status)) throw this.#refused(answer, method, path)
    return answer
  }

  /**
   * Sends a file in a form, once, and gives whatever is answered.
   * @throws RequestError as `HttpsSession.request`; not sent where the connection is not the one asked for
   */
  async upload({
    path,
    fields,
    file,
    onConnection,
    signal,
    idleMs,
    totalMs,
    onBytes,
  }: UploadRequest): Promise<Answer> {
    const form = makeForm(fields, file)
    const raw = await this.#link.request(
      this.#authorised({
        method: 'POST',
        path,
        headers: { 'Content-Type': form.contentType },
        body: { lengthBytes: form.lengthBytes, pieces: counted(form.pieces, onBytes) },
        signal,
        idleMs,
        totalMs,
        onConnection,
      }),
    )
    return answerOf(raw)
  }

  /** A refusing answer as a failure. */
  refused(answer: Answer, method: string, path: string): FailureError {
    return this.#refused(answer, method, path)
  }

  /** Logs out and closes the connection. Never throws: a device that is gone has ended the session itself. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    try {
      await logOut(this.#link, this.#login, AbortSignal.timeout(this.#timing.logoutMs))
    } catch {
      // Nothing depends on the goodbye; the session also ends by its own time.
    } finally {
      await this.#link[Symbol.asyncDispose]()
    }
  }

  async #readAnswer(path: string, signal: AbortSignal): Promise<Answer> {
    const request = { method: 'GET', path, signal } as const
    return answerOf(await this.#reading(() => this.#link.request(this.#authorised(request)), signal))
  }

  /** Repeats a reading call once after a lost line and once after an expired login. */
  async #reading<T extends HttpsAnswer | HttpsDownload>(
    send: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const answer = await this.#twice(send, signal)
    if (answer.status !== unauthorised || this.#hasLoggedInAgain) return answer
    this.#hasLoggedInAgain = true
    this.#login = await logIn(this.#link, this.#credentials, signal)
    await this.#afterLogin(signal)
    return await this.#twice(send, signal)
  }

  async #twice<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await send()
    } catch (error) {
      // A kept connection may have been closed by the device just now.
      if (!(error instanceof FailureError && error.failure.code === 'connection-lost')) throw error
      if (signal.aborted || !mayPass(error)) throw error
      await pause(Math.min(this.#timing.reachMs, 200), signal)
      return await send()
    }
  }

  #authorised(request: HttpsRequest): HttpsRequest {
    const headers: OutgoingHttpHeaders = {
      ...request.headers,
      Authorization: `Bearer ${this.#login.token}`,
    }
    return { ...request, headers }
  }

  #checked<S extends z.ZodType>(answer: Answer, path: string, schema: S): z.output<S> {
    const parsed = schema.safeParse(answer.body)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    const detail =
      answer.body === undefined ? 'no JSON' : `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
    throw this.#unexpected('GET', path, escapeUntrusted(detail, 200))
  }

  #unexpected(method: string, path: string, detail: string): FailureError {
    return new FailureError({
      code: 'unexpected-answer',
      address: this.address,
      request: requestName(method, path),
      detail,
    })
  }

  #refused({ status, body }: Answer, method: string, path: string): FailureError {
    const asked: Asked = { address: this.address, user: this.user, request: requestName(method, path) }
    return refusal(status, body, asked)
  }
}

function requestName(method: string, path: string): string {
  return `${method} ${path.split('?')[0] ?? path}`
}

function isGood(status: number): boolean {
  return status >= 200 && status <= 299
}

/** Reads an answer; a body that is no JSON is as good as none. */
export function answerOf({ status, headers, body }: HttpsAnswer): Answer {
  return { status, location: headers.location, body: parseJson(body) }
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    // A web page, most often: the schema or the status says what was expected.
    return undefined
  }
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  onBytes: (bytesDone: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytesDone = 0
  for await (const piece of pieces) {
    yield piece
    bytesDone += piece.length
    onBytes(bytesDone)
  }
}
