import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/main/archives/open.ts'
import { testContents } from '../../../src/main/archives/test-contents.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'
import { contents, failureOf } from './outcomes.ts'

const { signal } = new AbortController()
const good = (name: string): RawEntry => ({
  name,
  content: `what ${name} holds, more than once, more than once`,
})
const neighbours = ['a', 'b', 'c'].map(good)

/** An entry whose packed bytes are these, and that declares this content. */
function declaring(name: string, packed: Buffer, content: Buffer): RawEntry {
  const fields = { crc32: crc32(content), sizeBytes: content.length }
  return { name, packed, local: fields, central: fields }
}

/** What testing and what reading says of an entry among good ones. */
async function verdicts(entries: readonly RawEntry[]): Promise<readonly string[]> {
  await using archive = await openArchive(buildZip([...neighbours, ...entries, ...neighbours.map(renamed)]))
  const tested = await failureOf(async () => await testContents(archive, { part: 0, parts: 1, signal }))
  const read = await failureOf(async () => await contents(archive))
  return [tested.code, read.code]
}

const renamed = (entry: RawEntry): RawEntry => ({ ...entry, name: `${String(entry.name)}2` })

describe('small contents are unpacked many at once', () => {
  test('each is what was packed, whatever lies between them', async () => {
    const entries: RawEntry[] = [
      ...Array.from({ length: 3000 }, (_, index) => good(`file ${index}`)),
      { name: 'folder/', method: 0 },
      { name: 'nothing', content: '' },
      { name: 'stored', content: 'stored', method: 0 },
      { name: 'large', content: Buffer.alloc(300_000, 'large') },
      ...Array.from({ length: 300 }, (_, index) => good(`folder/${index}`)),
      { name: 'with the mark of a gzip', content: Buffer.from([0x1f, 0x8b, 8, 0]), packed: markedStored },
    ]
    await using archive = await openArchive(buildZip(entries))
    const found = await contents(archive)
    for (const { name, content } of entries) {
      const path = String(name).replace(/\/$/, '')
      if (!String(name).endsWith('/')) expect(found.get(path)).toEqual(Buffer.from(content ?? ''))
    }
    const tested = await Promise.all(
      [0, 1, 2].map((part) => testContents(archive, { part, parts: 3, signal })),
    )
    expect(tested.reduce((sum, { files }) => sum + files, 0)).toBe(entries.length - 1)
    expect(tested.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(archive.unpackedBytes)
  })

  test('one that is damaged is named', async () => {
    const content = Buffer.from('wrong in one bit, wrong in one bit')
    const wrong = Buffer.from(content)
    wrong[3] = (wrong[3] ?? 0) ^ 1
    await using archive = await openArchive(
      buildZip([...neighbours, declaring('the one', deflateRawSync(wrong), content), good('last')]),
    )
    await expect(testContents(archive, { part: 0, parts: 1, signal })).rejects.toMatchObject({
      failure: { code: 'archive-crc', entry: 'the one' },
    })
  })

  test('bytes behind a content are found', async () => {
    const content = Buffer.from('then there is more')
    const packed = Buffer.concat([deflateRawSync(content), Buffer.from('more')])
    expect(await verdicts([declaring('x', packed, content)])).toEqual([
      'archive-ambiguous',
      'archive-ambiguous',
    ])
  })

  test('a content that ends early and goes on as a gzip of its own is found', async () => {
    const content = Buffer.from('what another reader would never see')
    const packed = Buffer.concat([
      deflateRawSync(Buffer.alloc(0)),
      trailer(0, 0),
      header,
      deflateRawSync(content),
    ])
    expect(await verdicts([declaring('x', packed, content)])).toEqual(['archive-crc', 'archive-crc'])
  })

  test('a content that swallows the one behind it is found', async () => {
    const [sizeBytes, tail] = [5, Buffer.from('the packed bytes of the second')]
    const first = { crc32: 1234, sizeBytes }
    const swallowed = Buffer.concat([trailer(first.crc32, sizeBytes), header, tail])
    const length = Buffer.alloc(4)
    length.writeUInt16LE(swallowed.length, 0)
    length.writeUInt16LE(~swallowed.length & 0xffff, 2)
    const entries = [
      { name: 'x', packed: Buffer.concat([Buffer.from([1]), length]), local: first, central: first },
      declaring('y', tail, swallowed),
    ]
    expect(await verdicts(entries)).toEqual(['archive-crc', 'archive-crc'])
  })
})

const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0])
/** Four bytes that are not compressed, so that they stand in the archive as they are. */
const markedStored = Buffer.from([1, 4, 0, 0xfb, 0xff, 0x1f, 0x8b, 8, 0])

function trailer(checksum: number, sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(checksum, 0)
  bytes.writeUInt32LE(sizeBytes, 4)
  return bytes
}
