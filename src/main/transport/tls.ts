import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { isIP } from 'node:net'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { defaultDeadlines, reasonOf, SilenceWatch, type Deadlines } from './deadlines.ts'
import { checkPin, tlsFingerprint, type OfferedPin } from './pins.ts'
import { connectFailure, messageOf } from './socket-failure.ts'
import { connectTcp } from './tcp.ts'

export interface TlsConnectOptions {
  readonly address: Address
  readonly signal: AbortSignal
  readonly deadlines?: Partial<Deadlines>
}

/**
 * Opens the one kind of TLS connection there is. The certificate is compared with the accepted ones before a single
 * byte of a request is written.
 * @throws FailureError `pin-unknown`, `pin-changed`, `weak-crypto`, `device-unreachable`, `device-silent`, `cancelled`
 */
export async function openTls(
  options: TlsConnectOptions,
  fingerprints: readonly string[],
): Promise<TLSSocket> {
  const socket = await shakeHands(options)
  try {
    checkPin(options.address, offeredBy(socket, options.address), fingerprints)
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** Reads the certificate and hangs up before any request. */
export async function readTlsPin(options: TlsConnectOptions): Promise<OfferedPin> {
  const socket = await shakeHands(options)
  try {
    return offeredBy(socket, options.address)
  } finally {
    socket.destroy()
  }
}

async function shakeHands({ address, signal, deadlines }: TlsConnectOptions): Promise<TLSSocket> {
  const { connectMs, handshakeMs } = { ...defaultDeadlines, ...deadlines }
  const place = formatAddress(address)
  using watch = new SilenceWatch(place, 'connecting', connectMs)
  const tcp = await connectTcp(address, watch, signal)
  watch.enter('handshake', handshakeMs)
  const either = AbortSignal.any([signal, watch.signal])
  const socket = connect({
    socket: tcp,
    minVersion: 'TLSv1.2',
    // Devices have certificates of their own making, so no authority can vouch for them; the pin does, and it is
    // checked right after the handshake, by every caller of this function.
    rejectUnauthorized: false,
    ...(isIP(address.host) === 0 && { servername: address.host }),
  })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve)
      socket.once('error', reject)
      socket.once('close', () => {
        reject(new Error('closed by the device'))
      })
      either.addEventListener('abort', () => {
        reject(reasonOf(either, 'handshake'))
      })
    })
    return socket
  } catch (error) {
    socket.destroy()
    tcp.destroy()
    throw handshakeFailure(error, place)
  }
}

function handshakeFailure(error: unknown, address: string): FailureError {
  if (error instanceof FailureError) return error
  const message = messageOf(error)
  if (/unsupported protocol|version|no ciphers|no shared cipher|handshake failure/i.test(message)) {
    return new FailureError({ code: 'weak-crypto', address, detail: message }, { cause: error })
  }
  if (/wrong version number|packet length|SSL routines/i.test(message)) {
    const detail = `not TLS: ${message}`
    return new FailureError(
      { code: 'unexpected-answer', address, request: 'handshake', detail },
      { cause: error },
    )
  }
  return connectFailure(error, address)
}

function offeredBy(socket: TLSSocket, address: Address): OfferedPin {
  // Node gives an empty object where there is no certificate.
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate()
  const { raw, subject, issuer, valid_from: validFrom, valid_to: validTo } = certificate
  if (!raw) {
    throw new FailureError({
      code: 'unexpected-answer',
      address: formatAddress(address),
      request: 'handshake',
      detail: 'no certificate',
    })
  }
  return {
    kind: 'tls',
    fingerprint: tlsFingerprint(raw),
    detail: {
      subject: escapeUntrusted(String(subject?.CN ?? ''), 120),
      issuer: escapeUntrusted(String(issuer?.CN ?? ''), 120),
      validFrom: escapeUntrusted(validFrom ?? '', 60),
      validTo: escapeUntrusted(validTo ?? '', 60),
    },
  }
}
