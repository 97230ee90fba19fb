import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { connectHttps } from '../../../src/main/transport/https.ts'
import { readOfferedPin } from '../../../src/main/transport/offered-pin.ts'
import { certainlyNotSent } from '../../../src/main/transport/request-error.ts'
import { makeCertificate } from './support/certificate.ts'
import { failureOf, never, soon, timeOf } from './support/quiet.ts'
import { startTcpPeer } from './support/tcp-peer.ts'
import { answer, answering, startTlsPeer, type TlsPeer } from './support/tls-peer.ts'

const secret = {
  method: 'GET',
  path: '/secret',
  headers: { Authorization: 'Bearer canary-55d0' },
  signal: never,
} as const

function connect(peer: TlsPeer, ...fingerprints: readonly string[]) {
  return connectHttps({ address: peer.address, fingerprints, signal: never, deadlines: soon })
}

test('the certificate is read with its names and times, and nothing is asked', async () => {
  const certificate = await makeCertificate({
    name: 'CN=line-3, O=Plant',
    notBefore: new Date('2020-01-02T03:04:05Z'),
    notAfter: new Date('2040-01-02T03:04:05Z'),
  })
  await using peer = await startTlsPeer(answering(answer('')), { certificate })
  expect(await readOfferedPin(peer.address, never)).toEqual({
    kind: 'tls',
    fingerprint: certificate.fingerprint,
    detail: {
      subject: 'CN=line-3, O=Plant',
      issuer: 'CN=line-3, O=Plant',
      notBefore: '2020-01-02T03:04:05.000Z',
      notAfter: '2040-01-02T03:04:05.000Z',
    },
  })
  await wait(50)
  expect(peer.received()).toBe('')
})

test('names in a certificate cannot steer the screen', async () => {
  const certificate = await makeCertificate({ name: 'CN=a\u001b[2J\u202egpj' })
  await using peer = await startTlsPeer(answering(answer('')), { certificate })
  const { detail } = await readOfferedPin(peer.address, never)
  expect(detail['subject']).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('an unknown certificate stops before anything is sent, and is named', async () => {
  await using peer = await startTlsPeer(answering(answer('')))
  const { failure } = await failureOf(connect(peer), 'pin-unknown')
  expect(failure).toMatchObject({ pinKind: 'tls', offered: peer.certificate.fingerprint })
  await wait(50)
  expect(peer.received()).toBe('')
})

test('a changed certificate stops before anything is sent, even with the same names', async () => {
  const accepted = await makeCertificate()
  await using peer = await startTlsPeer(answering(answer('')))
  const { failure } = await failureOf(connect(peer, accepted.fingerprint), 'pin-changed')
  expect(failure).toMatchObject({ pinned: accepted.fingerprint, offered: peer.certificate.fingerprint })
  await wait(50)
  expect(peer.received()).toBe('')
})

test('a new certificate of the same key is another certificate', async () => {
  const accepted = await makeCertificate()
  const renewed = await makeCertificate({ keys: accepted.keys })
  await using peer = await startTlsPeer(answering(answer('')), { certificate: renewed })
  await failureOf(connect(peer, accepted.fingerprint), 'pin-changed')
})

test('one of several accepted certificates is enough', async () => {
  await using peer = await startTlsPeer(answering(answer('hello')))
  const { fingerprint } = await makeCertificate()
  await using session = await connect(peer, fingerprint, peer.certificate.fingerprint)
  expect((await session.request(secret)).body.toString()).toBe('hello')
})

test.each([
  ['expired', { notAfter: new Date('2001-01-01T00:00:00Z'), notBefore: new Date('2000-01-01T00:00:00Z') }],
  [
    'not yet valid',
    { notAfter: new Date('2099-01-01T00:00:00Z'), notBefore: new Date('2098-01-01T00:00:00Z') },
  ],
  ['made for another name', { name: 'CN=somebody.else' }],
])('an accepted certificate that is %s still is the accepted one', async (_what, options) => {
  const certificate = await makeCertificate(options)
  await using peer = await startTlsPeer(answering(answer('hello')), { certificate })
  await using session = await connect(peer, certificate.fingerprint)
  expect((await session.request(secret)).status).toBe(200)
})

test('another device on the same port is found out when the connection is made anew', async () => {
  await using peer = await startTlsPeer(answering(answer('one', 'Connection: close')))
  await using session = await connect(peer, peer.certificate.fingerprint)
  expect((await session.request(secret)).status).toBe(200)
  const before = peer.received()
  peer.show(await makeCertificate())
  const error = await failureOf(session.request(secret), 'pin-changed')
  expect(certainlyNotSent(error)).toBe(true)
  await wait(50)
  expect(peer.received()).toBe(before)
})

// OpenSSL, unlike the library in Electron, has to be told that it may be as weak as that.
const weak = 'electron' in process.versions ? {} : { ciphers: 'DEFAULT@SECLEVEL=0' }

test.each([
  ['TLS 1.1 alone', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ...weak }],
  ['no cipher that goes with its key', { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }],
] as const)('a device that knows %s is refused as too weak', async (_what, options) => {
  await using peer = await startTlsPeer(answering(answer('')), options)
  await failureOf(connect(peer, peer.certificate.fingerprint), 'weak-crypto')
  await failureOf(readOfferedPin(peer.address, never), 'weak-crypto')
})

test.each([
  ['plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['garbage', '\x16\x03\x03\xff\xffgarbage'],
])('%s instead of TLS is told as such', async (_what, text) => {
  await using peer = await startTcpPeer((socket) => {
    socket.write(Buffer.from(text, 'latin1'))
  })
  const address = { protocol: 'https', host: '127.0.0.1', port: peer.port } as const
  await failureOf(
    connectHttps({ address, fingerprints: [], signal: never, deadlines: { handshakeMs: 1_000 } }),
    'unexpected-answer',
    'device-silent',
  )
})

test('a device that says nothing in the handshake is silent, and a cancel is heard there', async () => {
  await using peer = await startTcpPeer(() => undefined)
  const address = { protocol: 'https', host: '127.0.0.1', port: peer.port } as const
  const deadlines = { handshakeMs: 300 }
  const { failure } = await failureOf(
    connectHttps({ address, fingerprints: [], signal: never, deadlines }),
    'device-silent',
  )
  expect(failure).toMatchObject({ phase: 'handshake', seconds: 0.3 })
  const cancelled = failureOf(readOfferedPin(address, AbortSignal.timeout(200)), 'cancelled')
  expect(await timeOf(cancelled)).toBeLessThan(2_200)
})

test('a device that hangs up in the handshake, or is not there, is told apart', async () => {
  await using rude = await startTcpPeer((socket) => {
    socket.resetAndDestroy()
  })
  const address = { protocol: 'https', host: '127.0.0.1', port: rude.port } as const
  await failureOf(
    connectHttps({ address, fingerprints: [], signal: never }),
    'connection-lost',
    'device-unreachable',
  )
  await rude[Symbol.asyncDispose]()
  const { failure } = await failureOf(
    connectHttps({ address, fingerprints: [], signal: never }),
    'device-unreachable',
  )
  expect(failure).toMatchObject({ reason: 'refused' })
})

test('a host name that resolves to several addresses is tried at all of them', async () => {
  await using peer = await startTlsPeer(answering(answer('hello')))
  const address = { ...peer.address, host: 'localhost' }
  const fingerprints = [peer.certificate.fingerprint]
  await using session = await connectHttps({ address, fingerprints, signal: never })
  expect((await session.request(secret)).body.toString()).toBe('hello')
  expect(peer.received()).toContain(`Host: localhost:${String(peer.address.port)}\r\n`)
})
