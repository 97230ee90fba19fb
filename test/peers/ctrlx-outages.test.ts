import { observeRestore } from './observe-restore.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isFailure } from '../../src/shared/failure.ts'
import { backUp, backUpOver, posts, quiet, startPeer, user } from './ctrlx.ts'
import { makeReady, observe, remarksOf, restore } from './restoring.ts'

const apply = '/setup/api/v1/apply'
const secret = 'Archive-1234'

test.each(['reset', 'end', 'silence'] as const)(
  'a lost answer to the changing call is found out about and never sent again: %s',
  async (how) => {
    const peer = await startPeer({}, { answerMs: 500 })
    const stored = await backUp(peer, { password: secret })
    peer.device.inject({ effect: 'lose-answer', how, method: 'POST', path: apply })
    const done = await restore(peer, stored, { password: secret })
    expect(done.commitment.kind).toBe('unanswered')
    expect(done.outcome).toBe('verified-new')
    expect(posts(peer, apply)).toBe(1)
  },
)

test('an upload that breaks off leaves the old state, which is verified', async () => {
  const peer = await startPeer({ payloadBytes: 300_000 })
  const stored = await backUp(peer, { password: secret })
  const { digest } = peer.device.content()
  peer.device.inject({ effect: 'cut-upload', afterBytes: 1000, how: 'reset', method: 'POST', path: apply })
  const done = await restore(peer, stored, { password: secret, withSafety: true })
  expect(done.commitment.kind).toBe('unanswered')
  expect(done.outcome).toBe('verified-old')
  expect(remarksOf(done)).toContain('never-begun')
  expect(peer.device.content().digest).toBe(digest)
  expect(posts(peer, apply)).toBe(1)
})

test('a gateway that answers the changing call for the device leaves it unanswered', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  peer.device.inject({ effect: 'status', status: 502, method: 'POST', path: apply })
  const done = await restore(peer, stored, { password: secret, withSafety: true })
  expect(done.commitment.kind).toBe('unanswered')
  expect(done.outcome).toBe('verified-old')
  expect(posts(peer, apply)).toBe(1)
})

test('a conflict is a clear no', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  const { session, prepared } = await makeReady(peer, stored, { password: secret })
  peer.device.inject({ effect: 'status', status: 409, method: 'POST', path: apply })
  expect(await prepared.commit(quiet)).toMatchObject({
    kind: 'refused',
    failure: { code: 'device-refused', status: 409 },
  })
  await session[Symbol.asyncDispose]()
})

test.each([
  [1, 'kept'],
  [2, 'kept'],
  [1, 'gone'],
  [2, 'gone'],
] as const)(
  'a restore with %i reboots and the task %s is followed to its end',
  async (reboots, taskAfterReboot) => {
    const peer = await startPeer({ rebootsDuringApply: reboots, taskAfterReboot })
    const stored = await backUp(peer, { password: secret })
    const phases = new Set<string>()
    const done = await restore(peer, stored, {
      password: secret,
      onProgress: ({ phase }) => phases.add(phase),
    })
    expect(done.outcome).toBe('verified-new')
    expect([...phases]).toEqual(
      expect.arrayContaining(['uploading', 'applying', 'waiting-for-device', 'verifying']),
    )
    expect(posts(peer, apply)).toBe(1)
  },
)

test('a lost answer and a reboot together are still found out about', async () => {
  const peer = await startPeer({ rebootsDuringApply: 1, taskAfterReboot: 'gone' })
  const stored = await backUp(peer, { password: secret })
  peer.device.inject({ effect: 'lose-answer', how: 'reset', method: 'POST', path: apply })
  const done = await restore(peer, stored, { password: secret })
  expect(done.outcome).toBe('verified-new')
  expect(posts(peer, apply)).toBe(1)
})

test('a device that does not come back is unknown, and the report says where to look', async () => {
  const peer = await startPeer({ rebootsDuringApply: 1 })
  const stored = await backUp(peer, { password: secret })
  peer.device.inject({ effect: 'no-return' })
  const ready = await makeReady(peer, stored, { password: secret })
  const done = await observe(peer, ready, await ready.prepared.commit(quiet), 1500)
  expect(done.outcome).toBe('unknown')
  expect(remarksOf(done)).toEqual(['device-not-back', 'address-may-have-changed'])
})

test('a login that the restore has replaced is not guessed, and asked for once', async () => {
  const theirs = { user, password: 'Source-12345' }
  const source = await startPeer({ credentials: theirs })
  await using session = await source.connect({ credentials: { kind: 'password', ...theirs } })
  const stored = await backUpOver(session, await session.identify(quiet), source.inventory, {
    password: secret,
  })
  const target = await startPeer({ model: 'virtual', name: 'SPARE', rebootsDuringApply: 1 })
  const done = await restore(target, stored, { password: secret })
  expect(done.outcome).toBe('unknown')
  expect(done.remarks).toEqual([{ remark: 'login-refused', facts: { user } }])
  const refused = target.device
    .log()
    .filter(({ status, path }) => status === 401 && path === '/identity-manager/api/v2/auth/token')
  expect(refused).toHaveLength(1)
  expect(posts(target, apply)).toBe(1)
})

test('a certificate that changes during the restore ends the asking before any credential', async () => {
  const peer = await startPeer({ rebootsDuringApply: 1 })
  const stored = await backUp(peer, { password: secret })
  const ready = await makeReady(peer, stored, { password: secret })
  const commitment = await ready.prepared.commit(quiet)
  await peer.device.renewCertificate()
  const asked = peer.device.log().length
  const done = await observe(peer, ready, commitment)
  expect(done.outcome).toBe('unknown')
  expect(remarksOf(done)).toContain('certificate-changed')
  const later = peer.device.log().slice(asked)
  expect(later.some(({ method }) => method === 'POST')).toBe(false)
})

test('a task that is gone and left no trace in the history is unknown', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  peer.device.inject({ effect: 'task-gone', task: 'apply' })
  const forgetful = setInterval(() => {
    peer.device.edit(() => ({ history: [] }))
  }, 2)
  const done = await restore(peer, stored, { password: secret }).finally(() => {
    clearInterval(forgetful)
  })
  expect(done.outcome).toBe('unknown')
  expect(remarksOf(done)).toEqual(['task-lost'])
})

test('a service that is not up yet after a reboot is waited for, whatever answers in its place', async () => {
  const peer = await startPeer({ rebootsDuringApply: 1, taskAfterReboot: 'gone' })
  const stored = await backUp(peer, { password: secret })
  const ready = await makeReady(peer, stored, { password: secret })
  const commitment = await ready.prepared.commit(quiet)
  peer.device.inject({ effect: 'status', status: 404, path: /^\/setup\//, skip: 6, times: 4 })
  peer.device.inject({ effect: 'login-page', path: /^\/setup\//, skip: 6, times: 4 })
  peer.device.inject({ effect: 'redirect', location: '/maintenance', path: /^\/setup\//, skip: 6, times: 4 })
  expect((await observe(peer, ready, commitment)).outcome).toBe('verified-new')
  expect(posts(peer, apply)).toBe(1)
})

test.each(['reset', 'end', 'silence'] as const)(
  'an upload that is cut anywhere leaves the old state and is never repeated: %s',
  async (how) => {
    const peer = await startPeer({ payloadBytes: 100_000 }, { answerMs: 300 })
    const stored = await backUp(peer, { password: secret })
    const { digest } = peer.device.content()
    const size = stored.record.sizeBytes
    for (const [index, afterBytes] of [0, 1, Math.floor(size / 2), size - 1].entries()) {
      peer.device.inject({ effect: 'cut-upload', afterBytes, how, method: 'POST', path: apply })
      const done = await restore(peer, stored, { password: secret, withSafety: true })
      expect(done.commitment.kind, `${afterBytes} bytes`).toBe('unanswered')
      expect(done.outcome, `${afterBytes} bytes`).toBe('verified-old')
      expect(posts(peer, apply)).toBe(index + 1)
    }
    expect(peer.device.content().digest).toBe(digest)
  },
)

test('a restore that was cut by a power failure is unknown', async () => {
  const peer = await startPeer({ stepMs: 40, taskAfterReboot: 'gone' })
  const stored = await backUp(peer, { password: secret })
  const ready = await makeReady(peer, stored, { password: secret, withSafety: true })
  const commitment = await ready.prepared.commit(quiet)
  await wait(100)
  await peer.device.powerOff()
  await wait(50)
  await peer.device.powerOn()
  const done = await observe(peer, ready, commitment, 5000)
  expect(done.outcome).toBe('unknown')
  expect(posts(peer, apply)).toBe(1)
})

test('a task without a state at 100 % counts as done by its last line', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  peer.device.inject({ effect: 'task-state-null', task: 'apply', polls: 10_000 })
  expect((await restore(peer, stored, { password: secret })).outcome).toBe('verified-new')
})

test('a task that no longer moves is unknown', async () => {
  const peer = await startPeer({}, { stallMs: 800 })
  const stored = await backUp(peer, { password: secret })
  peer.device.inject({ effect: 'task-stuck', task: 'apply', progress: 60 })
  const done = await restore(peer, stored, { password: secret })
  expect(done.outcome).toBe('unknown')
  expect(remarksOf(done)).toEqual(['task-stalled'])
})

test('a session that expires while the restore is followed is renewed, and the call is not repeated', async () => {
  for (const skip of [0, 2, 4, 8, 12, 16]) {
    const peer = await startPeer()
    const stored = await backUp(peer, { password: secret })
    const ready = await makeReady(peer, stored, { password: secret })
    const commitment = await ready.prepared.commit(quiet)
    peer.device.inject({ effect: 'expire-session', method: 'GET', skip })
    const done = await observe(peer, ready, commitment)
    expect(done.outcome, `request ${skip}`).toBe('verified-new')
    expect(posts(peer, apply)).toBe(1)
  }
})

test('a session that expires right before the changing call is a clear no', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  const { session, prepared } = await makeReady(peer, stored, { password: secret })
  peer.device.inject({ effect: 'expire-session', method: 'POST', path: apply })
  expect(await prepared.commit(quiet)).toMatchObject({ kind: 'refused', failure: { status: 401 } })
  await session[Symbol.asyncDispose]()
  expect(posts(peer, apply)).toBe(1)
})

test('a restore can be found out about after Ferrite was closed', async () => {
  const peer = await startPeer({ rebootsDuringApply: 1, taskAfterReboot: 'gone' })
  const stored = await backUp(peer, { password: secret })
  const ready = await makeReady(peer, stored, { password: secret })
  const commitment = await ready.prepared.commit(quiet)
  await ready.session[Symbol.asyncDispose]()
  await wait(800)
  const done = await observeRestore(peer.family, {
    restore: ready.request,
    before: ready.before,
    commitment: commitment as Exclude<typeof commitment, { kind: 'refused' }>,
    session: undefined,
    reconnect: async (signal) => await peer.connect({ signal }),
    safety: undefined,
    limitMs: 5000,
  })
  expect(done.outcome).toBe('verified-new')
  expect(posts(peer, apply)).toBe(1)
})

test('cancelling the wait for a restore ends it at once and says so', async () => {
  const peer = await startPeer({ stepMs: 100 })
  const stored = await backUp(peer, { password: secret })
  const controller = new AbortController()
  const ready = await makeReady(peer, stored, { password: secret, signal: controller.signal })
  const commitment = await ready.prepared.commit(quiet)
  const observed = observe(peer, ready, commitment)
  await wait(50)
  controller.abort()
  const error: unknown = await observed.catch((thrown: unknown) => thrown)
  expect(isFailure(error, 'cancelled')).toBe(true)
})

test.each(['request', 'task'] as const)('a device without room keeps its old state: %s', async (noticed) => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  const { digest } = peer.device.content()
  const ready = await makeReady(peer, stored, { password: secret, withSafety: true })
  peer.device.inject({ effect: 'disk-full', task: 'apply', noticed })
  const commitment = await ready.prepared.commit(quiet)
  expect(commitment.kind).toBe(noticed === 'request' ? 'unanswered' : 'accepted')
  const done = await observe(peer, ready, commitment)
  expect(done.outcome).toBe('verified-old')
  expect(peer.device.content().digest).toBe(digest)
})

test('a task that fails is never shown as done', async () => {
  const peer = await startPeer()
  const stored = await backUp(peer, { password: secret })
  peer.device.inject({ effect: 'task-failed', task: 'apply', error: 'Internal error' })
  const done = await restore(peer, stored, { password: secret, withSafety: true })
  expect(done.outcome).not.toBe('verified-new')
  expect(done.remarks).toContainEqual({ remark: 'task-failed', facts: { detail: 'Internal error' } })
  expect(done.errorCount).toBeGreaterThan(0)
})
