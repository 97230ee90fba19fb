import { getCiphers, getCurves } from 'node:crypto'
import type { Algorithms, CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from 'ssh2'

/** Fastest first. Nothing with CBC, RC4 or 3DES; each with the name that the runtime's crypto library has for it. */
const ciphers: readonly (readonly [CipherAlgorithm, string])[] = [
  ['aes128-gcm@openssh.com', 'aes-128-gcm'],
  ['aes256-gcm@openssh.com', 'aes-256-gcm'],
  ['aes128-ctr', 'aes-128-ctr'],
  ['aes192-ctr', 'aes-192-ctr'],
  ['aes256-ctr', 'aes-256-ctr'],
  // Absent in Electron's BoringSSL, and the SSH library refuses to even name what the runtime lacks.
  ['chacha20-poly1305@openssh.com', 'chacha20'],
]

/**
 * Nothing with SHA-1. Groups of 8192 bits are left out because they block Electron's thread for minutes; the exchange
 * in which the device names the group comes last because that one, too, may be large.
 */
const keyExchanges: readonly (readonly [KexAlgorithm, string?])[] = [
  ['curve25519-sha256'],
  ['curve25519-sha256@libssh.org'],
  ['ecdh-sha2-nistp256', 'prime256v1'],
  ['ecdh-sha2-nistp384', 'secp384r1'],
  ['ecdh-sha2-nistp521', 'secp521r1'],
  ['diffie-hellman-group14-sha256'],
  ['diffie-hellman-group16-sha512'],
  ['diffie-hellman-group-exchange-sha256'],
]

const macs: MacAlgorithm[] = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
]

/** Kinds of host keys, each with the signatures that may prove it; neither DSA nor RSA with SHA-1. */
export const hostKeyKinds: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
}

/** What Ferrite agrees to, as far as this runtime can do it, with host keys of the given kinds (all by default). */
export function allowedAlgorithms(kinds: readonly string[] = Object.keys(hostKeyKinds)): Algorithms {
  const knownCiphers = getCiphers()
  const knownCurves = getCurves()
  return {
    kex: keyExchanges.flatMap(([name, curve]) =>
      curve === undefined || knownCurves.includes(curve) ? [name] : [],
    ),
    serverHostKey: kinds.flatMap((kind) => hostKeyKinds[kind] ?? []),
    cipher: ciphers.flatMap(([name, known]) => (knownCiphers.includes(known) ? [name] : [])),
    hmac: [...macs],
    compress: ['none'],
  }
}
