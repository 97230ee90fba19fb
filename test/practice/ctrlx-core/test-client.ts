import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'

/** What a device answered, looked into freely: a test that is wrong about it fails. */
export type Json = ReturnType<typeof JSON.parse>

export interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly json: () => Json
}

export interface Sent {
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string | FormFile>>
  readonly body?: Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** `undefined` in place of the client's own token sends none. */
  readonly token?: string | undefined
}

export interface FormFile {
  readonly fileName: string
  readonly type: string
  readonly bytes: Buffer
}

/** A small client of its own: tests of the simulator must not lean on the product's. */
export class TestClient {
  readonly #address: string
  #agent = trustingAgent()
  token: string | undefined

  constructor(address: string) {
    this.#address = address
  }

  /** Forgets connections that a device without power has left behind. */
  reconnect(): void {
    this.#agent.destroy()
    this.#agent = trustingAgent()
  }

  close(): void {
    this.#agent.destroy()
  }

  async send(method: string, path: string, sent: Sent = {}): Promise<Received> {
    const { body, type } = encode(sent)
    const token = 'token' in sent ? sent.token : this.token
    const headers = {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(body === undefined ? {} : { 'content-length': String(body.length) }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...sent.headers,
    }
    return new Promise<Received>((resolve, reject) => {
      const outgoing = request(this.#address + path, { method, headers, agent: this.#agent }, (incoming) => {
        const pieces: Buffer[] = []
        incoming.on('data', (piece: Buffer) => pieces.push(piece))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const received = Buffer.concat(pieces)
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: received,
            json: () => JSON.parse(received.toString('utf8')),
          })
        })
      })
      outgoing.on('error', reject)
      outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer within 15 s')))
      outgoing.end(body)
    })
  }

  async get(path: string): Promise<Json> {
    const { status, json, body } = await this.send('GET', path)
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${body.toString('utf8')}`)
    return json()
  }

  async logIn(user: string, password: string, api = 'v2'): Promise<Received> {
    const path = `/identity-manager/api/${api}/auth/token`
    const answer = await this.send('POST', path, { json: { name: user, password }, token: undefined })
    if (answer.status === 201) this.token = answer.json().access_token as string
    return answer
  }
}

/** The certificate is checked by its fingerprint in a test of its own. */
function trustingAgent(): Agent {
  return new Agent({ keepAlive: true, rejectUnauthorized: false })
}

function encode({ json, form, body, headers }: Sent): { readonly body?: Buffer; readonly type?: string } {
  if (json !== undefined) return { body: Buffer.from(JSON.stringify(json)), type: 'application/json' }
  if (form !== undefined) return encodeForm(form)
  if (body === undefined) return {}
  return { body, ...(headers?.['content-type'] === undefined ? { type: 'application/octet-stream' } : {}) }
}

function encodeForm(form: NonNullable<Sent['form']>): { readonly body: Buffer; readonly type: string } {
  const boundary = `test-${randomUUID()}`
  const parts = Object.entries(form).map(([name, value]) => {
    const field = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`
    if (typeof value === 'string') return Buffer.from(`${field}\r\n\r\n${value}\r\n`)
    const head = `${field}; filename="${value.fileName}"\r\nContent-Type: ${value.type}\r\n\r\n`
    return Buffer.concat([Buffer.from(head), value.bytes, Buffer.from('\r\n')])
  })
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  }
}
