import { createServer, type TlsOptions, type TLSSocket } from 'node:tls'
import type { Address } from '../../../../src/shared/model/address.ts'
import { makeCertificate, type TestCertificate } from './certificate.ts'
import { closed, listening } from './tcp-peer.ts'

/** A TLS server under a test's full control; what it was sent inside TLS is kept. */
export interface TlsPeer extends AsyncDisposable {
  readonly address: Address
  readonly certificate: TestCertificate
  readonly connections: () => number
  /** Every byte received after a handshake, of all connections. */
  readonly received: () => string
  /** From now on, new connections see this certificate. */
  readonly show: (certificate: TestCertificate) => void
}

export interface TlsPeerOptions extends TlsOptions {
  readonly certificate?: TestCertificate
}

/** `serve` gets each connection with its number, from 1. */
export async function startTlsPeer(
  serve: (socket: TLSSocket, connection: number) => void,
  options: TlsPeerOptions = {},
): Promise<TlsPeer> {
  const certificate = options.certificate ?? (await makeCertificate())
  const sockets = new Set<TLSSocket>()
  const received: Buffer[] = []
  let connections = 0
  const { cert, key } = certificate
  const server = createServer({ cert, key, ...options }, (socket) => {
    connections += 1
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => received.push(data))
    serve(socket, connections)
  })
  server.on('tlsClientError', () => undefined)
  const port = await listening(server)
  return {
    address: { protocol: 'https', host: '127.0.0.1', port },
    certificate,
    connections: () => connections,
    received: () => Buffer.concat(received).toString('latin1'),
    show: (shown) => {
      server.setSecureContext({ cert: shown.cert, key: shown.key })
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await closed(server)
    },
  }
}

/** Answers each request that has no body with the next of `answers`, in raw bytes; the last one stays. */
export function answering(...answers: readonly string[]): (socket: TLSSocket) => void {
  let next = 0
  return (socket) => {
    let pending = ''
    socket.on('data', (data: Buffer) => {
      pending += data.toString('latin1')
      while (pending.includes('\r\n\r\n')) {
        pending = pending.slice(pending.indexOf('\r\n\r\n') + 4)
        socket.write(answers[Math.min(next, answers.length - 1)] ?? '')
        next += 1
      }
    })
  }
}

export function answer(body: string, ...headers: readonly string[]): string {
  const lines = [`Content-Length: ${String(Buffer.byteLength(body))}`, ...headers]
  return `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}
