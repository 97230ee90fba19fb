import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isFailure } from '../../src/shared/failure.ts'
import { restoreOptionsSchema, type RestoreOptions } from '../../src/shared/model/restore.ts'
import { readArchive } from '../../src/main/families/ctrlx-core/archive.ts'
import type { FamilyPlan } from '../../src/main/families/family.ts'
import { backUp, posts, quiet, startPeer, type Peer, type Stored } from './ctrlx.ts'
import { makeReady, observe, remarksOf, restore } from './restoring.ts'

const apply = '/setup/api/v1/apply'
const everything = ['hostname', 'address', 'users', 'certificates'] as const

const options = (changes: Partial<RestoreOptions>): RestoreOptions => restoreOptionsSchema.parse(changes)

/** A source whose identity differs in everything from that of the target. */
async function twoDevices(): Promise<{ readonly stored: Stored; readonly target: Peer }> {
  const source = await startPeer({ name: 'SOURCE', payloadBytes: 20_000 })
  source.device.edit(({ settings, users }) => ({
    settings: {
      ...settings,
      connectivity: { ethernet: { XF10: { enabled: true, mtu: 1400 } } },
      proxy: { enabled: true },
    },
    users: [...users, { ...users[0]!, id: '1077', name: 'plantoperator' }],
  }))
  const trusted = join(source.device.folder, 'certificates', 'opcua-server', 'certificates', 'trusted')
  writeFileSync(join(trusted, 'source-ca.crt'), 'practice certificate of the source alone\n')
  const stored = await backUp(source)
  const target = await startPeer({ name: 'TARGET', model: 'virtual' })
  return { stored, target }
}

function identityOf(peer: Peer) {
  const { hostname, users, settings, files } = peer.device.content()
  const certificates = Object.entries(files).filter(([name]) => name.startsWith('certificates/'))
  return { hostname, users, connectivity: settings.connectivity, certificates }
}

async function plan(peer: Peer, stored: Stored, changes: Partial<RestoreOptions>): Promise<FamilyPlan> {
  await using session = await peer.connect()
  const source = await readArchive(stored.archive, stored.record.source, quiet)
  return peer.family.planRestore({
    device: peer.inventory,
    record: stored.record,
    archive: { source, unsafeEntries: [], hashMatches: true, unpackedBytes: undefined },
    target: await session.identify(quiet),
    options: options(changes),
  })
}

async function derivedFolders(): Promise<readonly string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('ferrite-derived-'))
}

test('host name, address, users and certificates of the target stay, and everything else comes', async () => {
  const { stored, target } = await twoDevices()
  const bytes = await readFile(stored.file)
  const before = identityOf(target)
  const done = await restore(target, stored, { options: options({ keep: [...everything] }) })
  expect(done).toMatchObject({ outcome: 'verified-new', differences: [], errorCount: 0 })
  expect(identityOf(target)).toEqual(before)
  const { settings, files } = target.device.content()
  expect(settings.proxy).toEqual({ enabled: true })
  expect(Object.keys(files)).toContain('active/plc/recordings/trace.bin')
  expect((await readFile(stored.file)).equals(bytes)).toBe(true)
  expect(posts(target, apply)).toBe(1)
})

test.each(everything)('only %s stays where only that is to be kept', async (kept) => {
  const { stored, target } = await twoDevices()
  const before = identityOf(target)
  const done = await restore(target, stored, { options: options({ keep: [kept] }) })
  expect(done.outcome).toBe('verified-new')
  const after = identityOf(target)
  const same = (part: keyof typeof after): boolean =>
    JSON.stringify(after[part]) === JSON.stringify(before[part])
  expect(everything.filter((id) => same(id === 'address' ? 'connectivity' : id))).toEqual([kept])
  expect(remarksOf(done)).toContain('kept-elements')
})

test('the report names the hash of the file that was sent, and the file is gone afterwards', async () => {
  const { stored, target } = await twoDevices()
  const before = new Set(await derivedFolders())
  const ready = await makeReady(target, stored, { options: options({ keep: ['hostname'] }) })
  const [made] = (await derivedFolders()).filter((name) => !before.has(name))
  const sent = await readFile(`${tmpdir()}/${made ?? ''}/setup.zip`)
  await ready.prepared.abandon()
  await ready.session[Symbol.asyncDispose]()
  const done = await restore(target, stored, { options: options({ keep: ['hostname'] }) })
  const remark = done.remarks.find((each) => each.remark === 'kept-elements')
  expect(remark?.facts).toEqual({
    kept: 'hostname',
    sha256: createHash('sha256').update(sent).digest('hex'),
  })
  expect((await derivedFolders()).filter((name) => !before.has(name))).toEqual([])
})

test('what was to be kept and changed nevertheless is a difference', async () => {
  const { stored, target } = await twoDevices()
  const ready = await makeReady(target, stored, { options: options({ keep: ['hostname'] }) })
  const commitment = await ready.prepared.commit(quiet)
  target.device.edit(() => ({ hostname: 'somebody-else' }))
  const done = await observe(target, ready, commitment)
  expect(done.differences).toEqual([{ what: 'system.hostname', expected: 'TARGET', actual: 'somebody-else' }])
  expect(remarksOf(done)).toContain('kept-differs')
})

test('the plan offers each with both values, and says why not where it cannot be', async () => {
  const { stored, target } = await twoDevices()
  const { identityChoices, sideEffects, steps } = await plan(target, stored, { keep: ['address'] })
  expect(identityChoices).toMatchObject([
    { id: 'hostname', offered: true, taken: 'SOURCE', kept: 'TARGET' },
    { id: 'address', offered: true, kept: target.inventory.address },
    { id: 'users', offered: true, taken: 'boschrexroth, plantoperator' },
    { id: 'certificates', offered: true },
  ])
  expect(sideEffects).not.toContain('address-may-change')
  expect(sideEffects).toContain('users-may-change')
  expect(steps[0]).toMatchObject({ step: 'leave-out-kept', facts: { kept: 'address' } })
  const replaced = await plan(target, stored, { mode: 'replace' })
  expect(replaced.identityChoices?.map(({ offered, reason }) => [offered, reason])).toEqual(
    everything.map(() => [false, 'replace-mode']),
  )
  const refused = await plan(target, stored, { mode: 'replace', keep: ['users'] }).catch((e: unknown) => e)
  expect(isFailure(refused, 'bad-input') && refused.failure.field).toBe('keep')
})

test('a replace that is to keep something is refused before anything is sent', async () => {
  const { stored, target } = await twoDevices()
  const ready = makeReady(target, stored, { options: options({ mode: 'replace', keep: ['users'] }) })
  await expect(ready).rejects.toThrow('bad-input')
  expect(posts(target, apply)).toBe(0)
})

test('what an archive does not hold cannot be kept from it', async () => {
  const source = await startPeer({ name: 'SOURCE' })
  const stored = await backUp(source, { parts: ['packageManagement', 'connectivity'] })
  const { identityChoices } = await plan(source, stored, {})
  expect(identityChoices?.map(({ id, reason }) => `${id} ${reason ?? 'offered'}`)).toEqual([
    'hostname not-in-archive',
    'address offered',
    'users not-in-archive',
    'certificates not-in-archive',
  ])
})
