import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { TLSSocket } from 'node:tls'

export interface Page {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** The path that it was at last asked for, after redirects. */
  readonly path: string
  /** The markup without its tags, as a person reads it. */
  readonly text: string
  /** Of the certificate on the connection, in lower-case hex. */
  readonly fingerprint: string
}

interface Sent {
  readonly type?: string
  readonly body?: Buffer
}

/** A person's browser, no more of it than the console needs: a cookie, redirects, two kinds of form. */
export class Browser {
  // A resumed TLS session would show no certificate.
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false, maxCachedSessions: 0 })
  readonly #address: () => string
  readonly #patienceMs: number
  cookie: string | undefined

  constructor(address: () => string, patienceMs = 10_000) {
    this.#address = address
    this.#patienceMs = patienceMs
  }

  close(): void {
    this.#agent.destroy()
  }

  async open(path: string): Promise<Page> {
    return this.#send('GET', path, {})
  }

  async submit(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    const body = Buffer.from(new URLSearchParams(fields).toString())
    return this.#send('POST', path, { body, type: 'application/x-www-form-urlencoded' })
  }

  async logIn(username: string, password: string): Promise<Page> {
    return this.submit('/login', { username, password })
  }

  /** Fills in Import and Restore (Migrate) and presses Import. */
  async importBackup(file: Buffer, key: string, fileName = 'download'): Promise<Page> {
    const boundary = `form-${randomUUID()}`
    const field = `--${boundary}\r\nContent-Disposition: form-data; name=`
    const body = Buffer.concat([
      Buffer.from(`${field}"backup_file"; filename="${fileName}"\r\n`),
      Buffer.from('Content-Type: application/octet-stream\r\n\r\n'),
      file,
      Buffer.from(`\r\n${field}"system_backup_key"\r\n\r\n${key}\r\n--${boundary}--\r\n`),
    ])
    const type = `multipart/form-data; boundary=${boundary}`
    return this.#send('POST', '/system-maintenance/system-backup-v2/import', { body, type })
  }

  async #send(method: string, path: string, sent: Sent): Promise<Page> {
    const page = await this.#exchange(method, path, sent)
    const [cookie] = page.headers['set-cookie'] ?? []
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]
    const { location } = page.headers
    return page.status === 303 && location !== undefined ? this.#send('GET', location, {}) : page
  }

  async #exchange(method: string, path: string, { body, type }: Sent): Promise<Page> {
    const headers = {
      ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
      ...(body === undefined ? {} : { 'content-type': type, 'content-length': body.length }),
    }
    return new Promise<Page>((resolve, reject) => {
      const outgoing = request(
        this.#address() + path,
        { method, headers, agent: this.#agent },
        (incoming) => {
          const fingerprint = fingerprintOf(incoming.socket)
          const pieces: Buffer[] = []
          incoming.on('data', (piece: Buffer) => pieces.push(piece))
          incoming.on('error', reject)
          incoming.on('end', () => {
            const received = Buffer.concat(pieces)
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: received,
              path,
              text: readable(received.toString('utf8')),
              fingerprint,
            })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.setTimeout(this.#patienceMs, () => outgoing.destroy(new Error('no answer')))
      outgoing.end(body)
    })
  }
}

function fingerprintOf(socket: unknown): string {
  if (!(socket instanceof TLSSocket)) throw new Error('the answer did not come over TLS')
  return socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase()
}

function readable(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
