import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { check, mayRestore } from '../../src/shared/compatibility/check.ts'
import type { Fit } from '../../src/shared/model/finding.ts'
import { isFailure } from '../../src/shared/failure.ts'
import { readArchive } from '../../src/main/families/ctrlx-core/archive.ts'
import { backUp, posts, quiet, restoreRequest, startPeer, type Peer, type Stored } from './ctrlx.ts'
import { makeReady, observe, remarksOf, restore } from './restoring.ts'

const apply = '/setup/api/v1/apply'
const secret = 'Archive-1234'

/** Whether the family's own rules let an archive onto a device. */
async function fitOf(stored: Stored, target: Peer): Promise<Fit> {
  await using session = await target.connect()
  const source = await readArchive(stored.archive, stored.record.source, quiet)
  return check(target.family.rules, {
    record: stored.record,
    archive: { source, unsafeEntries: [], hashMatches: true, unpackedBytes: undefined },
    target: await session.identify(quiet),
    targetDevice: { name: target.inventory.name, pinned: true },
  })
}

test('an archive of an X7 is restored to a virtual one of the same version and verified', async () => {
  const source = await startPeer({ model: 'X7', payloadBytes: 50_000 })
  const target = await startPeer({ model: 'virtual', name: 'SPARE' })
  const stored = await backUp(source, { password: secret })
  expect(mayRestore((await fitOf(stored, target)).verdict)).toBe(true)
  const done = await restore(target, stored, { password: secret, withSafety: true })
  expect(done.commitment.kind).toBe('accepted')
  expect(done).toMatchObject({ outcome: 'verified-new' })
  expect(remarksOf(done)).toContain('app-data-not-compared')
  expect(posts(target, apply)).toBe(1)
  const [was, is] = [source.device.content(), target.device.content()]
  expect(is.files['active/configuration.json']).toBe(was.files['active/configuration.json'])
  expect(is.serialNumber).not.toBe(was.serialNumber)
  expect(is.operatingState).toBe('OPERATING')
})

test('an archive goes back to its own device without errors', async () => {
  const peer = await startPeer({ payloadBytes: 50_000 })
  const stored = await backUp(peer, { password: secret })
  const before = peer.device.content()
  peer.device.edit((state) => ({ hostname: `${state.hostname}-changed` }))
  const done = await restore(peer, stored, { password: secret })
  expect(done).toMatchObject({ outcome: 'verified-new', errorCount: 0, differences: [] })
  expect(peer.device.content().hostname).toBe(before.hostname)
})

test.each(['1.20', '2.6', '3.6', '4.4'] as const)(
  'a device of the release %s is restored and verified',
  async (profile) => {
    const peer = await startPeer({ profile })
    const stored = await backUp(peer, { password: secret })
    const done = await restore(peer, stored, { password: secret })
    expect(done.outcome).toBe('verified-new')
    expect(posts(peer, apply)).toBe(1)
    // Devices before 2.2 do not tell their settings.
    expect(remarksOf(done).includes('settings-not-compared')).toBe(profile === '1.20')
  },
)

test('a device of the first generation is restored through its own interface', async () => {
  const peer = await startPeer({ profile: '1.12' })
  const stored = await backUp(peer, { password: secret })
  const done = await restore(peer, stored, { password: secret })
  expect(done.outcome).toBe('verified-new')
  expect(posts(peer, '/backup/api/v1/restore')).toBe(1)
  expect(posts(peer, apply)).toBe(0)
})

test('the device left in SERVICE is brought back to its former state and that is said', async () => {
  const source = await startPeer({ model: 'X7' })
  const target = await startPeer({ model: 'virtual', name: 'SPARE' })
  target.device.edit((state) => ({ apps: state.apps.filter(({ required }) => required) }))
  const done = await restore(target, await backUp(source, { password: secret }), { password: secret })
  expect(done.outcome).toBe('verified-new')
  expect(done.remarks).toContainEqual({
    remark: 'state-brought-back',
    facts: { from: 'SERVICE', to: 'OPERATING' },
  })
  expect(target.device.content().operatingState).toBe('OPERATING')
})

test('a device that does not go back to its former state stays as it is, and the report says so', async () => {
  const source = await startPeer({ model: 'X7' })
  const target = await startPeer({ model: 'virtual', name: 'SPARE' })
  target.device.edit((state) => ({ apps: state.apps.filter(({ required }) => required) }))
  const stored = await backUp(source, { password: secret })
  const stateNode = /scheduler\/admin\/state$/
  target.device.inject({ effect: 'status', status: 409, method: 'PUT', path: stateNode, times: 99 })
  const done = await restore(target, stored, { password: secret })
  expect(done.outcome).toBe('verified-new')
  expect(done.remarks).toContainEqual({
    remark: 'stays-in-service',
    facts: { state: 'SERVICE', former: 'OPERATING' },
  })
  expect(target.device.content().operatingState).toBe('SERVICE')
})

test('an archive of an X3 is blocked for an X7 and for a virtual one', async () => {
  const stored = await backUp(await startPeer({ model: 'X3' }))
  for (const model of ['X7', 'virtual'] as const) {
    const fit = await fitOf(stored, await startPeer({ model }))
    expect(fit.verdict).toBe('blocked')
    expect(fit.findings[0]).toMatchObject({ rule: 'C1', result: 'blocker' })
  }
})

test('an archive of another system version is blocked', async () => {
  const stored = await backUp(await startPeer({ profile: '4.4' }))
  const fit = await fitOf(stored, await startPeer({ profile: '4.6' }))
  expect(fit.verdict).toBe('blocked')
  expect(fit.findings[0]).toMatchObject({
    rule: 'C2',
    archiveValue: { value: '4.4' },
    deviceValue: { value: '4.6' },
  })
})

test('ERROR lines of a task that is done are counted and shown', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  const line = "certificateManagement: action 'delete' not allowed for device.hsm"
  peer.device.inject({ effect: 'protocol-errors', lines: [line] })
  const done = await restore(peer, stored, { password: secret })
  expect(done).toMatchObject({ outcome: 'verified-new', errorCount: 1 })
  expect(done.protocol.some(({ severity, text }) => severity === 'ERROR' && text.includes(line))).toBe(true)
})

test('apps that are not as the archive says are no success, whatever the task says', async () => {
  const peer = await startPeer({ rebootsDuringApply: 0 })
  const stored = await backUp(peer, { password: secret })
  const ready = await makeReady(peer, stored, { password: secret })
  const commitment = await ready.prepared.commit(quiet)
  const gone = setInterval(() => {
    peer.device.edit((state) => ({ apps: state.apps.filter(({ name }) => name !== 'rexroth-plc') }))
  }, 5)
  const done = await observe(peer, ready, commitment)
  clearInterval(gone)
  expect(done.outcome).toBe('unknown')
  expect(done.differences).toContainEqual(expect.objectContaining({ what: 'app rexroth-plc' }))
})

test('a restore that fails half way is of unknown outcome and the device is left as it is', async () => {
  const source = await startPeer({ model: 'X7' })
  const target = await startPeer({ model: 'virtual', name: 'SPARE' })
  target.device.edit((state) => ({ apps: state.apps.filter(({ required }) => required) }))
  target.device.inject({ effect: 'half-applied' })
  const done = await restore(target, await backUp(source, { password: secret }), {
    password: secret,
    withSafety: true,
  })
  expect(done.outcome).toBe('unknown')
  expect(remarksOf(done)).toContain('task-failed')
  expect(remarksOf(done)).not.toContain('state-brought-back')
})

test.each(['task-fails', 'refused'] as const)(
  'a wrong password changes nothing, and that is said: %s',
  async (wrongPassword) => {
    const peer = await startPeer({ wrongPassword })
    const stored = await backUp(peer, { password: secret })
    const { digest } = peer.device.content()
    const ready = await makeReady(peer, stored, { password: 'Wrong-12345', withSafety: true })
    const commitment = await ready.prepared.commit(quiet)
    if (commitment.kind === 'refused') {
      expect(wrongPassword).toBe('refused')
      expect(commitment.failure.code).toBe('device-refused')
      await ready.session[Symbol.asyncDispose]()
    } else {
      const done = await observe(peer, ready, commitment)
      expect(done.outcome).toBe('verified-old')
      expect(remarksOf(done)).toContain('task-failed')
    }
    expect(peer.device.content().digest).toBe(digest)
  },
)

test('an archive with a password needs it before anything is sent', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  await using session = await peer.connect()
  await expect(session.prepareRestore!(restoreRequest(peer, stored))).rejects.toMatchObject({
    failure: { code: 'password-needed' },
  })
  expect(posts(peer, apply)).toBe(0)
})

test.each(['merge', 'replace'] as const)('a %s does with other apps what its name says', async (mode) => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  peer.device.edit((state) => {
    const model = state.apps.find(({ required }) => !required)!
    return { apps: [...state.apps, { ...model, name: 'extra-app' }] }
  })
  const done = await restore(peer, stored, { password: secret, mode })
  expect(done).toMatchObject({ outcome: 'verified-new', differences: [] })
  const left = peer.device.content().apps.some(({ name }) => name === 'extra-app')
  expect(left).toBe(mode === 'merge')
})

test('a device that would take a replace for a merge is not asked for one', async () => {
  const peer = await startPeer({ profile: '1.20' })
  const stored = await backUp(peer)
  await using session = await peer.connect()
  await session.identify(quiet)
  await expect(
    session.prepareRestore!(restoreRequest(peer, stored, { mode: 'replace' })),
  ).rejects.toMatchObject({ failure: { code: 'bad-input', field: 'mode' } })
})

test('an archive that says nothing of itself is no success, even where the device calls it done', async () => {
  const peer = await startPeer({ profile: '1.12' })
  const stored = await backUp(peer, { password: secret })
  const { apps, ...source } = stored.record.source
  expect(apps).toBeDefined()
  const done = await restore(peer, { ...stored, record: { ...stored.record, source } }, { password: secret })
  expect(done.outcome).toBe('unknown')
  expect(remarksOf(done)).toContain('nothing-to-compare')
})

test('a device that is busy with another task is not asked to restore', async () => {
  const peer = await startPeer({ stepMs: 50 })
  const stored = await backUp(peer)
  await using other = await peer.connect()
  const controller = new AbortController()
  const running = other.backUp({ signal: controller.signal, onProgress: () => undefined })
  running.catch(() => undefined)
  await expect.poll(() => posts(peer, '/setup/api/v1/create')).toBe(2)
  await using session = await peer.connect()
  await expect(session.prepareRestore!(restoreRequest(peer, stored))).rejects.toMatchObject({
    failure: { code: 'device-state' },
  })
  controller.abort()
})

test('another device at the same address is noticed on the connection that would change it', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer)
  await using session = await peer.connect()
  const before = await session.identify(quiet)
  await session.prepareRestore!(restoreRequest(peer, stored))
  peer.device.becomeAnother({ serialNumber: '7299999999999' })
  await expect(session.identify(quiet)).rejects.toMatchObject({
    failure: {
      code: 'wrong-device',
      expected: expect.stringContaining(before.serial?.value ?? 'unknown') as string,
      actual: expect.stringContaining('7299999999999') as string,
    },
  })
  expect(posts(peer, apply)).toBe(0)
})

test('a restore is not sent over another connection than the one on which the identity was read', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer)
  const { session, prepared } = await makeReady(peer, stored)
  await peer.device.powerOff()
  await wait(50)
  await peer.device.powerOn()
  const error: unknown = await prepared.commit(quiet).catch((thrown: unknown) => thrown)
  expect(isFailure(error, 'connection-lost')).toBe(true)
  await session[Symbol.asyncDispose]()
  expect(posts(peer, apply)).toBe(0)
})

test('a restore cannot be sent twice', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer)
  const ready = await makeReady(peer, stored)
  const commitment = await ready.prepared.commit(quiet)
  await expect(ready.prepared.commit(quiet)).rejects.toThrow('at most once')
  await observe(peer, ready, commitment)
  expect(posts(peer, apply)).toBe(1)
})

test('a file that has changed its size since it was hashed is not sent', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer)
  await using session = await peer.connect()
  const { record } = stored
  const changed = { ...stored, record: { ...record, sizeBytes: record.sizeBytes + 1 } }
  await expect(session.prepareRestore!(restoreRequest(peer, changed))).rejects.toMatchObject({
    failure: { code: 'file-unreadable' },
  })
})
