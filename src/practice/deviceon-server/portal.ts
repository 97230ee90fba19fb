import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { endedWith } from '../ssh/logged.ts'
import type { Server } from './server.ts'

interface HttpAnswer {
  readonly status: number
  readonly body: unknown
}

/** The portal, as far as its REST interface is known; everything else is 404. Requests are in the witness. */
export class Portal {
  readonly #http = createServer()
  #count = 0

  constructor(server: Server) {
    const numbers = new WeakMap<object, number>()
    this.#http.on('connection', (socket) => {
      this.#count += 1
      numbers.set(socket, this.#count)
      if (isDown(server)) socket.resetAndDestroy()
    })
    this.#http.on('request', (request, response) => {
      // A kept connection is lost too when the portal goes down.
      if (isDown(server)) {
        request.socket.resetAndDestroy()
        return
      }
      request.resume()
      const { method = 'GET', url = '/' } = request
      const connection = numbers.get(request.socket) ?? 0
      const open = server.witness.arrived({ method, path: url, connection })
      const user = accountIn(server, request)
      const { status, body } = answer(server, { method, path: url.split('?')[0] ?? '', user })
      response.writeHead(status, {
        'Content-Type': 'application/json',
        ...(status === 401 ? { 'WWW-Authenticate': 'Basic realm="DeviceOn"' } : {}),
      })
      response.end(JSON.stringify(body))
      open.finish(endedWith(status, { user }))
    })
  }

  /** Listens on 127.0.0.1 and gives the port. */
  async listen(port: number): Promise<number> {
    this.#http.listen(port, '127.0.0.1')
    await once(this.#http, 'listening')
    return (this.#http.address() as AddressInfo).port
  }

  /** Ends every connection; new ones are served. */
  dropConnections(): void {
    this.#http.closeAllConnections()
  }

  async close(): Promise<void> {
    const closed = once(this.#http, 'close')
    this.#http.close()
    this.#http.closeAllConnections()
    await closed
  }
}

function isDown({ portal, isRestoring }: Server): boolean {
  return portal === 'down' || isRestoring
}

function answer(
  { state }: Server,
  call: { readonly method: string; readonly path: string; readonly user: string | undefined },
): HttpAnswer {
  if (!call.path.startsWith('/rmm/v1/')) return { status: 404, body: { result: false } }
  if (call.user === undefined) return { status: 401, body: { result: false } }
  if (call.method !== 'GET') return { status: 405, body: { result: false } }
  switch (call.path) {
    case '/rmm/v1/appinfo/version':
      return { status: 200, body: { version: state.version } }
    case '/rmm/v1/accounts/login':
      return { status: 200, body: { result: true, aid: 1, sessionId: randomUUID() } }
    default:
      return { status: 404, body: { result: false } }
  }
}

/** Whom the `Authorization` names, when the password is right and nothing more is asked for. */
function accountIn({ portal, state }: Server, { headers }: IncomingMessage): string | undefined {
  const encoded = /^Basic (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (encoded === undefined || portal === 'two-factor') return undefined
  const [name = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':')
  const digest = createHash('sha256').update(rest.join(':')).digest('hex')
  return state.database.accounts.find((known) => known.name === name && known.passwordSha256 === digest)?.name
}
