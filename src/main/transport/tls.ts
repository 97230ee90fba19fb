import { constants } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { isIP } from 'node:net'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import type { Validity } from '../../shared/model/certificate.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { defaultDeadlines, until, Watch, type Deadlines } from './deadlines.ts'
import { checkPin, tlsFingerprint, type OfferedPin } from './pins.ts'
import { codeOf, connectFailure, lineFailure, messageOf, unexpected } from './socket-failure.ts'
import { TlsLine } from './tls-line.ts'

export interface TlsConnectOptions {
  readonly address: Address
  readonly signal: AbortSignal
  readonly deadlines?: Partial<Deadlines>
}

/** A connection whose certificate was compared, and when that certificate holds, as it says itself. */
export interface CheckedLine {
  readonly line: TlsLine
  readonly validity: Validity
}

/**
 * Opens the one kind of TLS connection there is. The certificate is compared with the accepted ones before a single
 * byte of a request is written.
 * @throws FailureError `pin-unknown`, `pin-changed`, `weak-crypto`, `device-unreachable`, `device-silent`,
 * `connection-lost`, `unexpected-answer`, `cancelled`
 */
export async function openTls(
  options: TlsConnectOptions,
  fingerprints: readonly string[],
): Promise<CheckedLine> {
  const line = await shakeHands(options)
  try {
    const offered = offeredBy(line.socket, options.address)
    checkPin(options.address, offered, fingerprints)
    const { notBefore = '', notAfter = '' } = offered.detail
    return { line, validity: { from: notBefore, until: notAfter } }
  } catch (error) {
    line.destroy()
    throw error
  }
}

/** Reads the certificate and hangs up before any request. Throws as `openTls`, but for the pins. */
export async function readTlsPin(options: TlsConnectOptions): Promise<OfferedPin> {
  const line = await shakeHands(options)
  try {
    return offeredBy(line.socket, options.address)
  } finally {
    line.destroy()
  }
}

async function shakeHands({ address, signal, deadlines }: TlsConnectOptions): Promise<TlsLine> {
  const { connectMs, handshakeMs } = { ...defaultDeadlines, ...deadlines }
  const place = formatAddress(address)
  using watch = new Watch({ address: place, phase: 'connecting', idleMs: connectMs, signals: [signal] })
  if (watch.signal.aborted) throw watch.reason
  const line = new TlsLine({
    host: address.host,
    port: address.port,
    ...(isIP(address.host) === 0 && { servername: address.host }),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // A certificate that changed later on the same connection would be one that nobody compared. Electron's library
    // knows no such option (it is 0 there), and refuses such a change by itself.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    // Devices have certificates of their own making, so no authority can vouch for them; the pin does, and it is
    // checked right after the handshake, before anything is written.
    rejectUnauthorized: false,
  })
  const { socket } = line
  try {
    await until(secured(socket, watch, handshakeMs), watch)
    return line
  } catch (error) {
    line.destroy()
    throw handshakeFailure(error, place, watch.phase)
  }
}

async function secured(socket: TLSSocket, watch: Watch, handshakeMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => {
      socket.setNoDelay(true)
      watch.enter('handshake', handshakeMs)
    })
    socket.once('secureConnect', resolve)
    socket.once('error', reject)
    socket.once('close', () => {
      reject(new Error('closed by the device'))
    })
  })
}

const tooWeak =
  /unsupported.protocol|protocol.version|no.ciphers|no.protocols|shared.cipher|handshake.failure|key.too.small|insufficient/i

function handshakeFailure(error: unknown, address: string, phase: string): FailureError {
  if (error instanceof FailureError) return error
  if (phase === 'connecting') return connectFailure(error, address)
  const detail = messageOf(error)
  const isTls = codeOf(error).startsWith('ERR_SSL') || codeOf(error) === 'EPROTO'
  if (!isTls) return lineFailure(error, address, phase, 0)
  if (tooWeak.test(`${codeOf(error)} ${detail}`)) {
    return new FailureError({ code: 'weak-crypto', address, detail }, { cause: error })
  }
  return unexpected(address, phase, `not TLS: ${detail}`, error)
}

function offeredBy(socket: TLSSocket, address: Address): OfferedPin {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) throw unexpected(formatAddress(address), 'handshake', 'no certificate')
  const { raw, subject, issuer, validFrom, validTo } = certificate
  return {
    kind: 'tls',
    fingerprint: tlsFingerprint(raw),
    detail: {
      subject: oneLine(subject),
      issuer: oneLine(issuer),
      notBefore: isoTime(validFrom),
      notAfter: isoTime(validTo),
    },
  }
}

/** `CN=…, O=…`; Node gives one name on each line. */
function oneLine(name: string | undefined): string {
  return escapeUntrusted((name ?? '').trim().split('\n').join(', '), 200)
}

function isoTime(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? escapeUntrusted(text, 60) : new Date(time).toISOString()
}
