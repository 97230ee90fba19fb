import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sourceChunks, type ByteSource } from '../../../src/main/archives/byte-source.ts'
import { inflateRaw } from '../../../src/main/archives/inflate.ts'
import { Inflater } from '../../../src/main/archives/inflater.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { beginContent } from '../../../src/main/archives/search-head.ts'
import { ChunkInput } from '../../../src/main/archives/tar-input.ts'
import { Random } from '../../corpus/random.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

const { signal } = new AbortController()
const bytes = new Random(7).bytes(10_000)

/** Pieces that all come in the same bytes, each good until the next one. */
async function* lent(pieceBytes: number): AsyncGenerator<Buffer> {
  const buffer = Buffer.alloc(pieceBytes)
  for (let at = 0; at < bytes.length; at += pieceBytes)
    yield buffer.subarray(0, bytes.copy(buffer, 0, at, at + pieceBytes))
}

test.each([1, 100, 4095, 4096, 5000, 20_000])(
  'the beginning of a content is what came first, in pieces of %i lent bytes',
  async (pieceBytes) => {
    await using begun = await beginContent(lent(pieceBytes))
    expect(begun.head.equals(bytes.subarray(0, begun.head.length))).toBe(true)
    expect(begun.head.length).toBeGreaterThanOrEqual(4096)
    const pieces: Buffer[] = []
    for await (const piece of begun.content) pieces.push(Buffer.from(piece))
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
  },
)

test.each([100, 512, 700, 20_000])(
  'what is read of a tar stays as it was, in pieces of %i lent bytes',
  async (pieceBytes) => {
    const overrun = (): Error => new Error('too much')
    const input = new ChunkInput(lent(pieceBytes), { signal, limit: Infinity, overrun })
    const blocks: Buffer[] = []
    for (let block = await input.read(512); block.length > 0; block = await input.read(512))
      blocks.push(block)
    expect(Buffer.concat(blocks).equals(bytes)).toBe(true)
  },
)

test('a buffer that is still being read into is lent to nobody', async () => {
  const pending: Buffer[] = []
  let letGo: () => void = () => undefined
  const slow: ByteSource = {
    size: 600_000,
    read: async (offset, length, into) => {
      if (offset > 0) {
        pending.push(into!)
        await new Promise<void>((resolve) => (letGo = resolve))
      }
      return into!.subarray(0, length)
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
  // Left after its first piece, while the second one is on the way.
  for await (const piece of sourceChunks(slow, 0, slow.size, { signal, lends: true })) {
    expect(piece).toHaveLength(256 * 1024)
    break
  }
  const others = new Set<Buffer>()
  const other: ByteSource = {
    ...slow,
    read: async (_, length, into) => {
      others.add(into!)
      return into!.subarray(0, length)
    },
  }
  for await (const piece of sourceChunks(other, 0, other.size, { signal, lends: true }))
    expect(piece).toBeDefined()
  expect(pending).toHaveLength(1)
  expect(others.size).toBe(2)
  expect(others.has(pending[0]!)).toBe(false)
  letGo()
})

test('an inflater that is let go of twice gives its buffer back once', () => {
  const packed = deflateRawSync('content')
  const first = new Inflater('raw', { lends: true })
  first[Symbol.dispose]()
  first[Symbol.dispose]()
  using one = new Inflater('raw', { lends: true })
  using other = new Inflater('raw', { lends: true })
  const [mine] = [...one.unpack(packed)]
  const [theirs] = [...other.unpack(packed)]
  expect(mine!.buffer).not.toBe(theirs!.buffer)
})

test('others have their turn while much is unpacked out of little', async () => {
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns += 1
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  async function* packed(): AsyncGenerator<Buffer> {
    yield deflateRawSync(Buffer.alloc(64 * 1024 * 1024))
  }
  let unpacked = 0
  for await (const piece of inflateRaw(packed(), { signal, lends: true }).content) unpacked += piece.length
  isDone = true
  expect(unpacked).toBe(64 * 1024 * 1024)
  expect(turns).toBeGreaterThan(32)
})

test('who does not ask for lent pieces may keep them all', async () => {
  const random = new Random(9)
  const large = (letter: string): Buffer =>
    Buffer.concat([Buffer.alloc(1_400_000, letter), random.bytes(200_000)])
  const entries = [
    { name: 'one', content: large('a'), method: 8 },
    { name: 'two', content: large('b'), method: 8 },
    { name: 'small', content: 'small '.repeat(20), method: 8 },
    { name: 'other', content: 'other '.repeat(20), method: 8 },
    // Its checksum is a lie, so that the small ones are read one by one.
    { name: 'lie', content: 'lie '.repeat(20), method: 8, local: { crc32: 1 }, central: { crc32: 1 } },
  ]
  await using archive = await openArchive(buildZip(entries))
  const kept = new Map<string, Uint8Array[]>()
  for await (const { entry, content } of archive.readAll({ signal })) {
    const pieces: Uint8Array[] = []
    kept.set(entry.path, pieces)
    const read = (async () => {
      for await (const piece of content) pieces.push(piece)
    })()
    if (entry.path === 'lie') await expect(read).rejects.toThrow()
    else await read
  }
  for (const { name, content } of entries.slice(0, -1))
    expect(Buffer.concat(kept.get(name) ?? []).equals(Buffer.from(content)), name).toBe(true)
})
