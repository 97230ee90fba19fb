import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/main/archives/open.ts'
import { hollowTar } from '../../corpus/hollow-tar.ts'
import { tarEnd, tarHeader } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { listFolder, refusal } from './outcomes.ts'

const MiB = 1024 * 1024
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scale-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const manyNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `folder${index % 500}/sub/file ${index}.json`)

describe('large archives', () => {
  test('A56: a zip of 100,000 entries is opened, searched and listed', { timeout: 120_000 }, async () => {
    const bytes = buildZip(
      manyNames(100_000).map((name) => ({ name, content: '{}', method: 0 })),
      { zip64: {} },
    )
    await using archive = await openArchive(bytes)
    expect(archive.count).toBe(100_000)
    expect(archive.unpackedBytes).toBe(200_000)
    expect(archive.find('folder499/sub/file 99999.json')?.sizeBytes).toBe(2)
    expect(archive.find('folder499/sub/file 99998.json')).toBeUndefined()
    expect(await listFolder(archive, '')).toHaveLength(500)
    expect(await listFolder(archive, 'folder7')).toMatchObject([{ name: 'sub', files: 200, sizeBytes: 400 }])
    expect(await listFolder(archive, 'folder7/sub')).toHaveLength(200)
    expect(archive.unsafeEntries()).toEqual([])
  })

  test('the last of 20,000 entries decides as the first one would', { timeout: 120_000 }, async () => {
    const entries = manyNames(20_000).map((name) => ({ name, content: '', method: 0 }))
    const first = entries[0]!.name
    const last = async (name: string): Promise<string> =>
      refusal(buildZip([...entries, { name, content: '' }], { zip64: {} }))
    expect(await last(first)).toBe('archive-ambiguous')
    expect(await last('folder7/sub')).toBe('archive-ambiguous')
    expect(await last('../x')).toBe('archive-path')
  })

  test('opening stops when it is told to', { timeout: 120_000 }, async () => {
    const bytes = buildZip(
      manyNames(100_000).map((name) => ({ name, content: '', method: 0 })),
      { zip64: {} },
    )
    const controller = new AbortController()
    const opening = openArchive(bytes, { signal: controller.signal })
    setImmediate(() => controller.abort(new Error('stopped by a person')))
    await expect(opening).rejects.toThrow('stopped by a person')
  })

  test('a tar of files over 4 GiB is listed by its headers alone', async () => {
    const sizes = [5 * 1024 ** 3, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 10]
    const files = sizes.map((sizeBytes, index) => ({ name: `f${index}`, sizeBytes }))
    await using archive = await openArchive(hollowTar(files))
    expect(Array.from(archive.entries(), ({ sizeBytes }) => sizeBytes)).toEqual(sizes)
    expect(await archive.readBytes('f4', 100)).toEqual(Buffer.alloc(10))
  })

  test('A35: a tar.gz of 512 MiB passes through little memory', { timeout: 120_000 }, async () => {
    const file = join(folder, 'zeros.tar.gz')
    const sizeBytes = 512 * MiB
    async function* content(): AsyncGenerator<Buffer> {
      yield tarHeader({ name: 'zeros', size: sizeBytes })
      const zeros = Buffer.alloc(MiB)
      for (let at = 0; at < sizeBytes; at += MiB) yield zeros
      yield tarEnd
    }
    await pipeline(content(), createGzip({ level: 1 }), createWriteStream(file))

    const before = process.memoryUsage().rss
    let peak = before
    await using archive = await openArchive(file)
    expect(archive.unpackedBytes).toBe(sizeBytes)
    let received = 0
    for await (const piece of archive.read('zeros', { signal: AbortSignal.timeout(60_000) })) {
      received += piece.length
      peak = Math.max(peak, process.memoryUsage().rss)
    }
    expect(received).toBe(sizeBytes)
    expect(peak - before).toBeLessThan(150 * MiB)
  })

  test(
    'A35: the beginning of a large entry is there without unpacking the rest',
    { timeout: 120_000 },
    async () => {
      const bytes = buildZip([{ name: 'zeros', content: Buffer.alloc(256 * MiB) }])
      await using archive = await openArchive(bytes)
      let received = 0
      for await (const piece of archive.read('zeros', {
        signal: AbortSignal.timeout(60_000),
        maxBytes: 100,
      })) {
        received += piece.length
      }
      expect(received).toBe(100)
    },
  )
})
