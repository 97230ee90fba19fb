import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { memorySource, type ByteSource } from '../../../src/main/archives/byte-source.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { zipOf } from '../../corpus/rows/row.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'
import { codeOf, contentRefusal, failureOf, listFolder, readWhole } from './outcomes.ts'

/** What the rows of the table promise beyond their verdict; the verdicts are in `hostile-rows.test.ts`. */

const MiB = 1024 * 1024
const text = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(20))
const packedText = deflateRawSync(text)
const a: RawEntry = { name: 'a.txt', content: text }
const link = (name: string, content: string): RawEntry => ({ name, content, unixMode: 0o120777 })

describe('names of a zip', () => {
  test.each(['manifest.json:evil', 'CON', 'a.txt ', 'a\u001b[2Jb', 'backup\u202egpj.exe'])(
    'A08, A09, A10, A15, A16: %j can be read and must not be restored',
    async (name) => {
      await using archive = await openArchive(zipOf(name))
      expect(archive.unsafeEntries().map(({ path }) => path)).toEqual([name])
      expect((await readWhole(archive, name)).toString()).toBe('good')
    },
  )

  test('A11: names that are the manifest for this family alone', async () => {
    const failure = await failureOf(async () =>
      openArchive(zipOf('dir/readme', 'dir/README'), { name: 'x', manifests: ['readme'] }),
    )
    expect(failure.code).toBe('archive-ambiguous')
  })

  test('A11: a letter that is an ASCII one where case does not count', async () => {
    await using archive = await openArchive(zipOf('\u212Aelvin', 'kelvin'))
    expect(archive.unsafeEntries()).toHaveLength(2)
  })

  test('A18: the tree ends after 64 levels', async () => {
    await using archive = await openArchive(zipOf(`${'a/'.repeat(20_000)}end`))
    let levels = 0
    for (let rows = await listFolder(archive, ''); rows[0]; rows = await listFolder(archive, rows[0].path))
      levels += 1
    expect(levels).toBeLessThanOrEqual(65)
  })

  test('A22: names of the language are names like others', async () => {
    await using archive = await openArchive(zipOf('__proto__', 'constructor/prototype', 'toString'))
    expect(archive.find('__proto__')?.sizeBytes).toBe(4)
    expect(archive.find('hasOwnProperty')).toBeUndefined()
    const names = (await listFolder(archive, '')).map(({ name }) => name)
    expect(names).toEqual(['constructor', '__proto__', 'toString'])
    expect(({} as Record<string, unknown>)['prototype']).toBeUndefined()
  })
})

describe('links and modes of a zip', () => {
  test('A23: a link shows where it leads, and its content is not read as a file', async () => {
    const bytes = buildZip([link('l', '/etc/passwd')])
    await using archive = await openArchive(bytes)
    expect(archive.find('l')).toMatchObject({ kind: 'link', linkTarget: '/etc/passwd' })
    expect(archive.unsafeEntries()).toHaveLength(1)
    expect(await contentRefusal(bytes, 'l')).toBe('entry-refused')
  })

  test('A23: a link that stays inside is none of the unsafe entries', async () => {
    const target: RawEntry = { name: 'b/c', content: 'good' }
    await using staying = await openArchive(buildZip([link('a/l', '../b/c'), target]))
    expect(staying.unsafeEntries()).toEqual([])
    await using leaving = await openArchive(buildZip([link('a/l', '../../b'), target]))
    expect(leaving.unsafeEntries()).toHaveLength(1)
  })

  test('A23: a link without a readable target counts as leading anywhere', async () => {
    const broken = { ...link('l', 'inside'), method: 0, packed: Buffer.from('insidE') }
    await using archive = await openArchive(buildZip([broken]))
    expect(archive.find('l')).not.toHaveProperty('linkTarget')
    expect(archive.unsafeEntries()).toHaveLength(1)
  })

  test('A25: the mode that makes a file run as its owner is shown', async () => {
    await using archive = await openArchive(buildZip([{ ...a, unixMode: 0o104755 }]))
    expect(archive.find('a.txt')).toMatchObject({ kind: 'file', mode: 0o4755 })
  })
})

describe('contents of a zip', () => {
  test('A31: more content than declared stops at what was declared', async () => {
    const lie = { sizeBytes: 10 }
    const content = Buffer.alloc(1_000_000, 'a')
    await using archive = await openArchive(buildZip([{ name: 'l', content, local: lie, central: lie }]))
    let received = 0
    const failure = await failureOf(async () => {
      for await (const piece of archive.read('l', { signal: AbortSignal.timeout(5000) }))
        received += piece.length
    })
    expect(failure).toMatchObject({ code: 'archive-size-lie', declaredBytes: 10 })
    expect(received).toBeLessThanOrEqual(10)
  })

  test('A35: a bomb of one layer can be looked at, and gives no more than is asked for', async () => {
    await using archive = await openArchive(buildZip([{ name: 'zeros', content: Buffer.alloc(64 * MiB) }]))
    let received = 0
    const options = { signal: AbortSignal.timeout(10_000), maxBytes: 1000 }
    for await (const piece of archive.read('zeros', options)) received += piece.length
    expect(received).toBe(1000)
    expect((await failureOf(async () => archive.readBytes('zeros', 16 * MiB))).code).toBe('entry-refused')
  })

  test('A38: a zip inside is opened by nobody unless it is asked for', async () => {
    const inner = buildZip([{ name: 'inner', content: Buffer.alloc(4 * MiB, 'x') }])
    const content = Buffer.concat([inner, Buffer.alloc(4 * MiB)])
    let bytesRead = 0
    const bytes = buildZip([{ name: 'inner.zip', content, method: 0 }])
    await using archive = await openArchive(bytes, { onRead: (read) => (bytesRead += read) })
    expect(archive.count).toBe(1)
    expect(bytesRead).toBeLessThan(200_000)
  })

  test('A40: any flipped bit of a stored entry is found', async () => {
    const bytes = buildZip([{ name: 'b.txt', content: 'second', method: 0 }])
    for (let bit = 0; bit < 6 * 8; bit += 1) {
      const flipped = Buffer.from(bytes)
      flipped[35 + (bit >> 3)]! ^= 1 << (bit & 7)
      expect(await contentRefusal(flipped, 'b.txt')).toBe('archive-crc')
    }
  })

  test('A40: a flipped bit of a deflated entry is found, or changes nothing', async () => {
    const bytes = buildZip([a])
    let unchanged = 0
    for (let bit = 0; bit < packedText.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes)
      flipped[35 + (bit >> 3)]! ^= 1 << (bit & 7)
      await using archive = await openArchive(flipped)
      try {
        expect(await readWhole(archive, 'a.txt')).toEqual(text)
        unchanged += 1
      } catch (error) {
        expect(codeOf(error)).toMatch(/^archive-(crc|size-lie|ambiguous)$/)
      }
    }
    // Only bits that fill the last byte mean nothing.
    expect(unchanged).toBeLessThan(8)
  })

  test('A40: bytes behind the compressed stream of a large entry are found', async () => {
    const content = Buffer.alloc(3_000_000, 'large')
    const packed = Buffer.concat([deflateRawSync(content), Buffer.from('hidden')])
    expect(await contentRefusal(buildZip([{ name: 'l', content, packed }]), 'l')).toBe('archive-ambiguous')
  })
})

describe('the end of a zip', () => {
  test.each([
    [Buffer.alloc(0), 'empty file'],
    [Buffer.alloc(4096), 'file of zeros'],
    [Buffer.from('<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>'), 'web page'],
    [Buffer.from(`\ufeff  <html lang="en">${' '.repeat(5000)}`), 'web page'],
    [Buffer.from('<?xml version="1.0"?><a/>'), 'XML document'],
    [Buffer.from('just words'), 'plain text'],
    [Buffer.from('hsqs0000'), 'SquashFS image'],
    [Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 73 + 11) & 0xff)), 'unknown data'],
  ])('A42: what is no archive is told by what it looks like (%#)', async (bytes, looksLike) => {
    const failure = await failureOf(async () => openArchive(bytes, { name: 'x' }))
    expect(failure).toEqual({ code: 'archive-not-recognised', archive: 'x', looksLike })
  })

  test.each([50_000_000n, 0xffffffffn, 2n ** 53n, 2n ** 64n - 1n])(
    'A45: a count of %s in a few bytes takes no memory',
    async (count) => {
      const bytes = buildZip([a], { zip64: { count } })
      const before = process.memoryUsage().rss
      await failureOf(async () => openArchive(bytes))
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * MiB)
    },
  )

  test('A56: one entry more than there may be is refused before the directory is read', async () => {
    const count = 2_000_001
    const { source, bytesRead } = withHole(count)
    const failure = await failureOf(async () => openArchive(source, { name: 'x' }))
    expect(failure).toEqual({ code: 'archive-too-many', archive: 'x', entries: count, limit: 2_000_000 })
    expect(bytesRead()).toBeLessThan(200_000)
  })

  test('an empty zip is an archive without entries', async () => {
    await using archive = await openArchive(buildZip([]))
    expect(archive.count).toBe(0)
    expect([...archive.entries()]).toEqual([])
  })
})

/** A zip whose directory would lie in a hole between its first bytes and its end record. */
function withHole(count: number): { readonly source: ByteSource; readonly bytesRead: () => number } {
  const directoryBytes = count * 46
  const end = buildZip([], {
    zip64: {
      count: BigInt(count),
      directoryBytes: BigInt(directoryBytes),
      directoryOffset: 4n,
      locatorOffset: BigInt(directoryBytes + 4),
    },
  })
  const size = 4 + directoryBytes + end.length
  const endAt = size - end.length
  let read = 0
  const source: ByteSource = {
    ...memorySource(Buffer.alloc(0)),
    size,
    read: async (offset, length) => {
      read += length
      const bytes = Buffer.alloc(length)
      Buffer.from('PK\x03\x04', 'latin1').copy(bytes, 0, Math.min(4, offset))
      if (offset + length > endAt) end.copy(bytes, Math.max(0, endAt - offset), Math.max(0, offset - endAt))
      return bytes
    },
  }
  return { source, bytesRead: () => read }
}
