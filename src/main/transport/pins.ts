import { createHash } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'
import { formatAddress, type Address } from '../../shared/model/address.ts'
import type { Pin } from '../../shared/model/device.ts'

/** What a device showed before any credential was sent. `detail` is untrusted text. */
export interface OfferedPin {
  readonly kind: Pin['kind']
  readonly fingerprint: string
  readonly detail: Readonly<Record<string, string>>
}

/** The fingerprint of an SSH host key in wire form, as `ssh-keygen -lf` prints it. */
export function sshFingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** SHA-256 of a certificate in DER, 64 lower-case hex digits. */
export function tlsFingerprint(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex')
}

/**
 * Brings a fingerprint that a person typed or pasted to its one spelling; colons and `sha256 Fingerprint=` of openssl
 * are accepted.
 * @throws FailureError `bad-input`
 */
export function normalisePin(kind: Pin['kind'], text: string): string {
  const trimmed = text.trim()
  if (kind === 'ssh') {
    const [, body] = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/.exec(trimmed) ?? []
    if (body !== undefined) return `SHA256:${body}`
  } else {
    const body = trimmed
      .replace(/^.*=/, '')
      .replace(/^sha256:/i, '')
      .replaceAll(':', '')
      .toLowerCase()
    if (/^[0-9a-f]{64}$/.test(body)) return body
  }
  const form = kind === 'ssh' ? 'SHA256: and 43 characters' : '64 hex digits'
  throw new FailureError({ code: 'bad-input', field: 'fingerprint', reason: `is not ${form}` })
}

/**
 * Compares what a device shows with what was accepted for it; to be called before anything is sent.
 * @throws FailureError `pin-unknown` where nothing was accepted yet, `pin-changed` where it is another one
 */
export function checkPin(address: Address, offered: OfferedPin, accepted: readonly string[]): void {
  if (accepted.includes(offered.fingerprint)) return
  const place = formatAddress(address)
  const [pinned] = accepted
  throw new FailureError(
    pinned === undefined
      ? { code: 'pin-unknown', address: place, pinKind: offered.kind, offered: offered.fingerprint }
      : { code: 'pin-changed', address: place, pinKind: offered.kind, pinned, offered: offered.fingerprint },
  )
}
