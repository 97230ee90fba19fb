import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { bind, Connections } from '../connections.ts'
import type { Appliance } from './appliance.ts'
import { answerExchange } from './exchange.ts'

const bindAttempts = 10

/** The appliance's network side: one port at the address set at the VM's console. */
export class ApplianceServer {
  readonly #appliance: Appliance
  readonly #connections = new Connections()
  readonly #exchanges = new Set<Promise<void>>()
  readonly #https: HttpsServer
  #listener: Server | undefined
  #port: number

  private constructor(appliance: Appliance) {
    this.#appliance = appliance
    this.#port = appliance.options.port ?? 0
    const { certificatePem, keyPem } = appliance.certificate
    this.#https = createHttpsServer({ cert: certificatePem, key: keyPem }, (request, response) => {
      this.#accept(request, response)
    })
    // Clients that refuse the certificate or go away are everyday life for an appliance.
    this.#https.on('tlsClientError', () => undefined)
    this.#https.on('clientError', (_error, socket) => socket.destroy())
    this.#appliance.certificateChanged = () => {
      const { certificatePem: cert, keyPem: key } = appliance.certificate
      this.#https.setSecureContext({ cert, key })
      // A connection that was kept alive would go on showing the certificate of before.
      this.#connections.drop()
    }
  }

  static async start(appliance: Appliance): Promise<ApplianceServer> {
    const server = new ApplianceServer(appliance)
    await server.listen({ attempts: 1 })
    return server
  }

  get address(): string {
    return `https://${this.#appliance.host}:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  get isListening(): boolean {
    return this.#listener !== undefined
  }

  /** Listens at the appliance's address. Rejects with `EADDRINUSE` while another one answers there. */
  async listen({ attempts = bindAttempts } = {}): Promise<void> {
    if (this.#listener !== undefined) return
    const listener = createServer((raw) => this.#admit(raw))
    await bind(listener, { port: this.#port, host: this.#appliance.host, attempts })
    this.#listener = listener
    this.#port = (listener.address() as AddressInfo).port
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    const listener = this.#listener
    if (listener === undefined) return
    this.#listener = undefined
    const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
    this.#connections.drop()
    await closed
  }

  /** Settles when no request is being worked on: nothing is written down after that. */
  async idle(): Promise<void> {
    await Promise.all(this.#exchanges)
  }

  #admit(raw: Socket): void {
    if (!this.#connections.admit(raw)) return
    if (this.#appliance.faults.condition('tcp-silent') === undefined) this.#https.emit('connection', raw)
    // Read and forgotten, so that the end of a mute connection is noticed.
    else raw.resume()
  }

  #accept(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#connections.of(request)
    response.on('error', () => undefined)
    // What goes wrong here has broken the connection; the witness holds the rest.
    const answered = answerExchange(this.#appliance, { request, response, connection })
    const exchange = answered.catch(() => connection.reset())
    this.#exchanges.add(exchange)
    void exchange.then(() => this.#exchanges.delete(exchange))
  }
}
