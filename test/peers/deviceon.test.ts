import { createHash } from 'node:crypto'
import { copyFile, readFile, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heldOf } from '../../src/main/backup/back-up.ts'
import type { HeldFiles } from '../../src/main/families/family.ts'
import { failureText } from '../../src/shared/text/index.ts'
import { failureOf, never } from '../main/transport/support/quiet.ts'
import { newContext } from '../main/workbench.ts'
import { newDeviceOnBench } from './deviceon.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

test('every backup is fetched once, the newest first, with its own time and the same bytes', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { payloadBytes: 3_000_000 })
  const device = await bench.add(server)
  const newest = await bench.backUp({ device }, newContext())
  const { records } = await bench.vault.list()
  expect(records).toHaveLength(3)
  expect(records[0]?.id).toBe(newest.id)
  for (const record of records) {
    const there = await readFile(server.realPath(`${server.storageFolder}\\${record.fileName}`))
    expect(record.sha256).toBe(createHash('sha256').update(there).digest('hex'))
    expect(record.scope.leftOut).toEqual([{ what: 'MongoDB', reason: 'sensor-data' }])
  }
  const reads = server.log().filter(({ path }) => path.startsWith('read '))
  const names = records.map(({ fileName }) => `read /D:/DeviceOn/Backup/${fileName}`)
  expect(reads.map(({ path }) => path)).toEqual(names)
  expect(newest.takenAt).toBe(timeIn(newest.fileName))

  const { failure } = await failureOf(bench.backUp({ device }, newContext()), 'nothing-new')
  expect(failure).toMatchObject({ newest: newest.fileName })
  const made = await server.makeBackup()
  expect((await bench.backUp({ device }, newContext())).fileName).toBe(made.name)
  expect((await bench.vault.list()).records).toHaveLength(4)
})

function timeIn(name: string): string {
  const [, d = '', t = ''] = /_(\d{8})_(\d{4})Z/.exec(name) ?? []
  return `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6)}T${t.slice(0, 2)}:${t.slice(2)}:00.000Z`
}

test('a server says who it is, and the record keeps it with what was stated', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { tpm: 'used', version: '5.2.4' })
  const device = await bench.add(server, { tpm: 'yes' })
  const { source } = await bench.backUp({ device }, newContext())
  expect(source).toMatchObject({
    systemVersion: { value: '5.2.4', provenance: 'probed' },
    serial: { value: server.serialNumber },
    hostname: { value: 'PLANT-1' },
    traits: {
      os: { value: 'windows' },
      tpm: { value: 'yes', provenance: 'stated' },
      tpmId: { value: server.endorsementKeyHash, provenance: 'probed' },
      serverAddress: { value: '127.0.0.1', provenance: 'recorded' },
    },
  })
  expect(source.traits?.['mac']?.value).toMatch(/^02(-[0-9A-F]{2}){5}$/)
  expect(source.freeBytes?.value).toBeGreaterThan(1_000_000)
  expect(source.operatingSystem?.value).toContain('Windows')
})

test('the Ubuntu edition is read and backed up as well', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('plant-u', { edition: 'ubuntu' })
  const device = await bench.add(server)
  const { source } = await bench.backUp({ device }, newContext())
  expect(source).toMatchObject({
    systemVersion: { value: '5.3.12' },
    serial: { value: server.serialNumber },
    architecture: { value: 'x64' },
    operatingSystem: { value: 'Ubuntu 22.04.4 LTS' },
    traits: { os: { value: 'linux' }, mac: { provenance: 'probed' } },
  })
  expect(source.freeBytes?.value).toBeGreaterThan(1_000_000)
})

test.each(['two-factor', 'down'] as const)(
  'a portal that is %s leaves the version to what was stated, and fails nothing',
  async (condition) => {
    const bench = await newDeviceOnBench()
    const server = await bench.server('PLANT-1')
    server.setPortal(condition)
    const device = await bench.add(server, { version: '5.3.12' })
    const { source } = await bench.backUp({ device }, newContext())
    expect(source.systemVersion).toMatchObject({ value: '5.3.12', provenance: 'stated' })
  },
)

test('the portal is asked through the connection and never in clear on the network', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1')
  await bench.backUp({ device: await bench.add(server) }, newContext())
  const log = server.log()
  expect(log.filter(({ method }) => method === 'FORWARD').map(({ status }) => status)).toEqual([0])
  const asked = log.filter(({ path }) => path === '/rmm/v1/appinfo/version')
  expect(asked.map(({ user, status }) => `${user ?? ''} ${String(status)}`)).toEqual([
    'root@advantech.com.tw 200',
  ])
})

test('a backup that is still written is left for later, and alone it is a reason to wait', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { archiveCount: 1, payloadBytes: 400_000 })
  const device = await bench.add(server)
  const growing = await server.growBackupSlowly({ parts: 100, everyMs: 60 })
  const first = await bench.backUp({ device }, newContext())
  expect(first.fileName).not.toBe(growing.name)
  await failureOf(bench.backUp({ device }, newContext()), 'file-still-growing')
  const { sha256 } = await growing.whole
  const second = await bench.backUp({ device }, newContext())
  expect(second).toMatchObject({ fileName: growing.name, sha256 })
})

test('days without a backup are told with the newest one', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { archiveCount: 0 })
  const device = await bench.add(server, { schedule: 'daily' })
  const at = (daysAgo: number): Date => new Date(Date.now() - daysAgo * dayMs - hourMs)
  for (const daysAgo of [4, 3, 1]) await server.makeBackup({ at: at(daysAgo) })
  await bench.backUp({ device }, newContext())
  const { records } = await bench.vault.list()
  const missing = at(2).toISOString().slice(0, 10)
  expect(records.map(({ deviceMessages }) => deviceMessages?.[0]?.text)).toEqual([
    `Missing against the daily schedule: ${missing}`,
    undefined,
    undefined,
  ])
})

test('a wrong password is refused once and leaves nothing', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1')
  const device = await bench.add(server, {}, 'wrong')
  await failureOf(bench.backUp({ device }, newContext()), 'login-refused')
  expect(server.log().map(({ method, path }) => `${method} ${path}`)).toEqual(['AUTH password refused'])
  expect((await bench.vault.list()).records).toEqual([])
})

test('a changed key ends the connection before any login', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1')
  const device = await bench.add(server)
  server.changeHostKey()
  await failureOf(bench.backUp({ device }, newContext()), 'pin-changed')
  expect(server.log()).toEqual([])
})

test.each(['reset', 'silence'] as const)(
  'a %s in the middle of a file keeps nothing of it, but what came before',
  async (how) => {
    const bench = await newDeviceOnBench()
    const server = await bench.server('PLANT-1', { archiveCount: 2, payloadBytes: 3_000_000 })
    const device = await bench.add(server)
    server.inject({ effect: 'cut-file', afterBytes: 1_500_000, how, command: 'read ', skip: 1 })
    const { failure } = await failureOf(bench.backUp({ device }, newContext()), 'backups-incomplete')
    expect(failure).toMatchObject({ stored: 1, waiting: 1 })
    const { records, damaged } = await bench.vault.list()
    expect(records).toHaveLength(1)
    expect(damaged).toEqual([])
    await bench.backUp({ device }, newContext())
    expect((await bench.vault.list()).records).toHaveLength(2)
  },
)

test('a cancel in the middle of a file ends it at once', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { archiveCount: 1, payloadBytes: 3_000_000 })
  const device = await bench.add(server)
  server.inject({ effect: 'cut-file', afterBytes: 1_000_000, how: 'silence', command: 'read ' })
  const controller = new AbortController()
  const work = bench.backUp({ device }, newContext(controller))
  const told = failureOf(work, 'cancelled')
  while (!server.log().some(({ path }) => path.startsWith('read ')))
    await new Promise((go) => setTimeout(go, 20))
  controller.abort()
  await told
  expect((await bench.vault.list()).records).toEqual([])
})

test('a damaged backup does not become an archive', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { archiveCount: 0 })
  const device = await bench.add(server)
  await server.makeBackup({ damage: 'cut' })
  await failureOf(bench.backUp({ device }, newContext()), 'archive-truncated', 'archive-structure')
  expect((await bench.vault.list()).records).toEqual([])
})

test('a damaged newest backup keeps no older one away, and the job names it', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { archiveCount: 2 })
  const device = await bench.add(server, { schedule: 'daily' })
  const damaged = await server.makeBackup({ damage: 'cut' })
  const { failure } = await failureOf(bench.backUp({ device }, newContext()), 'backups-incomplete')
  expect(failure).toMatchObject({ stored: 2, waiting: 1 })
  expect('reason' in failure && failure.reason).toMatch(
    new RegExp(`^${damaged.name}: archive-(truncated|structure)$`),
  )
  const { records, damaged: halfMade } = await bench.vault.list()
  expect(records.map(({ fileName }) => fileName)).not.toContain(damaged.name)
  expect({ stored: records.length, halfMade }).toEqual({ stored: 2, halfMade: [] })
})

test('what the vault holds is not chosen again', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { archiveCount: 2 })
  const device = await bench.add(server)
  await bench.backUp({ device }, newContext())
  const made = await server.makeBackup()
  await using session = await bench.connect(device)
  const chosen = async (held?: HeldFiles): Promise<readonly string[]> =>
    (await session.scope(never, held)).parts.flatMap(({ id, chosen: isChosen }) => (isChosen ? [id] : []))
  expect(await chosen(heldOf(bench.catalog, device.id))).toEqual([made.name])
  expect(await chosen()).toHaveLength(3)
})

test('a server whose shell for SSH is PowerShell is told apart, with what to set', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1', { shell: 'powershell' })
  const device = await bench.add(server)
  const { failure } = await failureOf(bench.backUp({ device }, newContext()), 'shell-not-supported')
  expect(failure).toMatchObject({ shell: 'PowerShell' })
  for (const language of ['en', 'de'] as const) {
    expect(failureText(failure, language).next).toContain(String.raw`SOFTWARE\OpenSSH`)
  }
  expect((await bench.vault.list()).records).toEqual([])
})

test('a file brought by hand has the time of its name, and what is asked of it can be stated', async () => {
  const bench = await newDeviceOnBench()
  const server = await bench.server('PLANT-1')
  const target = await bench.add(server)
  const made = await server.makeBackup({ at: new Date('2026-03-04T05:06:00.000Z') })
  const file = join(bench.home, made.name)
  await copyFile(server.realPath(made.path), file)
  await utimes(file, new Date(), new Date())
  const record = await bench.importArchive({ file }, newContext())
  expect(record).toMatchObject({ takenAt: '2026-03-04T05:06:00.000Z', family: 'deviceon-server' })
  const rules = async (): Promise<readonly string[]> => {
    const check = await bench.fitCheck(record.id, 'pair', never)
    const { findings } = check.against({ ...target, identity: undefined })
    return findings
      .filter(({ asks }) => asks?.some(({ about }) => about === 'archive'))
      .map(({ rule }) => rule)
  }
  expect(await rules()).toEqual(expect.arrayContaining(['D1', 'D2', 'D8']))
  await bench.stateFacts(record.id, {
    version: '5.3.12',
    tpm: 'no',
    os: 'windows',
    mac: '02-00-00-00-00-01',
    serverAddress: 'a',
  })
  expect(await rules()).toEqual([])
})
