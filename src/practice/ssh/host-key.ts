import { createHash, generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ssh2 from 'ssh2'

/** The key a host shows, and its fingerprint as `ssh-keygen -lf` prints it. */
export interface HostKey {
  readonly privateKey: string
  readonly fingerprint: string
}

/** The key kept in `folder`, made at the first call, so that a restart shows the same fingerprint. */
export function loadHostKey(folder: string): HostKey {
  const file = join(folder, 'host-key')
  return existsSync(file) ? describe(readFileSync(file, 'utf8')) : renewHostKey(folder)
}

/** Makes a new key in place of the old one, as a new installation of the system does. */
export function renewHostKey(folder: string): HostKey {
  // Not the SSH library's own key maker: one in about 200 of its ed25519 keys cannot be read again.
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const privateKey = key.export({ type: 'sec1', format: 'pem' }).toString()
  writeFileSync(join(folder, 'host-key'), privateKey, { mode: 0o600 })
  return describe(privateKey)
}

function describe(privateKey: string): HostKey {
  const key = ssh2.utils.parseKey(privateKey)
  if (key instanceof Error) throw key
  const digest = createHash('sha256').update(key.getPublicSSH()).digest('base64')
  return { privateKey, fingerprint: `SHA256:${digest.replace(/=+$/, '')}` }
}
