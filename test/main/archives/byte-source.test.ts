import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  memorySource,
  openFileSource,
  readAhead,
  sourceChunks,
} from '../../../src/main/archives/byte-source.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { failureOf } from './outcomes.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('a file is read at any place, and as long as it was when it was opened', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '0123456789')
  await using source = await openFileSource(file)
  await writeFile(file, 'more', { flag: 'a' })
  expect(source.size).toBe(10)
  expect((await source.read(3, 4)).toString()).toBe('3456')
  expect(await source.read(10, 0)).toHaveLength(0)
  await expect(source.read(8, 3)).rejects.toThrow(RangeError)
  await expect(source.read(-1, 3)).rejects.toThrow(RangeError)
})

test('a file that shrinks while it is read fails', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '0123456789')
  await using source = await openFileSource(file)
  await truncate(file, 5)
  expect((await failureOf(async () => source.read(3, 4))).code).toBe('file-unreadable')
})

test('links, folders, pipes, devices and what is not there are refused', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await symlink(file, join(folder, 'link'))
  await mkdir(join(folder, 'folder'))
  await promisify(execFile)('mkfifo', [join(folder, 'pipe')])
  for (const name of ['link', 'folder', 'pipe', 'missing', '/dev/zero']) {
    const path = name.startsWith('/') ? name : join(folder, name)
    expect(await failureOf(async () => openFileSource(path))).toMatchObject({
      code: 'file-unreadable',
      file: path,
    })
  }
})

test('closing twice is no harm', async () => {
  const file = join(folder, 'file')
  await writeFile(file, 'x')
  const source = await openFileSource(file)
  await source[Symbol.asyncDispose]()
  await source[Symbol.asyncDispose]()
})

test('an archive that is refused is not left open', async () => {
  const file = join(folder, 'file')
  await writeFile(file, buildZip([{ name: '../x' }]))
  let released = 0
  const source = await openFileSource(file)
  const watched = {
    size: source.size,
    read: source.read.bind(source),
    async [Symbol.asyncDispose]() {
      released += 1
      await source[Symbol.asyncDispose]()
    },
  }
  expect((await failureOf(async () => openArchive(watched))).code).toBe('archive-path')
  expect(released).toBe(1)
})

test('an entry that was changed behind our back is not given out as what it was', async () => {
  const file = join(folder, 'file')
  await writeFile(file, buildZip([{ name: 'a', content: 'x'.repeat(1000), method: 0 }]))
  await using archive = await openArchive(file)
  const other = await open(file, 'r+')
  await other.write('y', 100)
  await other.close()
  expect((await failureOf(async () => archive.readBytes('a', 5000))).code).toBe('archive-crc')
  await truncate(file, 40)
  expect((await failureOf(async () => archive.readBytes('a', 5000))).code).toBe('file-unreadable')
})

test('lent pieces share two buffers, and a read that nobody waits for touches no other', async () => {
  const bytes = Buffer.from(Array.from({ length: 1_500_001 }, (_, index) => (index * 7) >>> 3))
  const file = join(folder, 'lent')
  await writeFile(file, bytes)
  await using source = await openFileSource(file)
  const { signal } = new AbortController()
  const buffers = new Set<ArrayBufferLike>()
  for (let round = 0; round < 20; round += 1) {
    // One that is left in the middle, while its next piece is on the way.
    for await (const piece of sourceChunks(source, 7, bytes.length, { signal, lends: true })) {
      expect(piece.equals(bytes.subarray(7, 7 + piece.length))).toBe(true)
      break
    }
    let at = 0
    for await (const piece of sourceChunks(source, 0, bytes.length, { signal, lends: true })) {
      buffers.add(piece.buffer)
      await new Promise((resolve) => setImmediate(resolve))
      expect(piece.equals(bytes.subarray(at, at + piece.length))).toBe(true)
      at += piece.length
    }
    expect(at).toBe(bytes.length)
  }
  expect(buffers.size).toBeLessThanOrEqual(8)
})

test('reading ahead gives the same bytes, with few reads where they follow each other', async () => {
  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) >>> 3))
  let reads = 0
  const below = memorySource(bytes)
  const ahead = readAhead({
    ...below,
    read: async (offset, length) => {
      reads += 1
      return below.read(offset, length)
    },
  })
  for (let at = 0; at + 200 <= bytes.length; at += 150) {
    expect((await ahead.read(at, 200)).compare(bytes, at, at + 200)).toBe(0)
  }
  expect(reads).toBeLessThan(60)
  for (const at of [2_500_000, 10, 1_000_000, 2_999_900, 0]) {
    expect((await ahead.read(at, 100)).compare(bytes, at, at + 100)).toBe(0)
  }
  expect((await ahead.read(0, bytes.length)).equals(bytes)).toBe(true)
})
