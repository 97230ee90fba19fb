import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../src/shared/model/entry.ts'
import { gunzipChunks } from '../../../src/main/archives/inflate.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { readTarStream } from '../../../src/main/archives/tar-reader.ts'
import { buildTar, gnuLong, paxHeader } from '../../corpus/tar-bytes.ts'
import { failureOf, inPieces } from './outcomes.ts'

const long = `${'long/'.repeat(40)}name`
const tar = buildTar(
  { name: './', type: '5' },
  { name: './etc/', type: '5' },
  { name: './etc/a', content: 'first content' },
  gnuLong('L', long),
  { name: long.slice(0, 100), content: Buffer.alloc(700, 'x'), format: 'gnu' },
  paxHeader([['mtime', '1.5']]),
  { name: 'empty', content: '' },
  { name: 'link', type: '2', linkName: 'etc/a' },
)
const expected = [
  ['etc', ''],
  ['etc/a', 'first content'],
  [long, 'x'.repeat(700)],
  ['empty', ''],
  ['link', ''],
]
const quiet = (): { name: string; signal: AbortSignal } => ({
  name: 'x',
  signal: new AbortController().signal,
})

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<readonly (readonly [string, string])[]> {
  const all: [string, string][] = []
  for await (const { entry, content } of readTarStream(chunks, quiet())) {
    let text = ''
    for await (const piece of content) text += Buffer.from(piece).toString()
    all.push([entry.path, text])
  }
  return all
}

describe('a tar that arrives in pieces', () => {
  test('is read alike at every size of the pieces', async () => {
    for (let size = 1; size <= 1100; size += size < 40 ? 1 : 53) {
      expect(await readAll(inPieces(tar, size))).toEqual(expected)
    }
    for (const size of [511, 512, 513, tar.length - 1, tar.length, tar.length + 1]) {
      expect(await readAll(inPieces(tar, size))).toEqual(expected)
    }
  })

  test('is read alike in gzip at every size of the pieces', async () => {
    const packed = gzipSync(tar)
    for (let size = 1; size <= packed.length; size += 1) {
      expect(await readAll(gunzipChunks(inPieces(packed, size), quiet()))).toEqual(expected)
    }
  })

  test('passes over content that nobody reads, or not to its end', async () => {
    const paths: string[] = []
    for await (const { entry, content } of readTarStream(inPieces(tar, 100), quiet())) {
      paths.push(entry.path)
      if (entry.path === long) for await (const piece of content) if (piece.length > 0) break
    }
    expect(paths).toEqual(expected.map(([path]) => path))
  })

  test('does not give the bytes of one entry as those of another', async () => {
    const kept: AsyncIterable<Uint8Array>[] = []
    for await (const { content } of readTarStream(inPieces(tar, 100), quiet())) kept.push(content)
    for (const content of kept.slice(0, -1)) {
      await expect(content[Symbol.asyncIterator]().next()).rejects.toThrow(TypeError)
    }
  })

  test('nor does an opened archive', async () => {
    for (const bytes of [tar, gzipSync(tar)]) {
      await using archive = await openArchive(bytes)
      const kept: AsyncIterable<Uint8Array>[] = []
      for await (const { entry, content } of archive.readAll(quiet())) {
        if (entry.kind === 'file' && entry.sizeBytes > 0) kept.push(content)
      }
      for (const content of kept) {
        await expect(content[Symbol.asyncIterator]().next()).rejects.toThrow(TypeError)
      }
      expect(kept).toHaveLength(2)
    }
  })

  test('breaks off with a failure wherever the stream does', async () => {
    for (let length = 0; length < tar.length; length += 7) {
      const failure = await failureOf(async () => readAll(inPieces(tar.subarray(0, length), 97)))
      expect(failure.code).toBe('archive-truncated')
    }
  })

  test('breaks off with a failure wherever its gzip does', async () => {
    const packed = gzipSync(tar)
    for (let length = 0; length < packed.length; length += 1) {
      const cut = packed.subarray(0, length)
      const failure = await failureOf(async () => readAll(gunzipChunks(inPieces(cut, 50), quiet())))
      expect(failure.code).toBe('archive-truncated')
    }
  })

  test('passes on the failure of the stream', async () => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield tar.subarray(0, 1200)
      throw new Error('line dropped')
    }
    await expect(readAll(breaking())).rejects.toThrow('line dropped')
    await expect(readAll(gunzipChunks(breaking(), quiet()))).rejects.toThrow()
  })

  test('hears an abort while it waits for a piece that never comes', async () => {
    const controller = new AbortController()
    async function* stalling(): AsyncGenerator<Uint8Array> {
      yield tar.subarray(0, 600)
      await new Promise(() => undefined)
    }
    const paths: string[] = []
    const reading = (async () => {
      const options = { name: 'x', signal: controller.signal }
      for await (const { entry } of readTarStream(stalling(), options)) paths.push(entry.path)
    })()
    setTimeout(() => controller.abort(new Error('stopped by a person')), 20)
    await expect(reading).rejects.toThrow('stopped by a person')
  })

  test('lets go of the stream when nobody wants more', async () => {
    let released = false
    async function* held(): AsyncGenerator<Uint8Array> {
      try {
        for await (const piece of inPieces(tar, 100)) yield piece
      } finally {
        released = true
      }
    }
    const seen: Entry[] = []
    for await (const { entry } of readTarStream(held(), quiet())) {
      seen.push(entry)
      break
    }
    expect(seen).toHaveLength(1)
    expect(released).toBe(true)
  })

  test('what is no tar is told', async () => {
    const page = Buffer.from(`<html>${' '.repeat(600)}</html>`)
    const failure = await failureOf(async () => readAll(inPieces(page, 100)))
    expect(failure).toEqual({ code: 'archive-not-recognised', archive: 'x', looksLike: 'web page' })
  })
})
