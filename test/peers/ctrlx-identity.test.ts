import { expect, test } from 'vitest'
import { isFailure } from '../../src/shared/failure.ts'
import type { ProfileId } from '../../src/practice/ctrlx-core/profiles.ts'
import { password, posts, quiet, startPeer, user } from './ctrlx.ts'

const token = '/identity-manager/api/v2/auth/token'

test.each([
  ['X3', 'ctrlX CORE X3', 'arm64'],
  ['X7', 'ctrlX CORE X7', 'x64'],
  ['virtual', 'ctrlX CORE virtual', 'x64'],
] as const)('an %s says what it is', async (model, name, architecture) => {
  const { device, connect } = await startPeer({ model })
  await using session = await connect()
  const identity = await session.identify(quiet)
  expect(identity).toMatchObject({
    family: 'ctrlx-core',
    model: { value: name, provenance: 'probed' },
    architecture: { value: architecture },
    systemVersion: { value: '4.6' },
    serial: { value: device.serialNumber },
    operatingState: { value: 'OPERATING' },
  })
  expect(identity.rights?.value).toContain('rexroth-device.all.rwx')
  expect(identity.freeBytes?.value).toBeGreaterThan(0)
  const kinds = new Set(identity.apps?.value.map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual(['hardware', 'system', 'user'])
})

test.each(['1.12', '1.20', '2.6', '3.6', '4.4', '4.6'] as const)(
  'a device of the release %s names its system version',
  async (profile: ProfileId) => {
    const { connect } = await startPeer({ profile })
    await using session = await connect()
    expect((await session.identify(quiet)).systemVersion?.value).toBe(profile)
  },
)

test('a wrong password is refused after one attempt and nothing else is asked', async () => {
  const peer = await startPeer()
  const attempt = peer.connect({ credentials: { kind: 'password', user, password: 'Wrong-1234567' } })
  await expect(attempt).rejects.toMatchObject({ failure: { code: 'login-refused', user } })
  expect(peer.device.log().map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${token}`])
})

test('a changed certificate stops everything before the first request', async () => {
  const peer = await startPeer()
  await peer.device.renewCertificate()
  await expect(peer.connect()).rejects.toMatchObject({ failure: { code: 'pin-changed' } })
  expect(peer.device.log()).toEqual([])
})

test('a certificate that nobody accepted stops everything before the first request', async () => {
  const peer = await startPeer()
  await expect(peer.connect({ fingerprints: [] })).rejects.toMatchObject({ failure: { code: 'pin-unknown' } })
  expect(peer.device.log()).toEqual([])
})

test('a device without a free session says so', async () => {
  const peer = await startPeer({ sessionPolicy: { maxSessionsPerUser: 1 } })
  await using first = await peer.connect()
  expect(first.fingerprint).toBe(peer.device.fingerprint)
  await expect(peer.connect()).rejects.toMatchObject({ failure: { code: 'sessions-exhausted', user } })
})

test('leaving logs out, so that the session is free again', async () => {
  const peer = await startPeer({ sessionPolicy: { maxSessionsPerUser: 1 } })
  for (let time = 0; time < 3; time += 1) {
    await using session = await peer.connect()
    await session.identify(quiet)
  }
  expect(peer.device.log().filter(({ method }) => method === 'DELETE')).toHaveLength(3)
})

test('leaving a device that is gone neither throws nor takes long', async () => {
  const peer = await startPeer()
  const session = await peer.connect()
  await peer.device.powerOff()
  const began = performance.now()
  await session[Symbol.asyncDispose]()
  expect(performance.now() - began).toBeLessThan(2000)
  await peer.device.powerOn()
})

test('a session that expires is renewed once, at whichever request it happens', async () => {
  for (let index = 1; index <= 6; index += 1) {
    const peer = await startPeer()
    peer.device.inject({ effect: 'expire-session', method: 'GET', skip: index - 1 })
    await using session = await peer.connect()
    const identity = await session.identify(quiet)
    expect(identity.serial?.value).toBe(peer.device.serialNumber)
    expect(posts(peer, token), `request ${index}`).toBeLessThanOrEqual(2)
  }
})

test('a session that expires again is not renewed a second time', async () => {
  const peer = await startPeer()
  await using session = await peer.connect()
  peer.device.inject({ effect: 'expire-session', method: 'GET', times: 20 })
  await expect(session.identify(quiet)).rejects.toMatchObject({
    failure: { code: 'device-refused', status: 401 },
  })
  expect(posts(peer, token)).toBe(2)
})

test('a login page in place of an answer is an unexpected answer', async () => {
  const peer = await startPeer()
  await using session = await peer.connect()
  peer.device.inject({ effect: 'login-page', path: '/system/api/v1/info' })
  await expect(session.identify(quiet)).rejects.toMatchObject({ failure: { code: 'unexpected-answer' } })
})

test('a redirect is not followed and the token stays here', async () => {
  const other = await startPeer({ name: 'OTHER' })
  const peer = await startPeer()
  await using session = await peer.connect()
  peer.device.inject({
    effect: 'redirect',
    location: `${other.device.address}/system/api/v1/info`,
    path: '/system/api/v1/info',
  })
  await expect(session.identify(quiet)).rejects.toMatchObject({ failure: { code: 'redirect-refused' } })
  expect(other.device.log()).toEqual([])
})

test('what a device no longer tells is absent, not guessed', async () => {
  const peer = await startPeer()
  await using session = await peer.connect()
  peer.device.inject({ effect: 'status', status: 404, path: '/system/api/v1/typeplate' })
  peer.device.inject({ effect: 'status', status: 404, path: '/storage/api/v1/media' })
  const identity = await session.identify(quiet)
  expect(identity.serial).toBeUndefined()
  expect(identity.freeBytes).toBeUndefined()
  expect(identity.systemVersion?.value).toBe('4.6')
})

test('neither token nor password is in any failure', async () => {
  const peer = await startPeer()
  await using session = await peer.connect()
  peer.device.inject({ effect: 'status', status: 500, path: '/system/api/v1/info' })
  const error: unknown = await session.identify(quiet).catch((thrown: unknown) => thrown)
  expect(isFailure(error, 'device-refused')).toBe(true)
  const sent = peer.exchanges.map(({ requestHeaders }) => requestHeaders['authorization'] ?? '')
  const secrets = [
    password,
    ...new Set(sent.filter((header) => header !== '').map((header) => header.slice(7))),
  ]
  expect(secrets.length).toBeGreaterThan(1)
  for (const secret of secrets)
    expect(JSON.stringify((error as { failure: unknown }).failure)).not.toContain(secret)
})
