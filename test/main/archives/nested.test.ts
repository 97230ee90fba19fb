import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { FrontCache } from '../../../src/main/archives/front-cache.ts'
import { MemoryBudget } from '../../../src/main/archives/memory-budget.ts'
import { openInside, type NestedOptions } from '../../../src/main/archives/nested.ts'
import { openArchive, type OpenArchive } from '../../../src/main/archives/open.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { failureOf, readWhole } from './outcomes.ts'

const { signal } = new AbortController()
const KiB = 1024
const memory = (bytes = 1024 * KiB): MemoryBudget => new MemoryBudget(bytes)

async function inside(
  around: readonly OpenArchive[],
  path: string,
  options: Partial<NestedOptions> = {},
): Promise<OpenArchive> {
  return await openInside(path, { signal, around, memory: memory(), ...options })
}

const snap = Buffer.concat([Buffer.from('hsqs'), Buffer.alloc(3000, 7)])
const snapPath = 'public/snaps/arm64/release/ctrlx-node-red-3.2.1.snap'
const app = buildTar({ name: snapPath, content: snap })

describe('an archive inside an archive', () => {
  test.each([
    ['a zip that keeps it as it is', buildZip([{ name: 'apps/a.app', content: app, method: 0 }])],
    ['a zip that packs it', buildZip([{ name: 'apps/a.app', content: app, method: 8 }])],
    ['a tar', buildTar({ name: 'apps/a.app', content: app })],
    ['a tar.gz', gzipSync(buildTar({ name: 'apps/a.app', content: app }))],
  ])('opens in %s', async (_, bytes) => {
    await using outer = await openArchive(bytes)
    await using inner = await inside([outer], 'apps/a.app')
    expect(inner).toMatchObject({ container: 'tar', name: 'a.app', count: 1 })
    expect((await readWhole(inner, snapPath)).equals(snap)).toBe(true)
  })

  test('is read where it lies, of any size, without taking memory', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nested-'))
    try {
      const file = join(folder, 'outer.tar')
      const middle = buildZip([
        { name: 'b.tar', content: buildTar({ name: 'c', content: 'deep' }), method: 0 },
      ])
      await writeFile(file, buildTar({ name: 'a.zip', content: middle }))
      const none = memory(0)
      await using outer = await openArchive(file)
      await using first = await inside([outer], 'a.zip', { memory: none })
      await using second = await inside([first, outer], 'b.tar', { memory: none })
      expect((await readWhole(second, 'c')).toString()).toBe('deep')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('with a password of its own opens with that password, and shows names without it', async () => {
    // Made by 7z: `secret.txt` with "hidden", AES-256, password "hunter2".
    const locked = Buffer.from(aesZip, 'base64')
    await using outer = await openArchive(buildTar({ name: 'locked.zip', content: locked }))
    await using closed = await inside([outer], 'locked.zip')
    expect(closed.find('secret.txt')).toMatchObject({ restriction: 'encrypted' })
    expect((await failureOf(async () => readWhole(closed, 'secret.txt'))).code).toBe('archive-password')
    await using wrong = await inside([outer], 'locked.zip', { password: 'hunter3' })
    expect((await failureOf(async () => readWhole(wrong, 'secret.txt'))).code).toBe('archive-password')
    await using opened = await inside([outer], 'locked.zip', { password: 'hunter2' })
    expect((await readWhole(opened, 'secret.txt')).toString()).toBe('hidden')
  })

  test('that is damaged on the way out is refused, and gives its memory back', async () => {
    const lie = { crc32: 1 }
    await using outer = await openArchive(
      buildZip([{ name: 'a.app', content: app, local: lie, central: lie }]),
    )
    const shared = memory()
    expect((await failureOf(async () => inside([outer], 'a.app', { memory: shared }))).code).toBe(
      'archive-crc',
    )
    expect(shared.freeBytes).toBe(shared.limitBytes)
  })

  test('that is none is said to be what it is', async () => {
    await using outer = await openArchive(
      buildZip([
        { name: 'a.json', content: '{"a":1}', method: 0 },
        { name: 'b.txt', content: 'plain' },
      ]),
    )
    const looksLike = async (path: string): Promise<unknown> => failureOf(async () => inside([outer], path))
    expect(await looksLike('a.json')).toMatchObject({
      code: 'archive-not-recognised',
      looksLike: 'JSON document',
    })
    expect(await looksLike('b.txt')).toMatchObject({
      code: 'archive-not-recognised',
      looksLike: 'plain text',
    })
    expect(await looksLike('c')).toMatchObject({ code: 'not-found' })
  })

  test('whose opening is cancelled gives its memory back', async () => {
    await using outer = await openArchive(buildZip([{ name: 'a.app', content: app, method: 8 }]))
    const shared = memory()
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    await expect(inside([outer], 'a.app', { memory: shared, signal: controller.signal })).rejects.toThrow(
      'enough',
    )
    expect(shared.freeBytes).toBe(shared.limitBytes)
  })
})

describe('A38: archives in archives in archives', () => {
  const level = (content: Buffer): Buffer => buildZip([{ name: '0.zip', content }])

  test('open at most three deep', async () => {
    let bytes = buildZip([{ name: 'end', content: 'x' }])
    for (let depth = 0; depth < 4; depth += 1) bytes = level(bytes)
    await using file = await openArchive(bytes)
    const around = [file]
    for (let depth = 0; depth < 3; depth += 1) around.unshift(await inside(around, '0.zip'))
    expect(await failureOf(async () => inside(around, '0.zip'))).toMatchObject({
      code: 'archive-nested-too-deep',
      limit: 3,
    })
    for (const archive of around) await archive[Symbol.asyncDispose]()
  })

  test('share one room, whatever their number, until they are closed', async () => {
    const stored = buildZip([
      { name: 'a.tar', content: buildTar({ name: 'z', content: Buffer.alloc(400 * KiB) }), method: 8 },
    ])
    await using packed = await openArchive(stored)
    const shared = memory(1000 * KiB)
    const first = await inside([packed], 'a.tar', { memory: shared })
    const second = await inside([packed], 'a.tar', { memory: shared })
    expect(await failureOf(async () => inside([packed], 'a.tar', { memory: shared }))).toMatchObject({
      code: 'archive-nested-too-large',
      entry: 'a.tar',
    })
    await first[Symbol.asyncDispose]()
    await first[Symbol.asyncDispose]()
    await using third = await inside([packed], 'a.tar', { memory: shared })
    expect(third.count).toBe(1)
    await second[Symbol.asyncDispose]()
  })

  test('are refused by the size they say, before a byte is unpacked', async () => {
    const content = Buffer.alloc(2000 * KiB)
    let read = 0
    await using outer = await openArchive(buildZip([{ name: 'a.zip', content, method: 8 }]), {
      onRead: (bytes) => (read += bytes),
    })
    read = 0
    expect((await failureOf(async () => inside([outer], 'a.zip'))).code).toBe('archive-nested-too-large')
    // The header in front of it, and nothing of it.
    expect(read).toBeLessThan(100)
  })

  test('A31, A34: lie no better inside than outside', async () => {
    const lie = { sizeBytes: 10 }
    const packed = buildZip([{ name: 'a.zip', content: app, method: 8, local: lie, central: lie }])
    await using outer = await openArchive(packed)
    expect((await failureOf(async () => inside([outer], 'a.zip'))).code).toBe('archive-size-lie')
    const ratio = { sizeBytes: 2_000_000_000 }
    const bomb = buildZip([
      { name: 'zeros', content: Buffer.alloc(1000), method: 8, local: ratio, central: ratio },
    ])
    await using around = await openArchive(buildTar({ name: 'b.zip', content: bomb }))
    expect((await failureOf(async () => inside([around], 'b.zip'))).code).toBe('archive-bomb')
  })

  test('count their entries together with those around them', async () => {
    const inner = buildZip([{ name: 'a' }, { name: 'b' }])
    await using outer = await openArchive(buildTar({ name: 'i.zip', content: inner }))
    const crowded = Object.create(outer, { count: { value: 1_999_999 } }) as OpenArchive
    expect(await failureOf(async () => inside([outer, crowded], 'i.zip'))).toMatchObject({
      code: 'archive-too-many',
      limit: 0,
    })
  })
})

describe('paging through the bytes of a file', () => {
  test('gives each page of a packed file, unpacks it few times, and stops at 16 MiB', async () => {
    const content = randomBytes(18 * 1024 * KiB)
    let read = 0
    await using archive = await openArchive(buildZip([{ name: 'a', content, method: 8 }]), {
      onRead: (bytes) => (read += bytes),
    })
    const packedBytes = archive.find('a')!.compressedBytes!
    const fronts = new FrontCache()
    const length = 128 * KiB
    read = 0
    for (let offset = 0; offset < 16 * 1024 * KiB; offset += length) {
      const page = await fronts.bytes(archive, 'a', { offset, length, signal })
      expect(content.subarray(offset, offset + length).equals(page)).toBe(true)
    }
    expect(read).toBeLessThan(packedBytes * 3)
    expect(await fronts.bytes(archive, 'a', { offset: 16 * 1024 * KiB, length, signal })).toHaveLength(0)
    expect(await fronts.bytes(archive, 'a', { offset: 16 * 1024 * KiB - 5, length, signal })).toHaveLength(5)
  })

  test('reads nothing but the page of a file that lies unchanged in its archive', async () => {
    let read = 0
    const content = Buffer.from('0123456789'.repeat(100_000))
    await using archive = await openArchive(buildTar({ name: 'a', content }), {
      onRead: (bytes) => (read += bytes),
    })
    read = 0
    const page = await new FrontCache().bytes(archive, 'a', { offset: 500_000, length: 20, signal })
    expect(Buffer.from(page).toString()).toBe('01234567890123456789')
    expect(read).toBe(20)
    expect(
      await new FrontCache().bytes(archive, 'a', { offset: 2_000_000, length: 20, signal }),
    ).toHaveLength(0)
  })
})

const aesZip =
  'UEsDBDMAAQBjAAY4fF0AAAAAIgAAAAYAAAAKAAsAc2VjcmV0LnR4dAGZBwACAEFFAwAAc3PluOVC2vCSid2oiIKjHpf8O6xsdJgiJA4q3fFr3B5M6VBLAQI/AzMAAQBjAAY4fF0AAAAAIgAAAAYAAAAKAC8AAAAAAAAAIICkgQAAAABzZWNyZXQudHh0CgAgAAAAAAABABgA0sRdHAZ/3QEAAAAAAAAAAAAAAAAAAAAAAZkHAAIAQUUDAABQSwUGAAAAAAEAAQBnAAAAVQAAAAAA'
