import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { ArchiveId } from '../../../src/shared/model/record.ts'
import { encodeDocument } from '../../../src/main/storage/document.ts'
import { roomNeeded } from '../../../src/main/vault/staging.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import { failureOf } from '../storage/support/failure-of.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { breaksAfter, deposit, draft, hashTree, staging, stream, vaultcheck } from './support/samples.ts'

const { signal } = new AbortController()
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const newVault = async () => await Vault.open(join(await newFolder(), 'vault'), { createIfMissing: true })

async function expectOnly(vault: Vault, ids: readonly string[]): Promise<void> {
  const { records, damaged } = await vault.list()
  expect(records.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  expect(damaged).toEqual([])
  expect(await readdir(join(vault.folder, 'staging'))).toEqual([])
  const verdict = vaultcheck(vault.folder)
  expect(verdict.problems).toEqual([])
  expect(verdict.archives.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
}

describe('a backup', () => {
  test('is staged, committed, listed and checked, the same at every size of pieces', async () => {
    const vault = await newVault()
    const bytes = randomBytes(64)
    const ids: string[] = []
    for (let size = 1; size <= bytes.length; size += 1) {
      const staged = await vault.stage(staging(stream(bytes, size), { announcedBytes: bytes.length }))
      expect(staged).toMatchObject({ fileName: 'backup.zip', sizeBytes: 64, sha256: sha256(bytes) })
      expect(staged.path).toBe(join(vault.folder, 'staging', staged.stagingId, 'backup.zip.part'))
      const record = await vault.commit(staged, draft())
      expect(record).toEqual({
        ...draft(),
        format: 1,
        id: record.id,
        fileName: 'backup.zip',
        sizeBytes: 64,
        sha256: sha256(bytes),
      })
      expect(record.id).toMatch(/^20260301t100005z-press-7-[a-z0-9]{6}$/)
      expect(await readFile(await vault.contentPath(record.id))).toEqual(bytes)
      expect(await vault.read(record.id)).toEqual(record)
      ids.push(record.id)
    }
    await expectOnly(vault, ids)
  })

  test('of several MiB tells how far it is, in and back', async () => {
    const vault = await newVault()
    const bytes = randomBytes(3 * 1024 * 1024 + 5)
    const heard: number[] = []
    const readBack: number[] = []
    const onBytes = (done: number) => heard.push(done)
    const onReadBack = (done: number) => readBack.push(done)
    const staged = await vault.stage(staging(stream(bytes, 100_000), { onBytes, onReadBack }))
    expect(staged.sha256).toBe(sha256(bytes))
    expect(heard.at(-1)).toBe(bytes.length)
    expect(heard).toHaveLength(32)
    expect(readBack.at(-1)).toBe(bytes.length)
  })

  test('is kept under a safe name and for its owner alone', async () => {
    const vault = await newVault()
    const staged = await vault.stage(staging(stream(Buffer.from('x')), { fileName: '../../NUL.zip' }))
    const { id, fileName } = await vault.commit(staged, draft())
    expect(fileName).toBe('_.._NUL.zip')
    const folder = join(vault.folder, 'archives', id)
    expect((await readdir(folder)).toSorted()).toEqual(['_.._NUL.zip', 'record.json'])
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(folder))
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  })

  test('of the same bytes twice is two archives', async () => {
    const vault = await newVault()
    const ids = [(await deposit(vault, 'same')).id, (await deposit(vault, 'same')).id]
    expect(new Set(ids).size).toBe(2)
    await expectOnly(vault, ids)
  })

  test('by twenty at once is twenty archives', async () => {
    const vault = await newVault()
    const records = await Promise.all(
      Array.from({ length: 20 }, (_, n) => deposit(vault, `content ${String(n)}`)),
    )
    await expectOnly(
      vault,
      records.map(({ id }) => id),
    )
  })
})

describe('a transfer that fails', () => {
  test.each([0, 1, 4096, 1024 * 1024, 3 * 1024 * 1024])('after %d bytes leaves nothing', async (count) => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'older')
    const before = hashTree(vault.folder)
    await expect(vault.stage(staging(breaksAfter(count)))).rejects.toThrow('line dropped')
    expect(hashTree(vault.folder)).toEqual(before)
    await expectOnly(vault, [id])
  })

  test('by ending early or late leaves nothing', async () => {
    const vault = await newVault()
    for (const announcedBytes of [0, 9, 11, 5_000_000]) {
      const work = vault.stage(staging(stream(Buffer.alloc(10), 3), { announcedBytes }))
      expect(await failureOf(work)).toMatchObject({
        code: 'length-mismatch',
        what: 'backup.zip',
        announcedBytes,
      })
    }
    await expectOnly(vault, [])
  })

  test('by an abort, before, during or after the bytes came, leaves nothing', async () => {
    const vault = await newVault()
    async function* hangs(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(100)
      await delay(3_600_000, undefined, { ref: false })
    }
    const before = vault.stage(staging(hangs(), { signal: AbortSignal.abort() }))
    expect(await failureOf(before)).toEqual({ code: 'cancelled', phase: 'transferring' })
    const during = vault.stage(staging(hangs(), { signal: AbortSignal.timeout(50) }))
    expect(await failureOf(during)).toEqual({ code: 'cancelled', phase: 'transferring' })
    const controller = new AbortController()
    const onReadBack = () => {
      controller.abort()
    }
    const after = vault.stage(staging(stream(randomBytes(100)), { signal: controller.signal, onReadBack }))
    expect(await failureOf(after)).toEqual({ code: 'cancelled', phase: 'reading-back' })
    await expectOnly(vault, [])
  })

  test('for want of room fails before the first byte', async () => {
    const vault = await newVault()
    let asked = false
    async function* content(): AsyncGenerator<Uint8Array> {
      asked = true
      yield await Promise.resolve(Buffer.alloc(1))
    }
    const work = vault.stage(staging(content(), { announcedBytes: 1e17 }))
    expect(await failureOf(work)).toMatchObject({ code: 'disk-full', neededBytes: roomNeeded(1e17) })
    expect(asked).toBe(false)
    expect(roomNeeded(100)).toBe(110 + 64 * 1024 * 1024)
    expect(roomNeeded(undefined)).toBe(64 * 1024 * 1024)
  })
})

describe('a staged file', () => {
  test('that is discarded is gone, and cannot be committed', async () => {
    const vault = await newVault()
    const staged = await vault.stage(staging(stream(Buffer.from('x'))))
    await vault.discard(staged)
    await vault.discard(staged)
    expect(await failureOf(vault.commit(staged, draft()))).toMatchObject({
      code: 'not-found',
      kind: 'staged file',
    })
    await expectOnly(vault, [])
  })

  test('is no archive before it is committed', async () => {
    const vault = await newVault()
    await vault.stage(staging(stream(Buffer.from('x'))))
    expect(await vault.list()).toEqual({ records: [], damaged: [] })
    expect(vaultcheck(vault.folder)).toEqual({ archives: [], refused: [], problems: [] })
  })

  test('that was touched after it was read back is not committed', async () => {
    const vault = await newVault()
    const changes: readonly ((path: string) => Promise<void>)[] = [
      async (path) => await writeFile(path, 'y'),
      async (path) => await truncate(path, 0),
      async (path) => await utimes(path, 1, 1),
      async (path) => await rm(path),
      async (path) => {
        await rm(path)
        await symlink('/etc/hostname', path)
      },
    ]
    for (const change of changes) {
      const staged = await vault.stage(staging(stream(Buffer.from('x'))))
      await change(staged.path)
      expect(await failureOf(vault.commit(staged, draft()))).toMatchObject({ code: 'storage-damaged' })
      await vault.discard(staged)
    }
    await expectOnly(vault, [])
  })

  test('stays staged where its commit fails, and can be committed again', async () => {
    const vault = await newVault()
    const staged = await vault.stage(staging(stream(Buffer.from('x'))))
    const wrong = draft({ note: 'x'.repeat(2001) })
    expect(await failureOf(vault.commit(staged, wrong))).toEqual({
      code: 'bad-input',
      field: 'note',
      reason: 'too_big',
    })
    expect(await failureOf(vault.commit(staged, draft({ takenAt: 'soon' })))).toMatchObject({
      code: 'bad-input',
      field: 'takenAt',
    })
    await writeFile(join(staged.path, '..', 'record.json'), 'in the way')
    expect(await failureOf(vault.commit(staged, draft()))).toMatchObject({
      code: 'storage-unwritable',
      reason: 'EEXIST',
    })
    const { id } = await vault.commit(staged, draft())
    await expectOnly(vault, [id])
  })
})

describe('the list', () => {
  test('is ordered by the time of the backup, the newest first', async () => {
    const vault = await newVault()
    const times = [
      '2026-03-01T10:00:05Z',
      '2026-03-01T10:00:05.500Z',
      '2025-12-31T23:59:59Z',
      '2026-03-01T10:00:04.999Z',
    ]
    for (const takenAt of times) await deposit(vault, takenAt, { takenAt })
    const { records } = await vault.list()
    expect(records.map(({ takenAt }) => takenAt)).toEqual([times[1], times[0], times[3], times[2]])
  })

  test('names what is damaged and still shows all others', async () => {
    const vault = await newVault()
    const whole = await deposit(vault, 'whole')
    const damage = async (change: (folder: string) => Promise<void>) => {
      const { id } = await deposit(vault, 'content')
      await change(join(vault.folder, 'archives', id))
      return id
    }
    const edit = (text: string, value: string) => async (folder: string) => {
      const file = join(folder, 'record.json')
      const { check: _, ...record } = JSON.parse(
        (await readFile(file, 'utf8')).replace(text, value),
      ) as Record<string, unknown>
      await writeFile(file, encodeDocument(record))
    }
    const reasons: Record<string, string> = {}
    const add = async (reason: string, change: (folder: string) => Promise<void>) => {
      reasons[await damage(change)] = reason
    }
    await add('is missing', async (folder) => await rm(join(folder, 'record.json')))
    await add('is empty', async (folder) => await writeFile(join(folder, 'record.json'), ''))
    await add('does not match its check line', async (folder) => {
      const file = join(folder, 'record.json')
      await writeFile(file, (await readFile(file, 'utf8')).replace('Press 7', 'Press 8'))
    })
    await add('has no check line', async (folder) => {
      const file = join(folder, 'record.json')
      await writeFile(file, (await readFile(file, 'utf8')).replace('"check"', '"chock"'))
    })
    await add('is missing', async (folder) => await rm(join(folder, 'backup.zip')))
    await add(
      'has 3 bytes where its record says 7',
      async (folder) => await truncate(join(folder, 'backup.zip'), 3),
    )
    await add('is not a plain file', async (folder) => {
      await rm(join(folder, 'backup.zip'))
      await symlink('/dev/zero', join(folder, 'backup.zip'))
    })
    await add('is not a plain file', async (folder) => {
      await rm(join(folder, 'backup.zip'))
      await mkdir(join(folder, 'backup.zip'))
    })
    await add('belongs to another archive', edit('press-7', 'press-8'))
    await add('fileName: is no plain file name', edit('"backup.zip"', '"../../../etc/passwd"'))
    await add('sizeBytes: too_small', edit('"sizeBytes": 7', '"sizeBytes": -7'))
    await add('is not a plain file', async (folder) => {
      await rm(join(folder, 'record.json'))
      await symlink(join(vault.folder, 'archives', whole.id, 'record.json'), join(folder, 'record.json'))
    })
    await add(
      'is longer than 8388608 bytes',
      async (folder) => await truncate(join(folder, 'record.json'), 9_000_000),
    )
    await add('is not a folder', async (folder) => {
      await rm(folder, { recursive: true })
      await symlink(join(vault.folder, 'archives', whole.id), folder)
    })
    await writeFile(join(vault.folder, 'archives', 'notes.txt'), 'mine')
    reasons['notes.txt'] = 'is not an archive'

    const { records, damaged } = await vault.list()
    expect(records).toEqual([whole])
    const found = damaged.map(({ folder, failure }) => [
      folder,
      'reason' in failure ? failure.reason : failure.code,
    ])
    expect(Object.fromEntries(found)).toEqual(reasons)
    const verdict = vaultcheck(vault.folder)
    expect(verdict.archives.map(({ id }) => id)).toEqual([whole.id])
    for (const folder of Object.keys(reasons)) expect(verdict.problems.join('\n')).toContain(folder)
  })

  test('names an archive of a family that this program does not know', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const file = join(vault.folder, 'archives', id, 'record.json')
    const { check: _, ...record } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    await writeFile(file, encodeDocument({ ...record, family: 'toaster' }))
    const failure = { code: 'storage-damaged', file, reason: 'family: invalid_value' }
    expect(await vault.list()).toEqual({ records: [], damaged: [{ folder: id, failure }] })
  })

  test('goes on without a verdict that this program does not know, and without one that was never written', async () => {
    const vault = await newVault()
    const example = 'log/a:b.txt'
    const restricted = (restriction: string) => ({
      verdict: 'view',
      reasons: [{ restriction, entries: 1, example }],
    })
    for (const [written, read] of [
      [undefined, undefined],
      [{ verdict: 'ok' }, { verdict: 'ok' }],
      [restricted('link'), restricted('link')],
      [restricted('of-tomorrow'), undefined],
      [{ verdict: 'of-tomorrow' }, undefined],
    ] as const) {
      const { id } = await deposit(vault, 'content')
      const file = join(vault.folder, 'archives', id, 'record.json')
      const { check: _, ...record } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
      await writeFile(file, encodeDocument({ ...record, ...(written && { verdict: written }) }))
      expect((await vault.read(id)).verdict).toEqual(read)
    }
    expect(await vault.list()).toMatchObject({ damaged: [] })
    expect(vaultcheck(vault.folder)).toMatchObject({ problems: [] })
  })

  test('tells a record of a newer version and leaves it as it is', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const file = join(vault.folder, 'archives', id, 'record.json')
    await writeFile(file, '{"format":2,"things":1}')
    const failure = { code: 'storage-newer', file, format: 2, known: 1 }
    expect(await vault.list()).toEqual({ records: [], damaged: [{ folder: id, failure }] })
    expect(await vault.verify(id, { signal })).toEqual([failure])
    expect(await readFile(file, 'utf8')).toBe('{"format":2,"things":1}')
  })

  test('takes no notice of what systems drop into folders', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    for (const folder of ['archives', join('archives', id)])
      await writeFile(join(vault.folder, folder, '.DS_Store'), '')
    await expectOnly(vault, [id])
    expect(await vault.verify(id, { signal })).toEqual([])
  })
})

describe('finding an archive', () => {
  test('works by its id and by a unique start of it, in any case of letters', async () => {
    const vault = await newVault()
    const one = await deposit(vault, 'one', { takenAt: '2026-03-01T10:00:05Z' })
    const two = await deposit(vault, 'two', { takenAt: '2026-03-02T10:00:05Z' })
    expect(await vault.find(one.id)).toEqual(one)
    expect(await vault.find('20260302')).toEqual(two)
    expect(await vault.find(two.id.slice(0, -1).toUpperCase())).toEqual(two)
  })

  test('is refused where several or none begin like it, and never leaves the vault', async () => {
    const vault = await newVault()
    await deposit(vault, 'one')
    await deposit(vault, 'two')
    expect(await failureOf(vault.find('2026'))).toEqual({
      code: 'ambiguous-id',
      kind: 'archive',
      id: '2026',
      matches: 2,
    })
    for (const id of ['', '2025', '..', '../staging', '/etc']) {
      expect(await failureOf(vault.find(id))).toEqual({ code: 'not-found', kind: 'archive', id })
      expect(await failureOf(vault.read(id as ArchiveId))).toEqual({ code: 'not-found', kind: 'archive', id })
    }
  })
})

describe('checking an archive', () => {
  test('finds every flipped byte of its content', async () => {
    const vault = await newVault()
    const bytes = randomBytes(257)
    const { id } = await deposit(vault, bytes)
    const file = await vault.contentPath(id)
    expect(await vault.rehash(id, { signal })).toEqual({ sha256: sha256(bytes), matches: true })
    for (let at = 0; at < bytes.length; at += 1) {
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at & 7)), at)
      await writeFile(file, flipped)
      const [failure, ...others] = await vault.verify(id, { signal })
      expect(others).toEqual([])
      expect(failure).toEqual({
        code: 'archive-changed',
        archive: id,
        expectedSha256: sha256(bytes),
        actualSha256: sha256(flipped),
      })
    }
    expect(vaultcheck(vault.folder).archives).toEqual([])
    await writeFile(file, bytes)
    expect(await vault.verify(id, { signal })).toEqual([])
  })

  test('finds every flipped bit of its record, and lists it as damaged', { timeout: 60_000 }, async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const other = await deposit(vault, 'other')
    const file = join(vault.folder, 'archives', id, 'record.json')
    const whole = await readFile(file)
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const flipped = Buffer.from(whole)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      await writeFile(file, flipped)
      const failures = await vault.verify(id, { signal })
      expect(failures.map(({ code }) => code)).toEqual([expect.stringMatching(/^storage-(damaged|newer)$/)])
      if (bit % 64 > 0) continue
      const { records, damaged } = await vault.list()
      expect(records).toEqual([other])
      expect(damaged.map(({ folder }) => folder)).toEqual([id])
    }
  })

  test('names files that do not belong to it', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const file = join(vault.folder, 'archives', id, 'extra')
    await writeFile(file, '')
    const failure = { code: 'storage-damaged', file, reason: 'does not belong to the archive' }
    expect(await vault.verify(id, { signal })).toEqual([failure])
    expect(vaultcheck(vault.folder).problems).toEqual([`${file}: does not belong to the archive`])
  })

  test('can be stopped, and tells what it does not know', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const stopped = { code: 'cancelled', phase: 'checking-archive' }
    expect(await failureOf(vault.verify(id, { signal: AbortSignal.abort() }))).toEqual(stopped)
    expect(await failureOf(vault.rehash(id, { signal: AbortSignal.abort() }))).toEqual(stopped)
    const unknown = `${id.slice(0, -6)}000000` as ArchiveId
    expect(await failureOf(vault.verify(unknown, { signal }))).toMatchObject({ code: 'not-found' })
  })
})
