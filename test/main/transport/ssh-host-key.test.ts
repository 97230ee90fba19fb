import { expect, test } from 'vitest'
import type { ParsedKey } from 'ssh2'
import { readOfferedPin } from '../../../src/main/transport/offered-pin.ts'
import { connectSsh } from '../../../src/main/transport/ssh.ts'
import type { Address } from '../../../src/shared/model/address.ts'
import { failureOf, never, soon } from './support/quiet.ts'
import {
  fingerprintOf,
  newKey,
  showing,
  startSshPeer,
  type KeyKind,
  type SshPeer,
} from './support/ssh-peer.ts'
import { startSshd } from '../../peers/sshd/sshd.ts'

const credentials = { kind: 'password', user: 'service', password: 'canary-7f3a' } as const

function connect(address: Address, fingerprints: readonly string[]) {
  return connectSsh({ address, fingerprints, credentials, signal: never, deadlines: soon })
}

/** No user name, no password, not even the wish to log in. */
function expectNothingSent(peer: SshPeer): void {
  expect(peer.loginRequests()).toBe(0)
  expect(peer.serviceRequests()).toBe(0)
}

test('the accepted key opens the session, and the session says which one it was', async () => {
  const key = newKey()
  await using peer = await startSshPeer({ hostKeys: [key] })
  await using session = await connect(peer.address, [fingerprintOf(newKey()), fingerprintOf(key)])
  expect(session.fingerprint).toBe(fingerprintOf(key))
  expect([peer.serviceRequests(), peer.loginRequests()]).toEqual([1, 1])
})

test.each(['ed25519', 'ecdsa', 'rsa'] as const)(
  'an unknown %s key stops before anything is sent, and is named',
  async (kind: KeyKind) => {
    const key = newKey(kind)
    await using peer = await startSshPeer({ hostKeys: [key] })
    const { failure } = await failureOf(connect(peer.address, []), 'pin-unknown')
    expect(failure).toMatchObject({ pinKind: 'ssh', offered: fingerprintOf(key) })
    expectNothingSent(peer)
  },
)

test.each([
  ['the same type', 'ed25519', 'ed25519'],
  ['another type', 'rsa', 'ed25519'],
  ['an older type', 'ed25519', 'rsa'],
  ['another curve', 'ecdsa', 'ed25519'],
] as const)('a changed key of %s stops before anything is sent', async (_what, before, after) => {
  const pinned = fingerprintOf(newKey(before))
  const key = newKey(after)
  await using peer = await startSshPeer({ hostKeys: [key] })
  const { failure } = await failureOf(connect(peer.address, [pinned]), 'pin-changed')
  expect(failure).toMatchObject({ pinned, offered: fingerprintOf(key) })
  expectNothingSent(peer)
})

test('a device that got a second key beside the accepted one still is that device', async () => {
  const accepted = newKey('rsa')
  await using peer = await startSshPeer({ hostKeys: [newKey('ed25519'), accepted] })
  await using session = await connect(peer.address, [fingerprintOf(accepted)])
  expect(session.fingerprint).toBe(fingerprintOf(accepted))
  expect(peer.loginRequests()).toBe(1)
})

test('a device of which all keys have changed is asked for each, and sent nothing', async () => {
  await using peer = await startSshPeer({ hostKeys: [newKey('ed25519'), newKey('rsa'), newKey('ecdsa')] })
  await failureOf(connect(peer.address, [fingerprintOf(newKey())]), 'pin-changed')
  expectNothingSent(peer)
  expect(peer.connections()).toBeLessThanOrEqual(5)
})

test('whoever shows the accepted key without owning it gets nothing', async () => {
  const accepted = newKey()
  const thief = showing(newKey(), accepted.getPublicSSH())
  await using peer = await startSshPeer({ hostKeys: [thief] })
  await failureOf(connect(peer.address, [fingerprintOf(accepted)]), 'unexpected-answer')
  expectNothingSent(peer)
  await failureOf(readOfferedPin(peer.address, never), 'unexpected-answer')
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['without a type', Buffer.from([0, 0, 0, 200, 1])],
  ['of an unknown type', Buffer.concat([Buffer.from([0, 0, 0, 4]), Buffer.from('evil')])],
  [
    'cut off',
    Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.from([0, 0, 0, 32, 1])]),
  ],
  ['without a key', Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519')])],
])('a host key that is %s is refused, and nothing is sent', async (_what, garbage) => {
  await using peer = await startSshPeer({ hostKeys: [showing(newKey(), garbage)] })
  await failureOf(connect(peer.address, [fingerprintOf(newKey())]), 'unexpected-answer', 'pin-changed')
  await failureOf(connect(peer.address, []), 'unexpected-answer', 'pin-unknown')
  expectNothingSent(peer)
})

test.each([
  ['host keys', { serverHostKey: ['ssh-rsa'] }],
  ['key exchange', { kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'] }],
  ['ciphers', { cipher: ['aes256-cbc', '3des-cbc'] }],
  ['hashes', { cipher: ['aes128-ctr'], hmac: ['hmac-sha1', 'hmac-md5'] }],
  ['compression', { compress: ['zlib'] }],
] as const)('a device that knows only weak %s is told apart from one that is broken', async (_what, weak) => {
  const key = newKey('rsa')
  await using peer = await startSshPeer({ hostKeys: [key], server: { algorithms: weak as never } })
  await failureOf(connect(peer.address, [fingerprintOf(key)]), 'weak-crypto')
  await failureOf(readOfferedPin(peer.address, never), 'weak-crypto')
  expectNothingSent(peer)
})

test('a key that changes in the middle of a session ends it', async () => {
  const key = newKey()
  const other = newKey()
  await using peer = await startSshPeer({
    hostKeys: [key],
    onCommand: (_channel, _command, connection) => {
      swapHostKey(connection, other)
      connection.rekey()
    },
  })
  await using session = await connect(peer.address, [fingerprintOf(key)])
  const { failure } = await failureOf(session.run('id', { signal: never }), 'pin-changed')
  expect(failure).toMatchObject({ offered: fingerprintOf(other) })
  expect(session.alive).toBe(false)
  expect(peer.loginRequests()).toBe(1)
})

test('keys that are exchanged anew without a change go unnoticed', async () => {
  const key = newKey()
  await using peer = await startSshPeer({
    hostKeys: [key],
    onCommand: (channel, _command, connection) => {
      connection.rekey(() => {
        channel.write('done')
        channel.exit(0)
        channel.end()
      })
    },
  })
  await using session = await connect(peer.address, [fingerprintOf(key)])
  expect((await session.run('id', { signal: never })).stdout.toString()).toBe('done')
})

test('the key that is offered is read without a login from a real server', async () => {
  await using sshd = await startSshd({ hostKeys: ['ed25519'] })
  const offered = await readOfferedPin(sshd.address, never)
  expect(offered).toEqual({
    kind: 'ssh',
    fingerprint: sshd.fingerprints.ed25519,
    detail: { keyType: 'ssh-ed25519' },
  })
  expect(sshd.log()).not.toMatch(/user|password|publickey/i)
})

test('a host name that resolves to several addresses is tried at all of them', async () => {
  const key = newKey()
  // The peer listens on the IPv4 address alone; the name may stand for ::1 first.
  await using peer = await startSshPeer({ hostKeys: [key] })
  const offered = await readOfferedPin({ ...peer.address, host: 'localhost' }, never)
  expect(offered.fingerprint).toBe(fingerprintOf(key))
})

function swapHostKey(connection: unknown, key: ParsedKey): void {
  const { _protocol: protocol } = connection as { _protocol: { _hostKeys: Record<string, ParsedKey> } }
  protocol._hostKeys = { 'ssh-ed25519': key }
}
