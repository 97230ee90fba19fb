import { readFile } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { openArchive } from '../../src/main/archives/open.ts'
import type { Ferrite } from '../../src/main/compose.ts'
import type { Device } from '../../src/shared/model/device.ts'
import type { ArchiveRecord } from '../../src/shared/model/record.ts'
import type { RestorePlan, RestoreReport } from '../../src/shared/model/restore.ts'
import { failureOf } from '../main/archives/outcomes.ts'
import {
  addDevice,
  contextOf,
  lineFlows,
  optionsOf,
  password,
  quiet,
  startFerrite,
  startPeer,
  startRelay,
  user,
  type FlowNode,
  type Peer,
} from './node-red.ts'

// Each test starts the real Node-RED, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const account = { user, password, permissions: '*' }
const withPassword = { kind: 'password', user, password } as const

const findingOf = ({ fit }: RestorePlan, rule: string) => fit.findings.find((each) => each.rule === rule)
const remarksOf = ({ remarks }: RestoreReport) => remarks.map(({ remark }) => remark)

async function contentOf({ vault }: Ferrite, { id }: ArchiveRecord): Promise<string> {
  return await readFile(await vault.contentPath(id), 'utf8')
}

/** A Node-RED with flows and a backup of it. */
async function backedUp(flows: readonly FlowNode[] = lineFlows()): Promise<{
  readonly peer: Peer
  readonly ferrite: Ferrite
  readonly device: Device
  readonly record: ArchiveRecord
}> {
  const peer = await startPeer()
  const ferrite = await startFerrite()
  await peer.deploy(flows)
  const device = await addDevice(ferrite, 'line-3', peer)
  const record = await ferrite.backUp({ device }, contextOf())
  return { peer, ferrite, device, record }
}

test('an open instance is backed up without any login, byte for byte, and changed flows come back', async () => {
  const { peer, ferrite, device, record } = await backedUp()
  const before = await peer.read()
  expect(await contentOf(ferrite, record)).toBe(before)
  expect(record).toMatchObject({
    container: 'json',
    proof: 'L2',
    fileName: expect.stringMatching(/^flows-line-3-\d{8}T\d{6}Z\.json$/) as string,
    source: {
      systemVersion: { value: expect.stringMatching(/^4\.1\./) as string, provenance: 'recorded' },
      model: { value: 'Node-RED' },
    },
  })
  expect(record.scope.leftOut.map(({ what }) => what)).toContain('credentials')

  await peer.deploy([...lineFlows('changed'), { id: 'extra', type: 'tab', label: 'Extra' }])
  const plan = await ferrite.planRestore(record.id, device, optionsOf(), quiet)
  expect(plan.fit.verdict).toBe('cautions')
  expect(plan.removals).toEqual([{ kind: 'flow', what: 'Extra' }])
  const changed = await peer.read()
  const report = await ferrite.restore(plan, undefined, contextOf())
  expect(report).toMatchObject({ outcome: 'verified-new', clean: true, differences: [], errorCount: 0 })
  expect(remarksOf(report)).toEqual(['credentials-to-enter'])
  expect(await peer.read()).toBe(before)
  // Its own two deployments and the one of the restore.
  expect(peer.deployments()).toBe(3)
  const safety = await ferrite.vault.read(report.safetyArchiveId!)
  expect(await contentOf(ferrite, safety)).toBe(changed)
})

test('a merge overwrites nodes of the same id and keeps what the archive does not hold', async () => {
  const { peer, ferrite, device, record } = await backedUp()
  const extra = { id: 'extra', type: 'tab', label: 'Extra', disabled: false, info: '' }
  await peer.deploy([extra, ...lineFlows('changed')])
  const plan = await ferrite.planRestore(record.id, device, optionsOf({ mode: 'merge' }), quiet)
  expect(plan.removals).toEqual([])
  const report = await ferrite.restore(plan, undefined, contextOf())
  expect(report).toMatchObject({ outcome: 'verified-new', clean: true })
  expect(await peer.flows()).toEqual([...lineFlows(), extra])
})

test('where a login is asked for, it is sent only then, checked, and its token forgotten afterwards', async () => {
  const peer = await startPeer({ users: [account] })
  const ferrite = await startFerrite()
  const device = await addDevice(ferrite, 'locked', peer, { user })
  expect(await failureOf(async () => ferrite.connect(device, quiet))).toEqual({
    code: 'credentials-needed',
    device: 'locked',
  })
  ferrite.credentials.giveForSession(device.id, { ...withPassword, password: 'wrong' })
  expect(await failureOf(async () => ferrite.connect(device, quiet))).toMatchObject({
    code: 'login-refused',
    user,
  })
  ferrite.credentials.giveForSession(device.id, withPassword)
  const record = await ferrite.backUp({ device }, contextOf())
  expect(await contentOf(ferrite, record)).toBe(await peer.read())
  expect(peer.events('auth.login.revoke')).toBe(1)
  expect(peer.output()).not.toContain(password)
})

test('a certificate that is not the accepted one gets no login', async () => {
  const peer = await startPeer({ users: [account] })
  const ferrite = await startFerrite()
  const device = await addDevice(ferrite, 'other', { ...peer, fingerprint: 'ab'.repeat(32) }, { user })
  ferrite.credentials.giveForSession(device.id, withPassword)
  const logins = peer.events('auth.login')
  expect(await failureOf(async () => ferrite.connect(device, quiet))).toMatchObject({ code: 'pin-changed' })
  expect(peer.events('auth.login')).toBe(logins)
})

test('a login that may only read is told before a restore, and makes a backup', async () => {
  const peer = await startPeer({ users: [account, { ...account, user: 'viewer', permissions: 'read' }] })
  const ferrite = await startFerrite()
  await peer.deploy(lineFlows())
  const device = await addDevice(ferrite, 'viewed', peer, { user: 'viewer' })
  ferrite.credentials.giveForSession(device.id, withPassword)
  const record = await ferrite.backUp({ device }, contextOf())
  const plan = await ferrite.planRestore(record.id, device, optionsOf(), quiet)
  expect(findingOf(plan, 'P2d')).toMatchObject({ result: 'blocker', deviceValue: { value: 'read' } })
  const accepted = [{ rule: 'P2d', reason: 'to see what the instance says' }]
  const agreed = await ferrite.planRestore(record.id, device, optionsOf({ accepted }), quiet)
  expect(await failureOf(async () => ferrite.restore(agreed, undefined, contextOf()))).toMatchObject({
    code: 'rights-missing',
    right: 'flows.write',
  })
  expect(peer.deployments()).toBe(1)
})

test('a node type that the target lacks blocks, names the module, and overridden is found not to run', async () => {
  const modules = { 'node-red-contrib-press': { version: '1.2.3', type: 'press in' } }
  const source = await startPeer({ modules })
  const target = await startPeer()
  const ferrite = await startFerrite()
  await source.deploy([...lineFlows(), { id: 'in', type: 'press in', z: 'tab-line', wires: [[]] }])
  const from = await addDevice(ferrite, 'source', source)
  const to = await addDevice(ferrite, 'target', target)
  const record = await ferrite.backUp({ device: from }, contextOf())
  expect(record.scope.leftOut).toContainEqual({
    what: 'node-red-contrib-press 1.2.3',
    reason: 'installed-separately',
  })
  const plan = await ferrite.planRestore(record.id, to, optionsOf(), quiet)
  expect(plan.fit.verdict).toBe('blocked')
  expect(findingOf(plan, 'P2a')).toMatchObject({
    result: 'blocker',
    reason: 'module-missing',
    facts: { types: 'press in', modules: 'node-red-contrib-press 1.2.3' },
  })
  expect(await failureOf(async () => ferrite.restore(plan, undefined, contextOf()))).toMatchObject({
    code: 'restore-blocked',
  })
  expect(target.deployments()).toBe(0)

  const accepted = [{ rule: 'P2a', reason: 'the module is installed later today' }]
  const agreed = await ferrite.planRestore(record.id, to, optionsOf({ accepted }), quiet)
  const report = await ferrite.restore(agreed, undefined, contextOf())
  expect(report).toMatchObject({
    outcome: 'verified-new',
    clean: false,
    differences: [{ what: 'node type press in', expected: 'installed' }],
  })
  expect(remarksOf(report)).toContain('flows-not-started')

  // The same archive fits the instance it came from.
  const back = await ferrite.planRestore(record.id, from, optionsOf(), quiet)
  expect(findingOf(back, 'P2a')).toMatchObject({ result: 'pass' })
})

test('flows that somebody deploys after the safety backup are not overwritten', async () => {
  const { peer, ferrite, device, record } = await backedUp()
  const plan = await ferrite.planRestore(record.id, device, optionsOf(), quiet)
  const others = lineFlows('by somebody else')
  await using archive = await openArchive(await ferrite.vault.contentPath(record.id))
  await using session = await ferrite.connect(device, quiet)
  const prepared = await session.prepareRestore!({
    device,
    record,
    archive,
    archiveFile: await ferrite.vault.contentPath(record.id),
    options: plan.options,
    signal: quiet,
    onProgress: () => undefined,
  })
  await session.identify(quiet)
  await peer.deploy(others)
  expect(await failureOf(async () => prepared.commit(quiet))).toMatchObject({
    code: 'plan-stale',
    reason: 'flows',
  })
  expect(await peer.flows()).toEqual(others)
  expect(peer.deployments()).toBe(2)
})

test('flows that somebody deploys at the very last moment make the instance itself refuse', async () => {
  const { peer, ferrite, record } = await backedUp()
  const relay = await startRelay(peer.port)
  const device = await addDevice(ferrite, 'raced', { ...peer, port: relay.port })
  const plan = await ferrite.planRestore(record.id, device, optionsOf(), quiet)
  const others = lineFlows('by somebody else')
  const context = contextOf(({ phase }) => {
    // The state is read once more, then the flows are sent.
    if (phase === 'applying') relay.atRequest(2, async () => peer.deploy(others))
  })
  expect(await failureOf(async () => ferrite.restore(plan, undefined, context))).toMatchObject({
    code: 'plan-stale',
    actual: 'deployed anew',
  })
  expect(await peer.flows()).toEqual(others)
})

test('an answer that is lost is found out by looking, and nothing is sent twice', async () => {
  const { peer, ferrite, record } = await backedUp()
  await peer.deploy(lineFlows('changed'))
  const relay = await startRelay(peer.port)
  const device = await addDevice(ferrite, 'cut', { ...peer, port: relay.port })
  const plan = await ferrite.planRestore(record.id, device, optionsOf(), quiet)
  const context = contextOf(({ phase }) => {
    if (phase === 'applying') relay.atRequest(2, 'lose-answer')
  })
  const report = await ferrite.restore(plan, undefined, context)
  expect(report).toMatchObject({ outcome: 'verified-new', clean: true })
  expect(await peer.flows()).toEqual(lineFlows())
  expect(peer.deployments()).toBe(3)
})

test('a deployment that never arrives leaves the former flows, and that is what the report says', async () => {
  const { peer, ferrite, record } = await backedUp()
  await peer.deploy(lineFlows('changed'))
  const relay = await startRelay(peer.port)
  const device = await addDevice(ferrite, 'lost', { ...peer, port: relay.port })
  const plan = await ferrite.planRestore(record.id, device, optionsOf(), quiet)
  const context = contextOf(({ phase }) => {
    if (phase === 'applying') relay.atRequest(2, 'lose-request')
  })
  const report = await ferrite.restore(plan, undefined, context)
  expect(report).toMatchObject({ outcome: 'verified-old', clean: false, differences: [] })
  expect(remarksOf(report)).toEqual(['never-deployed'])
  expect(await peer.flows()).toEqual(lineFlows('changed'))
  expect(peer.deployments()).toBe(2)
})

test('the editor may lie below a path', async () => {
  const peer = await startPeer({ httpAdminRoot: '/red' })
  const ferrite = await startFerrite()
  const astray = await addDevice(ferrite, 'astray', peer)
  expect(await failureOf(async () => ferrite.connect(astray, quiet))).toMatchObject({ code: 'wrong-family' })
  const facts = ferrite.familyOf('node-red').checkFacts({ adminRoot: '/red/' })
  const device = await addDevice(ferrite, 'below', peer, { facts })
  const record = await ferrite.backUp({ device }, contextOf())
  expect(await contentOf(ferrite, record)).toBe(await peer.read())
})
