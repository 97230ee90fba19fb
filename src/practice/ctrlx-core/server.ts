import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:https'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { DeviceCertificate, Validity } from '../certificate.ts'
import { loadCertificate, renewCertificate } from '../certificate.ts'
import { bind, Connections } from '../connections.ts'
import type { Device } from './device.ts'
import { answerExchange, page } from './exchange.ts'
import { sendAnswer } from './send-answer.ts'

const bindAttempts = 40

/** The device's web server: one port and one certificate, which survive reboots. */
export class DeviceServer {
  readonly #device: Device
  readonly #connections = new Connections()
  #certificate: DeviceCertificate
  #server: Server | undefined
  #port: number
  #isBooting = false
  #isStopped = false
  #hasListened = false

  private constructor(device: Device, certificate: DeviceCertificate) {
    this.#device = device
    this.#certificate = certificate
    this.#port = device.options.port ?? 0
  }

  static async start(device: Device): Promise<DeviceServer> {
    const certificate = await loadCertificate(device.folders.root, device.state.hostname)
    const server = new DeviceServer(device, certificate)
    await server.listen()
    return server
  }

  get address(): string {
    return `https://${this.#host}:${this.#port}`
  }

  get fingerprint(): string {
    return this.#certificate.fingerprint
  }

  /** Listens on the port that it had before, if it had one. */
  async listen(): Promise<void> {
    const { certificatePem, keyPem } = this.#certificate
    const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
      this.#accept(request, response)
    })
    server.on('connection', (raw: Socket) => this.#connections.admit(raw))
    // Clients that refuse the certificate or go away are everyday life for a device.
    server.on('tlsClientError', () => undefined)
    server.on('clientError', (_error, socket) => socket.destroy())
    const attempts = this.#hasListened ? bindAttempts : 1
    await bind(server, { port: this.#port, host: this.#host, attempts })
    this.#hasListened = true
    this.#server = server
    this.#port = (server.address() as AddressInfo).port
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    this.#connections.drop()
    server.closeAllConnections()
    await closed
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.close()
  }

  /**
   * Goes through what is seen of a reboot from outside: connections refused, then 502, then answers again,
   * with every session dead. With the fault `no-return` it ends at the first of these.
   */
  async reboot(): Promise<void> {
    const { refusedMs, gatewayMs } = this.#device.options.rebootWindows ?? { refusedMs: 150, gatewayMs: 150 }
    const staysOff = this.#device.faults.takeDevice('no-return') !== undefined
    this.#device.witness.event('reboot', { staysOff })
    await this.close()
    this.#device.forget()
    if (this.#device.options.taskAfterReboot === 'gone') this.#device.change({ setupTasks: [] })
    if (staysOff) return
    await wait(refusedMs, undefined, { signal: this.#device.power })
    if (this.#isStopped) return
    this.#isBooting = true
    try {
      await this.listen()
      await wait(gatewayMs, undefined, { signal: this.#device.power })
    } finally {
      this.#isBooting = false
    }
    this.#device.witness.event('booted')
  }

  async renewCertificate(validity: Validity | undefined): Promise<string> {
    const { root } = this.#device.folders
    this.#certificate = await renewCertificate(root, this.#device.state.hostname, validity)
    const { certificatePem, keyPem } = this.#certificate
    this.#server?.setSecureContext({ cert: certificatePem, key: keyPem })
    this.#connections.drop()
    return this.#certificate.fingerprint
  }

  get #host(): string {
    return this.#device.options.host ?? '127.0.0.1'
  }

  #accept(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#connections.of(request)
    response.on('error', () => undefined)
    const answered = this.#isBooting
      ? sendAnswer({ response, connection, answer: badGateway, fault: undefined, keeps: false })
      : answerExchange(this.#device, { request, response, connection })
    // What goes wrong here has broken the connection; the witness holds the rest.
    answered.catch(() => connection.reset())
  }
}

const badGateway = { status: 502, body: page('502 Bad Gateway') } as const
