import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Inflater } from '../../../src/main/archives/inflater.ts'
import { Random } from '../../corpus/random.ts'

const random = new Random(20261128)
const noise = Buffer.from(Array.from({ length: 300_000 }, () => random.below(256)))
const contents: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['a byte', Buffer.from('a')],
  ['exactly one piece', noise.subarray(0, 64 * 1024)],
  ['one byte more than two pieces', noise.subarray(0, 128 * 1024 + 1)],
  ['what cannot be compressed', noise],
  ['what unpacks to a thousand times as much', Buffer.alloc(10_000_000)],
]

/** Unpacks bytes that come in parts, and copies what it gets, as its pieces may be lent. */
function unpack(inflater: Inflater, packed: Buffer, partBytes: number): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; at < packed.length && !inflater.hasEnded; at += partBytes)
    for (const piece of inflater.unpack(packed.subarray(at, at + partBytes))) pieces.push(Buffer.from(piece))
  for (const piece of inflater.finish()) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

describe.each([true, false])('unpacking where pieces are lent: %s', (lends) => {
  test.each(contents)('gives back %s, however the packed bytes come', (_, content) => {
    const packed = deflateRawSync(content)
    for (const partBytes of [
      1 + Math.floor(packed.length / 3),
      7 + Math.floor(packed.length / 999),
      Infinity,
    ]) {
      using inflater = new Inflater('raw', { lends })
      expect(unpack(inflater, packed, partBytes).equals(content)).toBe(true)
      expect(inflater.consumed).toBe(packed.length)
    }
  })

  test('what stands behind the end is not consumed', () => {
    const packed = deflateRawSync(noise)
    for (const partBytes of [1000, packed.length, Infinity]) {
      using inflater = new Inflater('raw', { lends })
      const behind = Buffer.concat([packed, Buffer.from('something else')])
      expect(unpack(inflater, behind, partBytes).equals(noise)).toBe(true)
      expect(inflater.consumed).toBe(packed.length)
      expect(inflater.hasEnded).toBe(true)
    }
  })

  test('members of a gzip are one content', () => {
    using inflater = new Inflater('gzip', { lends })
    const packed = Buffer.concat([gzipSync('one '), gzipSync(noise), gzipSync(' two')])
    const whole = Buffer.concat([Buffer.from('one '), noise, Buffer.from(' two')])
    expect(unpack(inflater, packed, 5000).equals(whole)).toBe(true)
  })

  test('bytes that stop early and bytes that are no stream are told apart', () => {
    const packed = deflateRawSync(noise)
    using cut = new Inflater('raw', { lends })
    expect(() => unpack(cut, packed.subarray(0, -1), 4096)).toThrow(
      expect.objectContaining({ code: 'Z_BUF_ERROR' }),
    )
    using empty = new Inflater('raw', { lends })
    expect(() => unpack(empty, Buffer.alloc(0), 1)).toThrow(expect.objectContaining({ code: 'Z_BUF_ERROR' }))
    using damaged = new Inflater('raw', { lends })
    expect(() => unpack(damaged, Buffer.alloc(100, 0xff), 7)).toThrow(
      expect.objectContaining({ code: 'Z_DATA_ERROR' }),
    )
    const wrong = gzipSync(noise)
    wrong.writeUInt32LE(1, wrong.length - 8)
    using gzip = new Inflater('gzip', { lends })
    expect(() => unpack(gzip, wrong, 4096)).toThrow(expect.objectContaining({ code: 'Z_DATA_ERROR' }))
  })
})

test('lent pieces are all in the same bytes; others are not touched again', () => {
  const packed = deflateRawSync(noise)
  using lending = new Inflater('raw', { lends: true })
  const lent = [...lending.unpack(packed)]
  expect(new Set(lent.map(({ buffer }) => buffer)).size).toBe(1)
  using giving = new Inflater('raw')
  expect(Buffer.concat([...giving.unpack(packed)]).equals(noise)).toBe(true)
})
