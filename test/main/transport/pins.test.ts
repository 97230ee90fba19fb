import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { checkPin, normalisePin, sshFingerprint, tlsFingerprint } from '../../../src/main/transport/pins.ts'
import { makeCertificate } from './support/certificate.ts'
import { fingerprintOf, newKey } from './support/ssh-peer.ts'

const run = promisify(execFile)
const address = { protocol: 'ssh', host: 'device', port: 22 } as const

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-pins-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

test.each(['ed25519', 'ecdsa', 'rsa'] as const)(
  'the fingerprint of an %s key is the one of ssh-keygen',
  async (kind) => {
    const key = newKey(kind)
    const line = `${key.type} ${key.getPublicSSH().toString('base64')}\n`
    const shown = await inFolder(async (folder) => {
      await writeFile(join(folder, 'key.pub'), line)
      return (await run('ssh-keygen', ['-lf', join(folder, 'key.pub')])).stdout
    })
    expect(shown.split(' ')[1]).toBe(sshFingerprint(key.getPublicSSH()))
  },
)

test('the fingerprint of a certificate is the one of openssl, once its colons are gone', async () => {
  const certificate = await makeCertificate()
  const shown = await inFolder(async (folder) => {
    await writeFile(join(folder, 'certificate.pem'), certificate.cert)
    const args = ['x509', '-in', join(folder, 'certificate.pem'), '-noout', '-fingerprint', '-sha256']
    return (await run('openssl', args)).stdout
  })
  const der = Buffer.from(certificate.cert.replace(/-----[A-Z ]+-----/g, ''), 'base64')
  expect(normalisePin('tls', shown)).toBe(tlsFingerprint(der))
  expect(normalisePin('tls', shown)).toBe(certificate.fingerprint)
})

test('a typed fingerprint is brought to its one spelling', () => {
  const ssh = fingerprintOf(newKey())
  expect(normalisePin('ssh', ` ${ssh}\n`)).toBe(ssh)
  expect(normalisePin('ssh', `${ssh.slice('SHA256:'.length)}=`)).toBe(ssh)
  const tls = 'ab'.repeat(32)
  expect(normalisePin('tls', tls.toUpperCase())).toBe(tls)
  expect(normalisePin('tls', `SHA256:${'AB:'.repeat(31)}AB`)).toBe(tls)
})

test.each([
  ['ssh', ''],
  ['ssh', 'MD5:aa:bb'],
  ['ssh', `SHA256:${'a'.repeat(42)}`],
  ['tls', 'ab'.repeat(31)],
  ['tls', `${'ab'.repeat(32)}0`],
  ['tls', 'zz'.repeat(32)],
] as const)('%s: %j is no fingerprint', (kind, text) => {
  expect(() => normalisePin(kind, text)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'bad-input' }) }),
  )
})

test('nothing accepted, another one accepted and one of several accepted are told apart', () => {
  const offered = { kind: 'ssh', fingerprint: 'SHA256:now', detail: {} } as const
  const failing = (accepted: readonly string[]): unknown => {
    try {
      checkPin(address, offered, accepted)
      return 'accepted'
    } catch (error) {
      return (error as { failure: unknown }).failure
    }
  }
  const place = { address: 'ssh://device', pinKind: 'ssh', offered: 'SHA256:now' }
  expect(failing([])).toEqual({ code: 'pin-unknown', ...place })
  expect(failing(['SHA256:then'])).toEqual({ code: 'pin-changed', ...place, pinned: 'SHA256:then' })
  expect(failing(['SHA256:then', 'SHA256:now'])).toBe('accepted')
})
