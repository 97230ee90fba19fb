import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { ZipArchive } from 'archiver'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readArchive, recognises } from '../../../../src/main/families/linux-host/archive.ts'
import type { LinuxHostOptions } from '../../../../src/practice/linux-host/options.ts'
import { startLinuxHost, type LinuxHost } from '../../../../src/practice/linux-host/start-linux-host.ts'
import { linuxPlan as german } from '../../../../src/shared/text/de/plan-linux.ts'
import { linuxPlan as english } from '../../../../src/shared/text/en/plan-linux.ts'
import { Bench, failureOf, never } from './host-at-work.ts'

const run = promisify(execFile)
const password = 'correct horse'

let bench: Bench
let host: LinuxHost
const started: LinuxHost[] = []

beforeEach(async () => {
  bench = await Bench.make({ kind: 'password', user: 'root', password })
  host = await start()
})

afterEach(async () => {
  await bench[Symbol.asyncDispose]()
  for (const each of started.splice(0)) await each.stop()
})

async function start(more: Partial<LinuxHostOptions> = {}): Promise<LinuxHost> {
  const each = await startLinuxHost({
    folder: join(bench.folder, more.name ?? 'line-3'),
    model: 'panel-pc',
    name: 'Line 3',
    credentials: { user: 'root', password },
    ...more,
  })
  started.push(each)
  return each
}

const commandsOf = (of: LinuxHost): readonly string[] =>
  of.log().flatMap(({ method, path }) => (method === 'EXEC' ? [path] : []))
const logins = (of: LinuxHost): number => of.log().filter(({ method }) => method === 'AUTH').length

test('the identity holds what the host says of itself, each fact with where it came from', async () => {
  const identity = await (await bench.connect(host)).identify(never)
  expect(identity).toMatchObject({
    family: 'linux-host',
    model: { value: 'Practice Panel PC 15', provenance: 'probed' },
    architecture: { value: 'x64' },
    systemVersion: { value: 'debian 12' },
    operatingSystem: { value: 'Debian GNU/Linux 12 (bookworm)' },
    serial: { value: host.serialNumber },
    hostname: { value: 'line-3' },
    rights: { value: ['root'] },
  })
  expect(identity.freeBytes?.value).toBeGreaterThan(1024 ** 3)
})

test('a backup holds what it says, opens with plain tar, and names what it leaves out', async () => {
  const session = await bench.connect(host, { paths: 'etc,opt,srv,nowhere' })
  const { parts, leftOut } = await session.scope(never)
  expect(parts.map(({ id }) => id)).toEqual(['etc', 'opt', 'srv'])
  expect(leftOut).toEqual([{ what: 'nowhere', reason: 'not-found-on-device' }])
  const { file, closing } = await bench.backUp(session)
  expect(file).toMatch(/line-3-\d{8}T\d{6}Z\.tar\.gz$/)
  expect(closing.messages).toEqual([])
  const { stdout } = await run('tar', ['-tzf', file])
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining(['etc/shadow', 'opt/fillline/bin/fillline', 'srv/recipes/']),
  )
})

test('only the chosen parts are backed up, and the others are said to be left out', async () => {
  const session = await bench.connect(host, { paths: 'etc,opt,srv' })
  const { file, closing } = await bench.backUp(session, ['srv'])
  expect(closing.scope.leftOut).toEqual([
    { what: 'etc', reason: 'not-chosen' },
    { what: 'opt', reason: 'not-chosen' },
  ])
  expect((await run('tar', ['-tzf', file])).stdout).not.toContain('etc')
  expect(await failureOf(bench.backUp(session, ['root']))).toMatchObject({
    code: 'bad-input',
    field: 'parts',
  })
})

test('a login that may not read everything is told so before and after', async () => {
  const engineer = { user: 'engineer', password, uid: 1000, gid: 1000 }
  const other = await start({ name: 'Line 4', users: [engineer] })
  const session = await bench.connect(
    other,
    { paths: 'etc,opt,root' },
    { credentials: { kind: 'password', user: 'engineer', password } },
  )
  expect((await session.identify(never)).rights?.value).toEqual(['user 1000'])
  const hidden = [
    { what: 'etc/fillline/broker.key', reason: 'not-readable' },
    { what: 'etc/fillline/fillline.conf', reason: 'not-readable' },
    { what: 'etc/shadow', reason: 'not-readable' },
    { what: 'root', reason: 'not-readable' },
  ]
  expect((await session.scope(never)).leftOut).toEqual(hidden)
  const { closing } = await bench.backUp(session)
  expect(closing.scope.leftOut).toEqual(hidden)
  expect(closing.messages).toContainEqual({ severity: 'WARNING', text: 'etc/shadow: Permission denied' })
})

test.each([
  ['an exit code without a word', { effect: 'exit', exitCode: 2, message: '' }],
  [
    'an error that nobody has heard of',
    { effect: 'exit', exitCode: 1, message: 'tar: opt/x: Read error at byte 0' },
  ],
  ['no output', { effect: 'fail', exitCode: 0, message: '' }],
] as const)('a backup with %s is no backup, although its bytes came', async (_what, fault) => {
  host.inject({ ...fault, command: '-czf' })
  expect(await failureOf(bench.backUp(await bench.connect(host)))).toMatchObject({
    code: expect.stringMatching(/^(device-command-failed|unexpected-answer)$/),
  })
})

test.each(['reset', 'end', 'silence'] as const)(
  'a backup that breaks off (%s) fails within the idle time',
  async (how) => {
    host.inject({ effect: 'cut-output', command: '-czf', afterBytes: 4000, how })
    const begun = performance.now()
    expect(await failureOf(bench.backUp(await bench.connect(host)))).toMatchObject({
      code: expect.stringMatching(/^(connection-lost|device-silent|unexpected-answer)$/),
    })
    expect(performance.now() - begun).toBeLessThan(9_000)
  },
)

test('a host without tar, and something that is no host, are named as such', async () => {
  const bare = await start({ name: 'Bare', tar: 'none' })
  expect(await failureOf(bench.backUp(await bench.connect(bare)))).toEqual({
    code: 'device-tool-missing',
    address: bare.address,
    tool: 'tar',
  })
  host.inject({ effect: 'fail', command: 'uname -m', exitCode: 1, message: "'uname' is not recognized" })
  expect(await failureOf((await bench.connect(host)).identify(never))).toMatchObject({ code: 'wrong-family' })
})

test('another host key than the accepted one ends the connection before any login', async () => {
  const pinned = host.fingerprint
  host.changeHostKey()
  expect(await failureOf(bench.connect(host, {}, { fingerprints: [pinned] }))).toMatchObject({
    code: 'pin-changed',
    pinned,
    offered: host.fingerprint,
  })
  expect(await failureOf(bench.connect(host, {}, { fingerprints: [] }))).toMatchObject({
    code: 'pin-unknown',
  })
  expect(logins(host)).toBe(0)
})

test('a wrong password is refused by the host and never tried twice', async () => {
  const credentials = { kind: 'password', user: 'root', password: 'wrong' } as const
  expect(await failureOf(bench.connect(host, {}, { credentials }))).toMatchObject({ code: 'login-refused' })
  expect(host.log().filter(({ path }) => path.startsWith('password'))).toHaveLength(1)
})

test('a restore brings everything back and proves it, file by file', async () => {
  const facts = { paths: 'etc,opt,srv', services: 'fillline' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const recipe = host.tree.get('srv/recipes/pear-05.json')
  host.tree.remove('srv/recipes/pear-05.json')
  host.tree.write('opt/fillline/VERSION', 'broken', { mode: 0o666, uid: 7, gid: 7, modifiedAt: 1 })
  host.tree.write('etc/new.conf', 'kept', { mode: 0o644, uid: 0, gid: 0, modifiedAt: 1 })
  const observed = await bench.restore(host, stored, { facts })
  expect(observed).toMatchObject({
    commitment: { kind: 'accepted', handle: 'exit 0' },
    outcome: 'verified-new',
    errorCount: 0,
    differences: [],
    remarks: [
      { remark: 'service-restarted', facts: { service: 'fillline' } },
      { remark: 'other-files-kept', facts: { count: '1' } },
    ],
  })
  expect(host.tree.get('srv/recipes/pear-05.json')).toEqual(recipe)
  expect(host.tree.read('opt/fillline/VERSION').toString()).toBe('2.8.1\n')
  expect(host.tree.get('etc/new.conf')).toBeDefined()
  expect(host.tree.children('var/tmp')).toEqual([])
  expect(commandsOf(host).filter((line) => line.includes('-xzpf'))).toHaveLength(1)
  expect(bench.progress.map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(['uploading', 'waiting-for-device', 'verifying']),
  )
})

test('only the chosen parts are restored', async () => {
  const facts = { paths: 'etc,opt,srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.tree.write('srv/recipes/apple-05.json', 'old', { mode: 0o600, uid: 0, gid: 0, modifiedAt: 1 })
  host.tree.write('etc/hosts', 'old', { mode: 0o600, uid: 0, gid: 0, modifiedAt: 1 })
  const { outcome } = await bench.restore(host, stored, { facts, options: { parts: ['srv'] } })
  expect(outcome).toBe('verified-new')
  expect(host.tree.read('srv/recipes/apple-05.json').toString()).toContain('apple-05')
  expect(host.tree.read('etc/hosts').toString()).toBe('old')
})

test('a host with busybox is backed up and restored as well', async () => {
  const box = await start({ name: 'Box', model: 'edge-box' })
  const facts = { paths: 'etc,opt,srv' }
  const stored = await bench.backUp(await bench.connect(box, facts))
  box.tree.remove('opt/fillline')
  expect(await bench.restore(box, stored, { facts })).toMatchObject({
    outcome: 'verified-new',
    differences: [],
  })
  expect(commandsOf(box).filter((line) => line.includes('--acls'))).toEqual([])
})

test('an upload that arrives damaged is noticed before anything is changed, and cleared away', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.inject({ effect: 'wrong-sha256', command: 'sha256sum' })
  expect(await failureOf(bench.restore(host, stored, { facts }))).toMatchObject({ code: 'upload-damaged' })
  expect(host.tree.children('var/tmp')).toEqual([])
  expect(commandsOf(host).some((line) => line.includes('-xzpf'))).toBe(false)
})

test('a disk that is or becomes too full is noticed before anything is changed', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.inject({ effect: 'free-bytes', command: 'df ', freeBytes: 1024 })
  expect(await failureOf(bench.restore(host, stored, { facts }))).toMatchObject({
    code: 'device-no-room',
    freeBytes: 1024,
  })
  host.inject({ effect: 'disk-full', command: 'cat >', afterBytes: 10 })
  expect(await failureOf(bench.restore(host, stored, { facts }))).toMatchObject({ code: 'device-no-room' })
  expect(host.tree.children('var/tmp')).toEqual([])
  expect(commandsOf(host).some((line) => line.includes('-xzpf'))).toBe(false)
})

test('a host that is nearly full gets its own state back, because files are replaced', async () => {
  const MiB = 1024 ** 2
  for (let index = 0; index < 10; index += 1) {
    const attributes = { mode: 0o644, uid: 0, gid: 0, modifiedAt: 1 }
    host.tree.write(`srv/recipes/${index}.bin`, Buffer.alloc(MiB, index), attributes)
  }
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const measured = (): boolean => commandsOf(host).some((line) => line.includes('-printf'))
  // 10 MiB unpacked, nothing to speak of packed, and 16 MiB that must stay free for the running system.
  const restoreWith = async (freeBytes: number) => {
    host.inject({ effect: 'free-bytes', command: 'df ', freeBytes, times: 3 })
    const { outcome } = await bench.restore(host, stored, { facts })
    host.clearFaults()
    return outcome
  }
  expect(await restoreWith(30 * MiB)).toBe('verified-new')
  expect(measured()).toBe(false)
  expect(await restoreWith(20 * MiB)).toBe('verified-new')
  expect(measured()).toBe(true)
  host.tree.remove('srv/recipes')
  expect(await failureOf(restoreWith(20 * MiB))).toMatchObject({ code: 'device-no-room' })
})

test('the changing call is refused where the identity was not read on this very connection', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const session = await bench.connect(host, facts)
  const prepared = await session.prepareRestore!(await bench.request(bench.device(host, facts), stored))
  expect(await failureOf(prepared.commit(never))).toMatchObject({ code: 'plan-stale' })
  await prepared.abandon()
  expect(host.tree.children('var/tmp')).toEqual([])
  expect(commandsOf(host).some((line) => line.includes('-xzpf'))).toBe(false)
})

test('on a connection that is gone nothing is sent, and that is certain', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const restoring = bench.restore(host, stored, {
    facts,
    beforeCommit: async () => {
      host.dropConnections()
      await new Promise((resolve) => setTimeout(resolve, 200))
    },
  })
  expect(await failureOf(restoring)).toMatchObject({ code: 'connection-lost' })
  expect(commandsOf(host).some((line) => line.includes('-xzpf'))).toBe(false)
})

test('another device at the same address shows in the identity that is read before the changing call', async () => {
  const facts = { paths: 'srv' }
  const session = await bench.connect(host, facts)
  const before = await session.identify(never)
  host.inject({ effect: 'swap-identity', command: 'uname -m' })
  expect((await session.identify(never)).serial?.value).not.toBe(before.serial?.value)
})

test('a lost answer is not asked for again: the host is watched until it has ended, and read back', async () => {
  const facts = { paths: 'srv', services: 'fillline' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.tree.remove('srv/recipes')
  host.inject({ effect: 'lose-answer', command: '-xzpf', afterMs: 3_000 })
  const observed = await bench.restore(host, stored, { facts })
  expect(observed).toMatchObject({
    commitment: { kind: 'unanswered' },
    outcome: 'verified-new',
    remarks: [{ remark: 'service-restarted' }],
  })
  expect(commandsOf(host).filter((line) => line.includes('-xzpf'))).toHaveLength(1)
})

test('a host that stops half-way is neither new nor old, and says which files differ', async () => {
  const facts = { paths: 'etc,srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.tree.write('etc/hosts', 'changed', { mode: 0o600, uid: 0, gid: 0, modifiedAt: 1 })
  host.tree.write('srv/recipes/pear-05.json', 'changed', { mode: 0o600, uid: 0, gid: 0, modifiedAt: 1 })
  const safety = await bench.backUp(await bench.connect(host, facts))
  host.inject({ effect: 'half-applied', command: '-xzpf', afterEntries: 20 })
  const observed = await bench.restore(host, stored, { facts, safety })
  expect(observed.outcome).toBe('unknown')
  expect(observed.differences).toEqual([
    {
      what: 'srv/recipes/pear-05.json',
      expected: expect.stringContaining('mode=664 owner=998:998'),
      actual: expect.stringContaining('mode=600 owner=0:0'),
    },
  ])
  expect(observed.remarks).toContainEqual({ remark: 'read-back-differs', facts: { count: '1' } })
})

test('a host that changed nothing is proven to hold its former state', async () => {
  const facts = { paths: 'etc,srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.tree.write('etc/hosts', 'changed', { mode: 0o600, uid: 0, gid: 0, modifiedAt: 1 })
  const safety = await bench.backUp(await bench.connect(host, facts))
  host.inject({ effect: 'half-applied', command: '-xzpf', afterEntries: 0 })
  expect(await bench.restore(host, stored, { facts, safety })).toMatchObject({
    outcome: 'verified-old',
    differences: [],
  })
})

test('what tar complains about on the host is in the report, and no exit code hides it', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.inject({ effect: 'exit', command: '-xzpf', exitCode: 2, message: '' })
  const observed = await bench.restore(host, stored, { facts })
  expect(observed).toMatchObject({ outcome: 'verified-new', errorCount: 1 })
  expect(observed.protocol).toEqual([{ severity: 'ERROR', text: 'tar: exit code 2' }])
})

test('a host that does not come back is unknown, and so is one that shows another key or refuses the login', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const cut = (then: () => void | Promise<void>) => ({
    facts,
    limitMs: 1_500,
    beforeCommit: () => {
      host.inject({ effect: 'lose-answer', command: '-xzpf' })
      setTimeout(() => void then(), 0)
    },
  })
  const pinned = host.fingerprint
  const changed = await bench.restore(
    { address: host.address, fingerprint: pinned },
    stored,
    cut(() => void host.changeHostKey()),
  )
  expect(changed).toMatchObject({
    outcome: 'unknown',
    remarks: [
      { remark: 'host-key-changed', facts: { offered: host.fingerprint } },
      { remark: 'staging-left' },
    ],
  })
  const gone = await bench.restore(
    host,
    stored,
    cut(() => host.stop()),
  )
  expect(gone).toMatchObject({
    outcome: 'unknown',
    remarks: [{ remark: 'device-not-back' }, { remark: 'staging-left' }],
  })
})

test('a host that is still unpacking when the time is up is unknown, and its copy is left to it', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.inject({ effect: 'lose-answer', command: '-xzpf', afterMs: 3_000 })
  const { outcome, remarks } = await bench.restore(host, stored, { facts, limitMs: 1_000 })
  expect(outcome).toBe('unknown')
  expect(remarks.map(({ remark }) => remark)).toEqual(['apply-still-running', 'staging-left'])
  expect(host.tree.children('var/tmp')).toHaveLength(1)
})

test('a command that arrives after the host was looked at finds nothing to unpack any more', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  host.tree.write('srv/recipes/pear-05.json', 'old', { mode: 0o600, uid: 0, gid: 0, modifiedAt: 1 })
  const safety = await bench.backUp(await bench.connect(host, facts))
  host.inject({ effect: 'fail', command: 'pgrep', exitCode: 127, message: 'sh: pgrep: not found', times: 9 })
  host.inject({ effect: 'lose-answer', command: '-xzpf', afterMs: 2_500 })
  expect((await bench.restore(host, stored, { facts, safety })).outcome).toBe('verified-old')
  await expect
    .poll(() => host.log().some(({ path }) => path.includes('-xzpf')), { timeout: 5_000 })
    .toBe(true)
  expect(host.tree.read('srv/recipes/pear-05.json').toString()).toBe('old')
})

test('a file that was said to change by itself is no doubt about the restore', async () => {
  const facts = { paths: 'srv', mayDiffer: 'srv/recipes/pear-05.json' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const changing = setInterval(() => {
    host.tree.write('srv/recipes/pear-05.json', 'live', { mode: 0o600, uid: 0, gid: 0, modifiedAt: 1 })
    // Faster than one answer over the wire, so that it changes between the unpacking and the reading back.
  }, 1)
  const { outcome, remarks, differences } = await bench.restore(host, stored, { facts })
  clearInterval(changing)
  expect({ outcome, differences }).toEqual({ outcome: 'verified-new', differences: [] })
  expect(remarks).toEqual([
    { remark: 'may-differ', facts: { count: '1', paths: 'srv/recipes/pear-05.json' } },
  ])
})

test('every remark that a report can hold has a sentence in every language', async () => {
  const source = await readFile(
    join(import.meta.dirname, '../../../../src/main/families/linux-host/observe.ts'),
    'utf8',
  )
  const services = await readFile(
    join(import.meta.dirname, '../../../../src/main/families/linux-host/services.ts'),
    'utf8',
  )
  const ids = [...`${source}${services}`.matchAll(/remark: '([a-z-]+)'/g)].map(([, id = '']) => id)
  expect(ids.length).toBeGreaterThan(8)
  for (const { remark } of [german, english]) expect(Object.keys(remark)).toEqual(expect.arrayContaining(ids))
})

test('services that fail are told, and what they changed is a difference', async () => {
  const facts = { paths: 'srv', services: 'nothing' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const { remarks, outcome } = await bench.restore(host, stored, { facts })
  expect(outcome).toBe('verified-new')
  expect(remarks).toEqual([
    {
      remark: 'service-not-restarted',
      facts: { service: 'nothing', detail: expect.stringContaining('not found') },
    },
  ])
})

test('a staging folder left by an earlier restore is no obstacle, and restore is refused without the way back', async () => {
  const facts = { paths: 'srv' }
  const stored = await bench.backUp(await bench.connect(host, facts))
  const folder = `var/tmp/ferrite-restore-${stored.record.sha256.slice(0, 16)}`
  host.tree.makeFolder(folder, { mode: 0o700, uid: 0, gid: 0, modifiedAt: 1 })
  expect((await bench.restore(host, stored, { facts })).outcome).toBe('verified-new')
  expect(await failureOf(bench.restore(host, stored, { facts: { paths: 'etc' } }))).toMatchObject({
    code: 'bad-input',
    field: 'paths',
  })
  expect(await failureOf(bench.restore(host, stored, { facts, options: { mode: 'replace' } }))).toMatchObject(
    {
      field: 'mode',
    },
  )
})

test('an imported archive tells what it can of its source, and a file of another kind is foreign', async () => {
  const { file } = await bench.backUp(await bench.connect(host, { paths: 'etc,usr/lib/os-release' }))
  const archive = await bench.openFile(file)
  expect(recognises(archive)).toBe(true)
  const nobody = { family: 'linux-host', readAt: '2026-11-21T07:00:00.000Z' } as const
  expect(await readArchive(archive, nobody, never)).toMatchObject({
    hostname: { value: 'line-3', provenance: 'archive' },
    serial: { value: host.serialNumber, provenance: 'archive' },
    systemVersion: { value: 'debian 12' },
  })
  const zip = join(bench.folder, 'x.zip')
  const packed = new ZipArchive()
  packed.append('b', { name: 'a' })
  await Promise.all([packed.finalize(), pipeline(packed, createWriteStream(zip))])
  const foreign = await bench.openFile(zip)
  expect(recognises(foreign)).toBe(false)
  expect(await failureOf(readArchive(foreign, nobody, never))).toMatchObject({
    code: 'archive-foreign',
  })
})

test('the password is nowhere on the host and in nothing that it was asked', async () => {
  await bench.backUp(await bench.connect(host, { paths: 'srv' }))
  expect(await readFile(join(host.folder, 'witness.log'), 'utf8')).not.toContain(password)
})
