import type { z } from '../../../shared/schema.ts'
import type { Validity } from '../../../shared/model/certificate.ts'
import { FailureError } from '../../../shared/failure.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import type { HttpsRequest } from '../../transport/https-request.ts'
import type { HttpsDownload, HttpsSession } from '../../transport/https.ts'
import { mayPass } from '../../transport/retry.ts'
import { problemSchema } from './answers.ts'
import { answerOf, isGood, type Answer } from './answer.ts'
import { logIn, revoke, type LogInRequest } from './auth.ts'
import { maxFlowsBytes, parseFlowsBytes, type FlowsDocument } from './flows.ts'

const flowsHeaders = { 'Node-RED-API-Version': 'v2' }

/** A Node-RED, logged in where it asks for that. Reading calls are repeated once after a lost line; changing calls never. */
export class NodeRedClient implements AsyncDisposable {
  readonly #link: HttpsSession
  readonly #request: LogInRequest
  /** Absent where the instance is open. */
  readonly #token: string | undefined
  #isClosed = false

  private constructor(link: HttpsSession, request: LogInRequest, token: string | undefined) {
    this.#link = link
    this.#request = request
    this.#token = token
  }

  /**
   * Logs in over a checked connection, which it then owns; sends no credentials where none are asked for.
   * @throws FailureError `login-refused`, `credentials-needed`, `wrong-family`, and those of `HttpsSession.request`
   */
  static async logIn(link: HttpsSession, request: LogInRequest): Promise<NodeRedClient> {
    return new NodeRedClient(link, request, await logIn(link, request))
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

  get user(): string {
    return this.#request.credentials?.user ?? ''
  }

  /** True where the instance lets everybody in. */
  get isOpen(): boolean {
    return this.#token === undefined
  }

  /**
   * Reads a JSON document.
   * @throws FailureError `device-refused`, `rights-missing`, `unexpected-answer`, and those of the connection
   */
  async read<S extends z.ZodType>(path: string, schema: S, signal: AbortSignal): Promise<z.output<S>> {
    const answer = await this.#readAnswer(path, signal)
    if (!isGood(answer)) throw this.#refused(answer, 'GET', path)
    return this.#checked(answer, path, schema)
  }

  /** Like `read`, but `undefined` where the instance has no such thing or keeps it from this login. */
  async readIfThere<S extends z.ZodType>(
    path: string,
    schema: S,
    signal: AbortSignal,
  ): Promise<z.output<S> | undefined> {
    const answer = await this.#readAnswer(path, signal)
    if ([401, 403, 404].includes(answer.status)) return undefined
    if (!isGood(answer)) throw this.#refused(answer, 'GET', path)
    return this.#checked(answer, path, schema)
  }

  /**
   * The flows as they come, with the state they are in.
   * @throws FailureError as `read`
   */
  async downloadFlows(signal: AbortSignal, onConnection?: number): Promise<HttpsDownload> {
    const path = '/flows'
    const request = this.#authorised({ method: 'GET', path, headers: flowsHeaders, signal })
    const send = async () =>
      await this.#link.download(onConnection === undefined ? request : { ...request, onConnection })
    const answer = onConnection === undefined ? await this.#twice(send, signal) : await send()
    if (!('content' in answer)) throw this.#refused(answerOf(answer), 'GET', path)
    return answer
  }

  /**
   * The flows, read whole. `onConnection` has them read over that connection or not at all.
   * @throws FailureError as `read`
   */
  async readFlows(
    signal: AbortSignal,
    onConnection?: number,
  ): Promise<FlowsDocument & { readonly rev: string }> {
    const { content } = await this.downloadFlows(signal, onConnection)
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of content) {
      bytes += piece.length
      if (bytes > maxFlowsBytes) throw this.unexpected('GET /flows', `more than ${maxFlowsBytes} bytes`)
      pieces.push(piece)
    }
    const found = parseFlowsBytes(Buffer.concat(pieces))
    if (found?.rev === undefined) throw this.unexpected('GET /flows', 'no flows')
    return { ...found, rev: found.rev }
  }

  /**
   * The one changing call: deploys these flows, once, over this connection or not at all, and gives whatever is answered.
   * @throws RequestError as `HttpsSession.request`
   */
  async deploy(
    document: Pick<FlowsDocument, 'flows'> & { readonly rev: string },
    options: { readonly onConnection: number; readonly idleMs: number; readonly signal: AbortSignal },
  ): Promise<Answer> {
    const bytes = Buffer.from(JSON.stringify(document))
    const answer = await this.#link.request(
      this.#authorised({
        method: 'POST',
        path: '/flows',
        headers: {
          ...flowsHeaders,
          'Node-RED-Deployment-Type': 'full',
          'Content-Type': 'application/json',
        },
        body: { lengthBytes: bytes.length, pieces: [bytes] },
        ...options,
      }),
    )
    return answerOf(answer)
  }

  /** A refusing answer as a failure. */
  refused(answer: Answer, method: string, path: string): FailureError {
    return this.#refused(answer, method, path)
  }

  unexpected(request: string, detail: string): FailureError {
    return new FailureError({ code: 'unexpected-answer', address: this.address, request, detail })
  }

  /** Logs out and closes the connection. Never throws: an instance that is gone has forgotten nothing of value. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    try {
      if (this.#token !== undefined) {
        const { adminRoot, logoutMs } = this.#request
        await revoke(this.#link, adminRoot, this.#token, AbortSignal.timeout(logoutMs))
      }
    } catch {
      // Nothing depends on the goodbye; the token also ends by its own time.
    } finally {
      await this.#link[Symbol.asyncDispose]()
    }
  }

  async #readAnswer(path: string, signal: AbortSignal): Promise<Answer> {
    const request = this.#authorised({ method: 'GET', path, signal })
    return answerOf(await this.#twice(() => this.#link.request(request), signal))
  }

  /** Node-RED closes a connection that rests for five seconds, perhaps at the very moment it is used again. */
  async #twice<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await send()
    } catch (error) {
      const isLost = error instanceof FailureError && error.failure.code === 'connection-lost'
      if (!isLost || signal.aborted || !mayPass(error)) throw error
      return await send()
    }
  }

  #authorised(request: HttpsRequest): HttpsRequest {
    const path = `${this.#request.adminRoot}${request.path}`
    if (this.#token === undefined) return { ...request, path }
    return { ...request, path, headers: { ...request.headers, Authorization: `Bearer ${this.#token}` } }
  }

  #checked<S extends z.ZodType>({ body }: Answer, path: string, schema: S): z.output<S> {
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw this.unexpected(
      `GET ${path}`,
      `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`,
    )
  }

  #refused({ status, body }: Answer, method: string, path: string): FailureError {
    const { address, user } = this
    if (status === 401 || status === 403) {
      const right = method === 'GET' ? 'flows.read' : 'flows.write'
      return new FailureError({ code: 'rights-missing', address, user, right })
    }
    const { code = '', message, error, error_description } = problemSchema.safeParse(body).data ?? {}
    return new FailureError({
      code: 'device-refused',
      address,
      request: `${method} ${path}`,
      status,
      detail: escapeUntrusted(error_description ?? message ?? error ?? `status ${status}`, 300),
      diagnosis: escapeUntrusted(code, 60),
    })
  }
}
