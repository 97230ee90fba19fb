import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ServerFault } from '../../src/practice/deviceon-server/faults.ts'
import type { DeviceOnServerOptions } from '../../src/practice/deviceon-server/options.ts'
import type { DeviceOnServer } from '../../src/practice/deviceon-server/start-deviceon-server.ts'
import type { Device } from '../../src/shared/model/device.ts'
import { currentStep, type Procedure } from '../../src/shared/model/procedure.ts'
import type { ArchiveRecord } from '../../src/shared/model/record.ts'
import { restoreOptionsSchema } from '../../src/shared/model/restore.ts'
import { failureOf, never } from '../main/transport/support/quiet.ts'
import { newContext } from '../main/workbench.ts'
import { newDeviceOnBench, toolRuns, type DeviceOnBench } from './deviceon.ts'

interface Case {
  readonly bench: DeviceOnBench
  readonly server: DeviceOnServer
  readonly device: Device
  readonly record: ArchiveRecord
}

/** A server whose newest backup is in the vault, and which has to be restored. */
async function newCase(
  more: Partial<DeviceOnServerOptions> = {},
  facts: Readonly<Record<string, string>> = {},
): Promise<Case> {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { archiveCount: 1, payloadBytes: 2_000_000, ...more })
  const device = await bench.add(server, facts)
  const record = await bench.backUp({ device }, newContext())
  return { bench, server, device, record }
}

async function begin({ bench, device, record }: Case, options: object = { tool: 'run' }): Promise<Procedure> {
  const plan = await bench.planRestore(record.id, device, restoreOptionsSchema.parse(options), never)
  return await bench.guidedRestore.start(plan, newContext())
}

/** The person resets the server and says so, and Ferrite goes on. */
async function goOn({ bench, server }: Case, { id }: Procedure): Promise<Procedure> {
  server.resetToDefault()
  await bench.guidedRestore.confirm(id, { stepId: 'baseline', by: 'Ada', note: 'Reset to Default' })
  return await bench.guidedRestore.run(id, newContext())
}

const confirm = async ({ bench }: Case, procedure: Procedure, note?: string): Promise<Procedure> =>
  await bench.guidedRestore.confirm(procedure.id, {
    stepId: currentStep(procedure)?.draft.id ?? '',
    by: 'Ada',
    note,
  })

const phaseOf = (procedure: Procedure, id: string): string | undefined =>
  procedure.steps.find(({ draft }) => draft.id === id)?.state.phase

test('a server is restored with its own tool, and everything that was done is shown', async () => {
  const all = await newCase()
  const begun = await begin(all)
  expect(currentStep(begun)?.draft.id).toBe('baseline')
  expect(begun.safetyArchiveId).toBeDefined()
  const ran = await goOn(all, begun)
  expect(currentStep(ran)?.draft.id).toBe('look-at-portal')
  expect(all.server.sight()).toMatchObject({ restoredFrom: all.record.sha256, baseline: false })
  expect(toolRuns(all.server)).toBe(1)
  const [path] = all.server.events().filter(({ event }) => event === 'recovery-path')
  expect(path?.facts['path']).toBe(
    `D:\\DeviceOn\\ferrite-${all.record.sha256.slice(0, 12)}\\${all.record.fileName}`,
  )

  const looked = await confirm(all, ran, '24 devices, as before')
  const waited = await confirm(all, looked)
  const ended = await all.bench.guidedRestore.run(waited.id, newContext())
  expect(ended.report).toMatchObject({
    outcome: 'verified-new',
    clean: true,
    safetyArchiveId: begun.safetyArchiveId,
  })
  expect(ended.report?.remarks).toMatchObject([{ remark: 'verified-by-person' }])
  expect(ended.report?.protocol.map(({ text }) => text)).toContain('Restore successfully')
  const kinds = ended.steps.map(({ state }) =>
    state.phase === 'done' ? state.evidence[0]?.kind : state.phase,
  )
  expect(kinds).toEqual([
    'said-by-person',
    'room-enough',
    'uploaded',
    'hash-equal',
    'tool-succeeded',
    'version-read',
    'said-by-person',
    'said-by-person',
    'upload-removed',
  ])
  expect(await readdir(all.server.realPath('D:\\DeviceOn'))).toEqual(['Backup'])
})

test('the intent is on disk before the tool is started, and the identity was read just before', async () => {
  const all = await newCase()
  const begun = await begin(all)
  const file = join(all.bench.home, 'procedures', `${begun.id}.json`)
  all.server.inject({ effect: 'hang', at: 'path' })
  const work = failureOf(goOn(all, begun), 'outcome-unknown')
  while (toolRuns(all.server) === 0) await new Promise((go) => setTimeout(go, 5))
  expect(await readFile(file, 'utf8')).toMatch(/"intended":\s*true/)
  await work
  const log = all.server.log()
  const start = log.findIndex(({ path }) => path.includes('recovery.bat'))
  const { connection } = log[start] ?? { connection: -1 }
  const before = log
    .slice(0, start)
    .filter((each) => each.connection === connection && each.method === 'EXEC')
  expect(before.map(({ path }) => path)).toContain('hostname')
})

test('by hand, the person runs the tool and Ferrite never does', async () => {
  const all = await newCase()
  const ran = await goOn(all, await begin(all, {}))
  expect(currentStep(ran)?.draft).toMatchObject({
    id: 'run-tool-by-hand',
    kind: 'assisted',
    aids: ['copy-path'],
  })
  expect(toolRuns(all.server)).toBe(0)
  await failureOf(confirm(all, ran), 'step-needs-note')
  const next = await confirm(all, ran, 'Restore successfully')
  const version = await all.bench.guidedRestore.run(next.id, newContext())
  expect(currentStep(version)?.draft.id).toBe('look-at-portal')
  expect(toolRuns(all.server)).toBe(0)
})

test.each([
  ['that says nothing and ends', { effect: 'silent-end', restores: false }],
  ['that restores and ends without its word', { effect: 'silent-end', restores: true }],
  ['that hangs with the path', { effect: 'hang', at: 'path' }],
  ['that hangs half way', { effect: 'hang', at: 'change' }],
  ['that breaks off half way', { effect: 'fail-midway' }],
  ['whose connection drops with the path', { effect: 'drop', at: 'path', tool: 'goes-on' }],
  ['whose connection drops half way and that dies', { effect: 'drop', at: 'change', tool: 'dies' }],
] as const satisfies readonly (readonly [string, ServerFault])[])(
  'of a tool %s nobody knows what came of it, and it is never started again',
  async (_what, fault) => {
    const all = await newCase()
    const begun = await begin(all)
    all.server.inject(fault)
    await failureOf(goOn(all, begun), 'outcome-unknown')
    const now = await all.bench.procedures.get(begun.id)
    expect(phaseOf(now, 'run-tool')).toBe('unclear')
    all.server.clearFaults()
    const again = await all.bench.guidedRestore.run(begun.id, newContext())
    expect(phaseOf(again, 'run-tool')).toBe('unclear')
    expect(toolRuns(all.server)).toBe(1)
    const ended = await all.bench.guidedRestore.abandon(begun.id, {
      by: 'Ada',
      reason: 'No success text seen',
    })
    expect(ended.report).toMatchObject({ outcome: 'unknown', clean: false })
  },
)

test.each([
  ['lacks its rights', { effect: 'elevation-refused' }, 'device-command-failed'],
  ['never asks', { effect: 'hang', at: 'prompt' }, 'device-silent'],
] as const)('a tool that %s got no path: the step may be tried again', async (_what, fault, code) => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.inject(fault)
  await failureOf(goOn(all, begun), code)
  expect(phaseOf(await all.bench.procedures.get(begun.id), 'run-tool')).toBe('failed')
  expect(all.server.events().some(({ event }) => event === 'recovery-path')).toBe(false)
  const again = await all.bench.guidedRestore.run(begun.id, newContext())
  expect(currentStep(again)?.draft.id).toBe('look-at-portal')
})

test('a tool that lies is found out by the person, and the report does not call it done', async () => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.inject({ effect: 'lie' })
  const ran = await goOn(all, begun)
  expect(currentStep(ran)?.draft.id).toBe('look-at-portal')
  expect(all.server.sight().restoredFrom).toBeUndefined()
  const ended = await all.bench.guidedRestore.abandon(ran.id, { by: 'Ada', reason: 'Devices are missing' })
  expect(ended.report).toMatchObject({ outcome: 'unknown', clean: false })
})

test('a restore that is given up says where its upload may lie, once there can be one', async () => {
  const all = await newCase()
  const left = {
    remark: 'upload-left',
    facts: { folder: `D:\\DeviceOn\\ferrite-${all.record.sha256.slice(0, 12)}` },
  }
  const giveUp = async ({ id }: Procedure): Promise<readonly object[]> =>
    (await all.bench.guidedRestore.abandon(id, { by: 'Ada', reason: 'Not today' })).report?.remarks ?? []
  expect(await giveUp(await begin(all))).not.toContainEqual(left)
  const ran = await goOn(all, await begin(all))
  expect(await giveUp(ran)).toContainEqual(left)
  expect(await readdir(all.server.realPath('D:\\DeviceOn'))).toContain(left.facts.folder.slice(12))
})

test('whatever code the tool ends with, and whether it waits for a key, its text decides', async () => {
  const all = await newCase({ pausesAtEnd: true })
  const begun = await begin(all)
  all.server.inject({ effect: 'exit-code', exitCode: 7 })
  const ran = await goOn(all, begun)
  expect(currentStep(ran)?.draft.id).toBe('look-at-portal')
  const tool = ran.steps.find(({ draft }) => draft.id === 'run-tool')
  expect(tool?.state).toMatchObject({ evidence: [{ kind: 'tool-succeeded', facts: { exitCode: '7' } }] })
})

test('a server that was not reset is refused by its tool, and that counts as not known', async () => {
  const all = await newCase()
  const begun = await begin(all)
  await all.bench.guidedRestore.confirm(begun.id, { stepId: 'baseline', by: 'Ada', note: 'I forgot' })
  const { failure } = await failureOf(all.bench.guidedRestore.run(begun.id, newContext()), 'outcome-unknown')
  expect(JSON.stringify(failure)).toContain('Reset to Default')
  expect(all.server.sight()).toMatchObject({ restoredFrom: undefined })
})

test('another machine at the address gets no tool started', async () => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.inject({ effect: 'swap-identity', command: 'ver' })
  await failureOf(goOn(all, begun), 'wrong-device')
  expect(toolRuns(all.server)).toBe(0)
  expect(phaseOf(await all.bench.procedures.get(begun.id), 'run-tool')).toBe('failed')
})

test('another version installed since the plan stops before the tool', async () => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.reinstall('5.2.4')
  await all.bench.guidedRestore.confirm(begun.id, { stepId: 'baseline', by: 'Ada', note: 'Installed anew' })
  await failureOf(all.bench.guidedRestore.run(begun.id, newContext()), 'plan-stale')
  expect(toolRuns(all.server)).toBe(0)
})

test.each([
  ['another version', { version: '5.2.4' }, {}, 'D1'],
  ['another TPM', { tpm: 'used' }, { tpm: 'yes' }, 'D2'],
] as const)('an archive of %s is blocked before anything is touched', async (_what, more, facts, rule) => {
  const all = await newCase('tpm' in more ? more : {}, facts)
  const other = await all.bench.server('SPARE-1', more)
  const target = await all.bench.add(other, facts)
  const plan = await all.bench.planRestore(
    all.record.id,
    target,
    restoreOptionsSchema.parse({ tool: 'run', accepted: [{ rule, reason: 'I want it anyway' }] }),
    never,
  )
  expect(plan.fit.verdict).toBe('blocked')
  await failureOf(all.bench.guidedRestore.start(plan, newContext()), 'restore-blocked')
  expect(toolRuns(other)).toBe(0)
  expect(other.log().filter(({ path }) => /^(write|make-folder)/.test(path))).toEqual([])
})

test('a server without a backup of its own has no way back, unless a person says why it needs none', async () => {
  const all = await newCase()
  const empty = await all.bench.server('SPARE-1', { archiveCount: 0 })
  const spare = { ...all, server: empty, device: await all.bench.add(empty, { mac: '02-00-00-00-00-01' }) }
  const { failure } = await failureOf(begin(spare), 'safety-backup-failed')
  expect(failure).toMatchObject({ reason: 'nothing-new' })
  const options = { tool: 'run', safetyBackup: { take: false, reason: 'fresh installation' } }
  const begun = await begin(spare, options)
  expect(begun.steps.map(({ draft }) => draft.id)).toContain('licence')
  const ran = await goOn(spare, begun)
  expect(currentStep(ran)?.draft.id).toBe('licence')
  expect(empty.sight().restoredFrom).toBe(all.record.sha256)
})

test('a damaged upload is found by the server, removed and made anew', async () => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.inject({ effect: 'wrong-sha256', command: 'certutil' })
  await failureOf(goOn(all, begun), 'upload-damaged')
  expect(phaseOf(await all.bench.procedures.get(begun.id), 'compare-hash')).toBe('failed')
  expect(toolRuns(all.server)).toBe(0)
  const ran = await all.bench.guidedRestore.run(begun.id, newContext())
  expect(currentStep(ran)?.draft.id).toBe('look-at-portal')
  expect(all.server.log().filter(({ path }) => path.startsWith('write '))).toHaveLength(2)
})

test('an upload that was changed since it was compared starts no tool', async () => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.inject({ effect: 'wrong-sha256', command: 'certutil', skip: 1 })
  await failureOf(goOn(all, begun), 'upload-damaged')
  expect(phaseOf(await all.bench.procedures.get(begun.id), 'run-tool')).toBe('failed')
  expect(toolRuns(all.server)).toBe(0)
})

test('too little room stops before the upload', async () => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.inject({ effect: 'free-bytes', freeBytes: 1000, command: 'Get-PSDrive', times: 9 })
  await failureOf(goOn(all, begun), 'device-no-room')
  expect(all.server.log().filter(({ path }) => path.startsWith('write '))).toEqual([])
})

test('an upload that breaks off is begun anew', async () => {
  const all = await newCase()
  const begun = await begin(all)
  all.server.inject({ effect: 'cut-file', afterBytes: 500_000, how: 'reset', command: 'write ' })
  await failureOf(goOn(all, begun), 'connection-lost')
  const ran = await all.bench.guidedRestore.run(begun.id, newContext())
  expect(currentStep(ran)?.draft.id).toBe('look-at-portal')
})
