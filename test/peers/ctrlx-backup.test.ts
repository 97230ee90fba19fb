import { expect, test } from 'vitest'
import { readArchive, recognises } from '../../src/main/families/ctrlx-core/archive.ts'
import type { ProfileId } from '../../src/practice/ctrlx-core/profiles.ts'
import { backUp, posts, quiet, startPeer } from './ctrlx.ts'

const create = '/setup/api/v1/create'

test.each(['1.20', '2.6', '3.6', '4.4', '4.6'] as const)(
  'a device of the release %s is backed up and the archive says where it came from',
  async (profile: ProfileId) => {
    const peer = await startPeer({ profile })
    const stored = await backUp(peer, { password: 'Archive-1234' })
    expect(recognises(stored.archive)).toBe(true)
    expect(stored.record.fileName).toMatch(/^\d{4}-\d{2}-\d{2}_\d{2}-\d{2}-\d{2}_ctrlx-setup\.zip$/)
    expect(stored.closing).toMatchObject({ passwordProtected: true, messages: [] })
    const said = await readArchive(stored.archive, stored.record.source, quiet)
    expect(said).toMatchObject({
      model: { value: 'ctrlX CORE X7', provenance: 'archive' },
      architecture: { value: 'x64', provenance: 'archive' },
      serial: { value: peer.device.serialNumber, provenance: 'archive' },
      systemVersion: { value: profile },
    })
    expect(posts(peer, create)).toBe(1)
  },
)

test('progress tells the percent and the words of the device', async () => {
  const { progress } = await backUp(await startPeer({ stepMs: 15 }))
  expect(progress.every(({ phase }) => phase === 'device-preparing')).toBe(true)
  expect(progress.some(({ percent }) => percent !== undefined && percent > 0)).toBe(true)
  expect(progress.some(({ deviceStep }) => deviceStep !== undefined)).toBe(true)
})

test('what is not in the backup is named with its reason', async () => {
  const peer = await startPeer()
  peer.device.edit((state) => ({
    apps: state.apps.map((app, index) =>
      !app.required && index === state.apps.findIndex(({ required }) => !required)
        ? { ...app, enabled: false }
        : app,
    ),
  }))
  const { closing } = await backUp(peer)
  const reasons = closing.scope.leftOut.map(({ reason }) => reason)
  expect(reasons).toEqual(
    expect.arrayContaining(['disabled-app', 'licence', 'logbook', 'secret-without-password']),
  )
})

test('parts that are not chosen are not in the archive', async () => {
  const peer = await startPeer()
  await using session = await peer.connect()
  const { parts } = await session.scope(quiet)
  const chosen = parts.map(({ id }) => id).filter((id) => id !== 'connectivity' && id !== 'packageManagement')
  const { archive, closing } = await backUp(peer, { parts: chosen })
  const setup = JSON.parse((await archive.readBytes('ctrlx-setup.json', 1 << 24)).toString()) as object
  expect(setup).not.toHaveProperty('connectivity')
  expect(setup).toHaveProperty('identityManagement')
  expect(closing.scope.parts.filter((part) => !part.chosen).map(({ id }) => id)).toEqual([
    'packageManagement',
    'connectivity',
  ])
})

test('a device of the first generation gives a tar and wants a password', async () => {
  const peer = await startPeer({ profile: '1.12' })
  await expect(backUp(peer)).rejects.toMatchObject({ failure: { code: 'bad-input', field: 'password' } })
  expect(posts(peer, '/backup/api/v1/backup')).toBe(0)
  await expect(backUp(peer, { password: '1-not-allowed' })).rejects.toMatchObject({
    failure: { code: 'bad-input', field: 'password' },
  })
  const stored = await backUp(peer, { password: 'Archive-1234' })
  expect(stored.record.container).toBe('tar')
  expect(recognises(stored.archive)).toBe(true)
  const said = await readArchive(stored.archive, stored.record.source, quiet)
  expect(said.serial).toMatchObject({ value: peer.device.serialNumber, provenance: 'recorded' })
})

test('a task that the device calls failed is a failure with the words of the device', async () => {
  const peer = await startPeer()
  peer.device.inject({ effect: 'task-failed', task: 'create', error: 'No space left on device' })
  await expect(backUp(peer)).rejects.toMatchObject({
    failure: { code: 'device-task-failed', detail: expect.stringContaining('No space left on device') },
  })
})

test('a full device is a failure, whether it says so at once or later', async () => {
  for (const noticed of ['request', 'task'] as const) {
    const peer = await startPeer()
    peer.device.inject({ effect: 'disk-full', task: 'create', noticed })
    await expect(backUp(peer)).rejects.toMatchObject({
      failure: { code: 'device-full' },
    })
  }
})

test('a task that no longer moves is given up', async () => {
  const peer = await startPeer({}, { stallMs: 800 })
  peer.device.inject({ effect: 'task-stuck', task: 'create', progress: 40 })
  await expect(backUp(peer)).rejects.toMatchObject({ failure: { code: 'device-task-stalled' } })
})

test('a task without a state at 100 % is waited for', async () => {
  const peer = await startPeer()
  peer.device.inject({ effect: 'task-state-null', task: 'create', polls: 5 })
  const { archive } = await backUp(peer)
  expect(archive.find('ctrlx-setup.json')).toBeDefined()
})

test('a login without full access may not fetch the file of a newer device', async () => {
  const peer = await startPeer({
    users: [{ user: 'operator', password: 'Operator-1234', permissions: ['networkmanager.all.r'] }],
  })
  await using session = await peer.connect({
    credentials: { kind: 'password', user: 'operator', password: 'Operator-1234' },
  })
  const attempt = session.backUp({ signal: quiet, onProgress: () => undefined })
  await expect(attempt).rejects.toMatchObject({
    failure: {
      code: 'rights-missing',
      user: 'operator',
      right: expect.stringContaining('rexroth-device.all.rwx'),
    },
  })
})

test.each([
  { effect: 'wrong-length', deltaBytes: -10 },
  { effect: 'cut-download', afterBytes: 100, how: 'reset' },
  { effect: 'cut-download', afterBytes: 100, how: 'end' },
  { effect: 'truncate-file', keepBytes: 500 },
] as const)('a file that does not come whole is never taken for one: $effect', async (fault) => {
  const peer = await startPeer({ payloadBytes: 200_000 })
  peer.device.inject({ ...fault, path: /^\/setup\/api\/v1\/setups\/./, times: 2 })
  await expect(backUp(peer)).rejects.toMatchObject({
    failure: { code: expect.stringMatching(/^(length-mismatch|connection-lost|unexpected-answer)$/) },
  })
})

test('a web page in place of the file is not taken for it', async () => {
  const peer = await startPeer()
  peer.device.inject({ effect: 'login-page', path: /^\/setup\/api\/v1\/setups\/./ })
  await expect(backUp(peer)).rejects.toMatchObject({ failure: { code: 'unexpected-answer' } })
})

test('a gateway that is down for a moment while the task runs does no harm', async () => {
  const peer = await startPeer()
  peer.device.inject({
    effect: 'status',
    status: 503,
    path: /^\/setup\/api\/v1\/tasks\/./,
    skip: 1,
    times: 2,
  })
  const { archive } = await backUp(peer)
  expect(archive.find('ctrlx-setup.json')).toBeDefined()
  expect(posts(peer, create)).toBe(1)
})

test('a lost answer to the start of a backup is not answered by a second start', async () => {
  const peer = await startPeer()
  peer.device.inject({ effect: 'lose-answer', how: 'reset', method: 'POST', path: create })
  await expect(backUp(peer)).rejects.toMatchObject({ failure: { code: 'connection-lost' } })
  expect(posts(peer, create)).toBe(1)
})

test('a session that expires during a backup is renewed once, at whichever reading request it happens', async () => {
  let struck = 0
  for (let skip = 0; skip < 24; skip += 2) {
    const peer = await startPeer()
    peer.device.inject({ effect: 'expire-session', method: 'GET', skip })
    const { archive } = await backUp(peer)
    expect(archive.find('ctrlx-setup.json'), `request ${skip}`).toBeDefined()
    const logins = posts(peer, '/identity-manager/api/v2/auth/token')
    expect(logins).toBeLessThanOrEqual(2)
    struck += logins - 1
    expect(posts(peer, create)).toBe(1)
  }
  expect(struck).toBeGreaterThan(8)
})

test('cancelling while the device prepares its file ends at once', async () => {
  const peer = await startPeer({ stepMs: 200 })
  await using session = await peer.connect()
  const controller = new AbortController()
  const attempt = session.backUp({
    signal: controller.signal,
    onProgress: () => {
      controller.abort()
    },
  })
  const began = performance.now()
  await expect(attempt).rejects.toThrow()
  expect(performance.now() - began).toBeLessThan(1500)
})
