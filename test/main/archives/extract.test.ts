import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { extractTo } from '../../../src/main/archives/extract.ts'
import { SafeNames } from '../../../src/main/archives/safe-names.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { hollowTar } from '../../corpus/hollow-tar.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'
import { openHosted } from '../inline-parser.ts'
import { failureOf, takeOutOf } from './outcomes.ts'

const signal = new AbortController().signal
const entries: readonly RawEntry[] = [
  { name: 'a.txt', content: 'first' },
  { name: 'dir/sub/b.txt', content: 'second' },
  { name: 'dir/c.txt', content: Buffer.alloc(300_000, 'c') },
  { name: 'hollow/', content: '' },
]

let folder: string
let target: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extract-'))
  target = join(folder, 'target')
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const listing = async (place: string): Promise<readonly string[]> =>
  (await readdir(place, { recursive: true })).sort()

describe('taking entries out', () => {
  test('makes all of them in a folder that is new or empty', async () => {
    for (const bytes of [buildZip(entries), zipAsTar(), gzipSync(zipAsTar())]) {
      await using archive = await openArchive(bytes)
      let told = 0
      const result = await extractTo(takeOutOf(archive), undefined, target, {
        signal,
        onBytes: (bytesDone) => (told = bytesDone),
      })
      expect(result).toMatchObject({ files: 3, bytes: 300_011, skipped: [], renamed: [] })
      expect(told).toBe(300_011)
      expect(await listing(target)).toEqual(
        ['a.txt', 'dir', 'dir/c.txt', 'dir/sub', 'dir/sub/b.txt', 'hollow'].sort(),
      )
      expect(await readFile(join(target, 'dir/sub/b.txt'), 'utf8')).toBe('second')
      await rm(target, { recursive: true })
      await mkdir(target)
    }
  })

  function zipAsTar(): Buffer {
    return buildTar(
      { name: 'a.txt', content: 'first', mode: 0o755 },
      { name: 'dir/sub/b.txt', content: 'second' },
      { name: 'dir/c.txt', content: Buffer.alloc(300_000, 'c') },
      { name: 'hollow/', type: '5', mode: 0o777 },
    )
  }

  test('makes plain files with plain rights and the time of the entry', async () => {
    await using archive = await openArchive(
      buildTar({ name: 'run', content: 'x', mode: 0o777, mtime: 1_600_000_000 }),
    )
    await extractTo(takeOutOf(archive), undefined, target, { signal })
    const { mode, mtimeMs } = await lstat(join(target, 'run'))
    expect(mode & 0o111).toBe(0)
    expect(mtimeMs).toBe(1_600_000_000_000)
  })

  test('takes what was chosen, and what is below it', async () => {
    await using archive = await openArchive(buildZip(entries))
    const result = await extractTo(takeOutOf(archive), ['dir/sub/', 'a.txt'], target, { signal })
    expect(result.files).toBe(2)
    expect(await listing(target)).toEqual(['a.txt', 'dir', 'dir/sub', 'dir/sub/b.txt'])
    const missing = await failureOf(async () =>
      extractTo(takeOutOf(archive), ['di'], join(folder, 'other'), { signal }),
    )
    expect(missing.code).toBe('not-found')
    expect(await readdir(folder)).toEqual(['target'])
  })

  test('refuses a folder that is not empty, and leaves what is in it', async () => {
    await mkdir(target)
    await writeFile(join(target, 'mine'), 'mine')
    await using archive = await openArchive(buildZip(entries))
    const failure = await failureOf(async () => extractTo(takeOutOf(archive), undefined, target, { signal }))
    expect(failure).toEqual({ code: 'target-not-empty', folder: target })
    expect(await readdir(target)).toEqual(['mine'])
    const file = join(folder, 'file')
    await writeFile(file, '')
    expect(
      (await failureOf(async () => extractTo(takeOutOf(archive), undefined, file, { signal }))).code,
    ).toBe('target-not-empty')
  })

  test('skips links, devices and names that are not safe everywhere, and names them', async () => {
    const names = ['CON', 'ab:cd', 'a.', 'b', 'B', 'tab\t', 'back\\slash']
    await using archive = await openArchive(
      buildTar(
        ...names.map((name) => ({ name, content: 'x' })),
        { name: 'good', content: 'x' },
        { name: 'soft', type: '2', linkName: '/etc/passwd' },
        { name: 'hard', type: '1', linkName: 'good' },
        { name: 'device', type: '3' },
        { name: 'suid', content: 'x', mode: 0o4755 },
      ),
    )
    const { files, skipped } = await extractTo(takeOutOf(archive), undefined, target, { signal })
    expect(files).toBe(1)
    expect(await listing(target)).toEqual(['good'])
    expect(skipped.map(({ path, reason }) => `${reason} ${path}`)).toEqual([
      'unsafe-name CON',
      'unsafe-name ab:cd',
      'unsafe-name a.',
      'collision b',
      'collision B',
      'unsafe-name tab\t',
      'unsafe-name back\\slash',
      'link soft',
      'link hard',
      'special device',
      'special suid',
    ])
  })

  test('A09, A10, A15: unsafe names are taken out under safe ones, but only when it was asked for', async () => {
    const names = ['CON', 'ab:cd', 'ab?cd', 'a.txt.', 'b', 'B', 'tab\t/in it', 'good']
    await using archive = await openArchive(
      buildTar(
        ...names.map((name) => ({ name, content: name })),
        { name: 'soft:link', type: '2', linkName: 'good' },
        { name: 'de:vice', type: '3' },
      ),
    )
    const { files, skipped, renamed } = await extractTo(takeOutOf(archive), undefined, target, {
      signal,
      names: new SafeNames(),
    })
    expect(files).toBe(6)
    expect(await listing(target)).toEqual(
      ['_CON', 'ab_cd', 'ab_cd (2)', 'a.txt_', 'good', 'tab_', 'tab_/in it'].sort(),
    )
    expect(await readFile(join(target, 'ab_cd (2)'), 'utf8')).toBe('ab?cd')
    expect(renamed).toContainEqual({ path: 'CON', name: '_CON' })
    expect(renamed).toHaveLength(5)
    // Which of two that differ in case alone is meant, nobody can say; links and devices are never made.
    expect(skipped.map(({ path, reason }) => `${reason} ${path}`)).toEqual([
      'collision b',
      'collision B',
      'link soft:link',
      'special de:vice',
    ])
  })

  test('A09, A35: a survey says how large it is and how many names are unsafe, before anything is made', async () => {
    await using archive = await openArchive(
      buildZip([
        { name: 'zeros', content: Buffer.alloc(1_000_000) },
        { name: 'NUL', content: 'x' },
        { name: 'bb:/c', content: 'y' },
      ]),
    )
    const survey = await takeOutOf(archive).survey({}, signal)
    expect(survey).toMatchObject({ files: 1, totalBytes: 1_000_000, unsafeNames: 2, skippedCount: 2 })
    expect(survey.packedBytes).toBeLessThan(5000)
    expect(await takeOutOf(archive).survey({ withUnsafeNames: true }, signal)).toMatchObject({
      files: 3,
      totalBytes: 1_000_002,
      unsafeNames: 2,
      skippedCount: 0,
    })
  })

  test('gives the same from an archive that is open in the parser process, and cleans up when that is stopped', async () => {
    const file = join(folder, 'archive.zip')
    await writeFile(file, buildZip([...entries, { name: 'zeros', content: Buffer.alloc(20_000_000) }]))
    await using archive = await openHosted(file)
    const only = await extractTo(archive, ['dir', 'a.txt'], target, { signal })
    expect(only).toMatchObject({ files: 3, bytes: 300_011, skipped: [] })
    expect(await readFile(join(target, 'dir/c.txt'))).toEqual(Buffer.alloc(300_000, 'c'))
    const controller = new AbortController()
    const stopped = join(folder, 'stopped')
    const stopping = extractTo(archive, undefined, stopped, {
      signal: controller.signal,
      onBytes: (bytesDone) => {
        if (bytesDone > 1_000_000) controller.abort(new Error('stopped by a person'))
      },
    })
    await expect(stopping).rejects.toThrow('stopped by a person')
    expect((await readdir(folder)).sort()).toEqual(['archive.zip', 'target'])
  })

  test('leaves nothing behind when an entry turns out to be damaged', async () => {
    const lie = { crc32: 1 }
    const bytes = buildZip([...entries, { name: 'dir/bad', content: 'bad', local: lie, central: lie }])
    await using archive = await openArchive(bytes)
    expect(
      (await failureOf(async () => extractTo(takeOutOf(archive), undefined, target, { signal }))).code,
    ).toBe('archive-crc')
    expect(await readdir(folder)).toEqual([])
    await mkdir(target)
    expect(
      (await failureOf(async () => extractTo(takeOutOf(archive), undefined, target, { signal }))).code,
    ).toBe('archive-crc')
    expect(await readdir(target)).toEqual([])
  })

  test('leaves nothing behind when it is stopped', async () => {
    const controller = new AbortController()
    await using archive = await openArchive(
      buildZip([...entries, { name: 'zeros', content: Buffer.alloc(20_000_000) }]),
    )
    const stopping = extractTo(takeOutOf(archive), undefined, target, {
      signal: controller.signal,
      onBytes: (bytesDone) => {
        if (bytesDone > 1_000_000) controller.abort(new Error('stopped by a person'))
      },
    })
    await expect(stopping).rejects.toThrow('stopped by a person')
    expect(await readdir(folder)).toEqual([])
  })

  test('does not write through a link that somebody puts into the folder meanwhile', async () => {
    const outside = join(folder, 'outside')
    await mkdir(outside)
    await using archive = await openArchive(buildZip(entries))
    let plant: Promise<void> | undefined
    const planting = extractTo(takeOutOf(archive), undefined, target, {
      signal,
      onBytes: () => {
        plant ??= symlink(outside, join(target, 'dir'))
      },
    })
    const failure = await failureOf(async () => planting)
    await plant
    expect(failure.code).toMatch(/^(target-not-empty|storage-unwritable)$/)
    expect(await readdir(outside)).toEqual([])
  })

  test('does not begin where there is no room', async () => {
    // 96 GiB, more than any archive may take.
    const files = Array.from({ length: 16 }, (_, index) => ({ name: `f${index}`, sizeBytes: 6 * 1024 ** 3 }))
    await using archive = await openArchive(hollowTar(files))
    expect(archive.unpackedBytes).toBe(96 * 1024 ** 3)
    const failure = await failureOf(async () => extractTo(takeOutOf(archive), undefined, target, { signal }))
    expect(failure.code).toBe('disk-full')
    expect(await readdir(folder)).toEqual([])
  })

  test('a folder that cannot be made is told with its place', async () => {
    await using archive = await openArchive(buildZip(entries))
    const nowhere = join(folder, 'no', 'such', 'place')
    const failure = await failureOf(async () => extractTo(takeOutOf(archive), undefined, nowhere, { signal }))
    expect(failure).toMatchObject({ code: 'storage-unwritable', place: nowhere, reason: 'ENOENT' })
  })
})
