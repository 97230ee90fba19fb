import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../src/main/archives/byte-source.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import {
  buildZip,
  descriptor,
  extraField,
  zip64Field,
  type RawEntry,
  type ZipOptions,
} from '../../corpus/zip-bytes.ts'
import { codeOf, contentRefusal, contents, failureOf, readWhole, refusal } from './outcomes.ts'

const text = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(20))
const packedText = deflateRawSync(text)
const a: RawEntry = { name: 'a.txt', content: text }
const b: RawEntry = { name: 'b.txt', content: 'second' }
const whole = buildZip([a, b])

describe('local header and directory', () => {
  test('A28: another name in front of the content', async () => {
    const local = { name: Buffer.from('../evil.txt') }
    expect(await refusal(buildZip([{ ...a, local }]))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([b, { ...a, local: { name: Buffer.from('A.txt') } }]))).toBe(
      'archive-ambiguous',
    )
  })

  test.each([
    ['size', { sizeBytes: 1 }],
    ['compressed size', { compressedBytes: 1 }],
    ['method', { method: 0 }],
    ['flags', { flags: 0x800 }],
    ['encryption', { flags: 1 }],
    ['checksum', { crc32: 1 }],
    ['size of zero', { sizeBytes: 0 }],
    ['checksum of zero', { crc32: 0 }],
  ] as const)('A29: another %s in front of the content', async (_, local) => {
    expect(await refusal(buildZip([{ ...a, local }, b]))).toBe('archive-ambiguous')
  })

  test('A29: zeros are allowed where a data descriptor follows', async () => {
    const behind = descriptor(text, packedText.length, { signature: true, long: false })
    const local = { crc32: 0, sizeBytes: 0, compressedBytes: 0 }
    await using archive = await openArchive(buildZip([{ ...a, flags: 8, local, behind }, b]))
    expect(await readWhole(archive, 'a.txt')).toEqual(text)
    const lie = { crc32: 0, sizeBytes: 0, compressedBytes: 7 }
    expect(await refusal(buildZip([{ ...a, flags: 8, local: lie, behind }, b]))).toBe('archive-ambiguous')
  })

  test.each([
    { signature: true, long: false },
    { signature: false, long: false },
    { signature: true, long: true },
    { signature: false, long: true },
  ])('A55: a data descriptor of the form %j is understood', async (form) => {
    const behind = descriptor(text, packedText.length, form)
    const local = { crc32: 0, sizeBytes: 0, compressedBytes: 0 }
    await using archive = await openArchive(buildZip([{ ...a, flags: 8, local, behind }, b]))
    expect((await contents(archive)).get('a.txt')).toEqual(text)
    await using last = await openArchive(buildZip([b, { ...a, flags: 8, local, behind }]))
    expect((await contents(last)).get('a.txt')).toEqual(text)
  })

  test('A55: the signature of a descriptor inside the data means nothing', async () => {
    const content = Buffer.concat([
      Buffer.from('x'),
      descriptor(Buffer.from('x'), 1, { signature: true, long: false }),
    ])
    const behind = descriptor(content, content.length, { signature: true, long: false })
    const local = { crc32: 0, sizeBytes: 0, compressedBytes: 0 }
    await using archive = await openArchive(
      buildZip([{ name: 'x', content, method: 0, flags: 8, local, behind }]),
    )
    expect(await readWhole(archive, 'x')).toEqual(content)
  })

  test.each([
    ['a descriptor that lies', descriptor(Buffer.from('other'), 5, { signature: true, long: false })],
    ['no descriptor', Buffer.alloc(0)],
    ['too many bytes', Buffer.alloc(17)],
  ])('A55: %s where one is promised', async (_, behind) => {
    expect(await refusal(buildZip([{ ...a, flags: 8, behind }, b]))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([b, { ...a, flags: 8, behind }]))).toBe('archive-ambiguous')
  })

  test('A41: an offset that leads nowhere', async () => {
    const at = (offset: number): Promise<string> => refusal(buildZip([{ ...a, central: { offset } }]))
    expect(await at(1)).toBe('archive-structure')
    expect(await at(5000)).toBe('archive-structure')
    expect(await at(0xfffffffe)).toBe('archive-structure')
    expect(await at(0xffffffff)).toBe('archive-structure')
    for (const offset of [1, 40, 90]) {
      expect(await refusal(buildZip([{ ...a, central: { offset } }, b]))).toBe('archive-structure')
      expect(await refusal(buildZip([a, { ...b, central: { offset } }]))).toBe('archive-structure')
    }
  })
})

describe('contents', () => {
  test.each([0, 8])('A30: a wrong checksum, method %i', async (method) => {
    const lie = { crc32: 0x12345678 }
    expect(await contentRefusal(buildZip([{ ...a, method, local: lie, central: lie }]), 'a.txt')).toBe(
      'archive-crc',
    )
    const large = { name: 'l', content: Buffer.alloc(3_000_000, 'large'), method, local: lie, central: lie }
    expect(await contentRefusal(buildZip([large]), 'l')).toBe('archive-crc')
  })

  test('A31: more content than declared stops at what was declared', async () => {
    const content = Buffer.alloc(1_000_000, 'a')
    const lie = { sizeBytes: 10 }
    const bytes = buildZip([{ name: 'l', content, local: lie, central: lie }])
    await using archive = await openArchive(bytes)
    let received = 0
    const failure = await failureOf(async () => {
      for await (const piece of archive.read('l', { signal: AbortSignal.timeout(5000) }))
        received += piece.length
    })
    expect(failure).toMatchObject({ code: 'archive-size-lie', declaredBytes: 10 })
    expect(received).toBeLessThanOrEqual(10)
  })

  test('A31: the same for an entry too large to be read in one call', async () => {
    const content = Buffer.from(Array.from({ length: 2_000_000 }, (_, index) => (index * index * 31) >>> 5))
    const lie = { sizeBytes: 1_900_000 }
    const bytes = buildZip([{ name: 'l', content, local: lie, central: lie }])
    expect(await contentRefusal(bytes, 'l')).toBe('archive-size-lie')
  })

  test('A32: less content than declared', async () => {
    const lie = { sizeBytes: 4000 }
    const bytes = buildZip([{ name: 'l', content: 'a few bytes', local: lie, central: lie }])
    expect(await contentRefusal(bytes, 'l')).toBe('archive-size-lie')
  })

  test('A32: 2 GiB declared over five stored bytes', async () => {
    const lie = { sizeBytes: 0x80000000 }
    const stored = { name: 'l', content: 'real5', method: 0, local: lie, central: lie }
    expect(await refusal(buildZip([stored]))).toBe('archive-size-lie')
  })

  test('A33: more compressed bytes than the file has', async () => {
    const lie = { compressedBytes: 1_000_000 }
    expect(await refusal(buildZip([a, { ...b, local: lie, central: lie }]))).toBe('archive-truncated')
  })

  test('A34: a ratio that deflate cannot have', async () => {
    const lie = { sizeBytes: packedText.length * 1033 }
    expect(await refusal(buildZip([{ ...a, local: lie, central: lie }]))).toBe('archive-bomb')
    const most = { sizeBytes: 0xfffffffe }
    expect(await refusal(buildZip([{ ...a, local: most, central: most }]))).toBe('archive-bomb')
  })

  test('A35: a bomb of one layer can be looked at, and gives no more than is asked for', async () => {
    const bytes = buildZip([{ name: 'zeros', content: Buffer.alloc(64 * 1024 * 1024) }])
    await using archive = await openArchive(bytes)
    expect(archive.unpackedBytes).toBe(64 * 1024 * 1024)
    let received = 0
    for await (const piece of archive.read('zeros', {
      signal: AbortSignal.timeout(10_000),
      maxBytes: 1000,
    })) {
      received += piece.length
    }
    expect(received).toBe(1000)
    const failure = await failureOf(async () => archive.readBytes('zeros', 16 * 1024 * 1024))
    expect(failure.code).toBe('entry-refused')
  })

  test('A36: many entries over one body', async () => {
    const others = Array.from({ length: 50 }, (_, index) => ({ ...a, name: `x${index}`, withoutLocal: true }))
    expect(await refusal(buildZip([a, ...others]))).toBe('archive-overlap')
  })

  test('A37: an entry inside the body of another', async () => {
    const inner = buildZip([b])
    const localBytes = 30 + 5 + deflateRawSync(Buffer.from('second')).length
    const outer: RawEntry = { name: 'outer', content: inner.subarray(0, localBytes), method: 0 }
    const quoted = buildZip([outer, { ...b, withoutLocal: true, central: { offset: 35 } }])
    expect(await refusal(quoted)).toBe('archive-overlap')
  })

  test('A37: a body over the directory', async () => {
    const lie = { compressedBytes: packedText.length + 10 }
    expect(await refusal(buildZip([{ ...a, local: lie, central: lie }]))).toBe('archive-overlap')
  })

  test('A37: a header whose extra field reaches into the directory', async () => {
    const bytes = buildZip([a])
    bytes.writeUInt16LE(40, 28)
    expect(await refusal(bytes)).toBe('archive-overlap')
  })

  test('A40: any flipped bit of a stored entry is found', async () => {
    const bytes = buildZip([{ ...b, method: 0 }])
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

  test('A40: bytes behind the end of the compressed stream are found', async () => {
    const packed = Buffer.concat([packedText, Buffer.from('hidden')])
    expect(await contentRefusal(buildZip([{ ...a, packed }]), 'a.txt')).toBe('archive-ambiguous')
    const large = Buffer.alloc(3_000_000, 'large')
    const hidden = Buffer.concat([deflateRawSync(large), Buffer.from('hidden')])
    expect(await contentRefusal(buildZip([{ name: 'l', content: large, packed: hidden }]), 'l')).toBe(
      'archive-ambiguous',
    )
  })

  test('A53: a method that is not known', async () => {
    expect(await contentRefusal(buildZip([{ ...a, method: 98 }]), 'a.txt')).toBe('archive-method')
    expect(await contentRefusal(buildZip([{ ...a, method: 9 }]), 'a.txt')).toBe('archive-method')
  })

  test('A53: stored bytes that are called deflated', async () => {
    const random = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * index * 7919) >>> 3))
    const bytes = buildZip([{ name: 'l', content: random, packed: random, method: 8 }])
    expect(await contentRefusal(bytes, 'l')).toBe('archive-method')
  })
})

describe('the end of the archive', () => {
  test('A42: what is no archive is told by what it looks like', async () => {
    const page = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>'
    const cases = [
      [Buffer.alloc(0), 'empty file'],
      [Buffer.alloc(4096), 'file of zeros'],
      [Buffer.from(page), 'web page'],
      [Buffer.from(`\ufeff  <html lang="en">${' '.repeat(5000)}`), 'web page'],
      [Buffer.from('<?xml version="1.0"?><a/>'), 'XML document'],
      [Buffer.from('just words'), 'plain text'],
      [Buffer.from('hsqs0000'), 'SquashFS image'],
      [Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 73 + 11) & 0xff)), 'unknown data'],
    ] as const
    for (const [bytes, looksLike] of cases) {
      const failure = await failureOf(async () => openArchive(bytes, { name: 'x' }))
      expect(failure).toEqual({ code: 'archive-not-recognised', archive: 'x', looksLike })
    }
  })

  test('A42: an archive without an end record breaks off', async () => {
    expect(await refusal(whole.subarray(0, whole.length - 22))).toBe('archive-truncated')
  })

  test('A43: a count that hides entries', async () => {
    expect(await refusal(buildZip([a, b], { end: { count: 1, countHere: 1 } }))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([a, b], { end: { count: 0, countHere: 0 } }))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([a, { ...b, withoutCentral: true }]))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([{ ...a, withoutCentral: true }, b]))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([{ ...a, withoutCentral: true }]))).toBe('archive-ambiguous')
  })

  test('A44: a count of entries that are not there', async () => {
    for (const count of [3, 5, 65_534]) {
      expect(await refusal(buildZip([a, b], { end: { count, countHere: count } }))).toBe('archive-structure')
    }
  })

  test('A45: a count of millions in a few bytes', async () => {
    for (const count of [50_000_000n, 0xffffffffn, 2n ** 53n, 2n ** 64n - 1n]) {
      const before = process.memoryUsage().rss
      expect(await refusal(buildZip([a], { zip64: { count } }))).toBe('archive-structure')
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    }
  })

  test.each<[string, NonNullable<ZipOptions['zip64']>]>([
    ['an offset of -1', { directoryOffset: 2n ** 64n - 1n }],
    ['an offset of 2^52', { directoryOffset: 2n ** 52n }],
    ['a size of -1', { directoryBytes: 2n ** 64n - 1n }],
    ['a locator without its signature', { locatorSignature: 0x11111111 }],
    ['a locator that points to nothing', { locatorOffset: 3n }],
    ['a locator that points beyond', { locatorOffset: 2n ** 63n }],
    ['a record without its signature', { recordSignature: 0x11111111 }],
    ['a record of another length', { recordBytes: 45n }],
    ['a locator behind a gap', { gap: Buffer.alloc(8) }],
    ['two disks', { disks: 2 }],
  ])('A46: zip64 with %s', async (_, zip64) => {
    expect(await refusal(buildZip([a, b], { zip64 }))).toBe('archive-structure')
  })

  test('A46: two end records that differ', async () => {
    const zip64 = { plainEnd: true, count: 2n }
    expect(await refusal(buildZip([a, b], { zip64, end: { count: 1, countHere: 1 } }))).toBe(
      'archive-ambiguous',
    )
  })

  test('A46: a whole zip64 archive is read', async () => {
    for (const zip64 of [{}, { plainEnd: true }]) {
      await using archive = await openArchive(buildZip([a, b], { zip64 }))
      expect([...(await contents(archive)).keys()]).toEqual(['a.txt', 'b.txt'])
    }
  })

  test.each([
    ['missing', Buffer.alloc(0)],
    ['too short', zip64Field(text.length)],
    ['cut', extraField(1, Buffer.alloc(12))],
    ['empty', extraField(1, Buffer.alloc(0))],
    ['there twice', Buffer.concat([zip64Field(900, 48, 0), zip64Field(900, 48, 0)])],
    ['beyond its area', Buffer.from([1, 0, 24, 0, 1, 2, 3])],
    ['cut in its head', Buffer.from([1, 0, 0])],
    ['impossible', zip64Field(2n ** 63n, 48, 0)],
  ])('A47: zip64 markers while the extra field is %s', async (_, extra) => {
    const central = { sizeBytes: 0xffffffff, compressedBytes: 0xffffffff, offset: 0xffffffff, extra }
    expect(await refusal(buildZip([{ ...a, central }]))).toBe('archive-structure')
  })

  test('A47: an extra field that overruns or is empty without any marker', async () => {
    for (const extra of [Buffer.from([9, 9, 200, 0, 1]), Buffer.from([7]), extraField(1, Buffer.alloc(0))]) {
      expect(await refusal(buildZip([{ ...a, central: { extra } }]))).toBe('archive-structure')
      expect(await refusal(buildZip([{ ...a, local: { extra } }]))).toBe('archive-structure')
    }
  })

  test('A47: zip64 numbers that are right are used', async () => {
    const extra = zip64Field(text.length, packedText.length, 0)
    const central = { sizeBytes: 0xffffffff, compressedBytes: 0xffffffff, offset: 0xffffffff, extra }
    const local = {
      sizeBytes: 0xffffffff,
      compressedBytes: 0xffffffff,
      extra: zip64Field(text.length, packedText.length),
    }
    await using archive = await openArchive(buildZip([{ ...a, central, local }, b]))
    expect(archive.find('a.txt')).toMatchObject({
      sizeBytes: text.length,
      compressedBytes: packedText.length,
    })
    expect(await readWhole(archive, 'a.txt')).toEqual(text)
  })

  test.each([0, 200, 60_000, 65_535])('A48: a comment of %i bytes', async (length) => {
    await using archive = await openArchive(buildZip([a, b], { end: { comment: Buffer.alloc(length, 'c') } }))
    expect(archive.count).toBe(2)
  })

  test('A49: a second end record in the comment', async () => {
    const other = buildZip([b])
    const end = other.subarray(other.length - 22)
    for (const comment of [
      end,
      Buffer.concat([Buffer.alloc(30), end]),
      Buffer.concat([end, Buffer.alloc(30)]),
      other,
    ]) {
      expect(await refusal(buildZip([a], { end: { comment } }))).toBe('archive-ambiguous')
    }
    expect(await refusal(buildZip([a], { end: { comment: Buffer.from('..PK\x05\x06', 'latin1') } }))).toBe(
      'archive-ambiguous',
    )
  })

  test('A49: a stored zip inside is none', async () => {
    const bytes = buildZip([b, { name: 'inner.zip', content: buildZip([a]), method: 0 }])
    await using archive = await openArchive(bytes)
    expect(archive.count).toBe(2)
  })

  test('A50: bytes in front, with offsets that know of them and with some that do not', async () => {
    const prefix = Buffer.from('MZ and a program that unpacks itself')
    expect(await refusal(buildZip([a, b], { prefix }))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([a, b], { prefix, unadjusted: true }))).toBe('archive-ambiguous')
    const disguised = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(40)])
    expect(await refusal(buildZip([a, b], { prefix: disguised }))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([a, b], { prefix: disguised, unadjusted: true }))).toBe('archive-ambiguous')
  })

  test('A50: bytes between entries, and between entries, directory and end', async () => {
    const bytes = Buffer.from('hidden between')
    expect(await refusal(buildZip([{ ...a, behind: bytes }, b]))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([a, b], { beforeDirectory: bytes }))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([a, b], { behindDirectory: bytes }))).toBe('archive-ambiguous')
    const counted = { directoryBytes: 2 * (46 + 5) + bytes.length }
    expect(await refusal(buildZip([a, b], { behindDirectory: bytes, end: counted }))).toBe(
      'archive-ambiguous',
    )
  })

  test.each([1, 500, 70_000])('A51: %i bytes behind the end', async (length) => {
    const code = await refusal(buildZip([a, b], { suffix: Buffer.alloc(length, 'x') }))
    expect(code).toBe(length < 65_536 ? 'archive-ambiguous' : 'archive-truncated')
  })

  test('A54: an archive in parts', async () => {
    expect(await refusal(buildZip([a], { end: { disk: 1 } }))).toBe('archive-structure')
    expect(await refusal(buildZip([a], { end: { directoryDisk: 1 } }))).toBe('archive-structure')
    expect(await refusal(buildZip([a, b], { end: { countHere: 1 } }))).toBe('archive-structure')
    expect(await refusal(buildZip([{ ...a, central: { disk: 1 } }]))).toBe('archive-structure')
    expect(await refusal(Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), whole]))).toBe(
      'archive-structure',
    )
  })

  test('an encrypted directory', async () => {
    const flags = 0x2000
    expect(await refusal(buildZip([{ ...a, local: { flags }, central: { flags } }]))).toBe(
      'archive-structure',
    )
  })

  test('A56: one entry more than there may be is refused before the directory is read', async () => {
    const count = 2_000_001
    const directoryBytes = count * 46
    const end = buildZip([], {
      zip64: {
        count: BigInt(count),
        directoryBytes: BigInt(directoryBytes),
        locatorOffset: BigInt(directoryBytes + 4),
      },
    })
    // The directory would lie in the hole between the first bytes and the end record.
    end.writeBigUInt64LE(4n, 48)
    const size = 4 + directoryBytes + end.length
    let bytesRead = 0
    const hole = memorySource(Buffer.alloc(0))
    const source = {
      ...hole,
      size,
      read: async (offset: number, length: number) => {
        bytesRead += length
        const bytes = Buffer.alloc(length)
        Buffer.from('PK\x03\x04', 'latin1').copy(bytes, 0, Math.min(4, offset))
        const endAt = size - end.length
        if (offset + length > endAt) end.copy(bytes, Math.max(0, endAt - offset), Math.max(0, offset - endAt))
        return bytes
      },
    }
    const failure = await failureOf(async () => openArchive(source, { name: 'x' }))
    expect(failure).toEqual({ code: 'archive-too-many', archive: 'x', entries: count, limit: 2_000_000 })
    expect(bytesRead).toBeLessThan(200_000)
  })

  test('an empty zip is an archive without entries', async () => {
    await using archive = await openArchive(buildZip([]))
    expect(archive.count).toBe(0)
    expect([...archive.entries()]).toEqual([])
  })
})
