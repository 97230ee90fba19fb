import { deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { gunzipChunks } from '../../../src/main/archives/inflate.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { readTarStream } from '../../../src/main/archives/tar-reader.ts'
import { listFolder } from '../../../src/main/archives/tree.ts'
import { buildTar, gnuLong, paxHeader } from '../../corpus/tar-bytes.ts'
import { buildZip, descriptor, unicodePathField, zip64Field } from '../../corpus/zip-bytes.ts'
import { inPieces } from './outcomes.ts'

const text = Buffer.from('some content that is packed, packed, packed, packed. '.repeat(8))
const packed = deflateRawSync(text).length
const zeros = { crc32: 0, sizeBytes: 0, compressedBytes: 0 }
const long = `${'long/'.repeat(30)}name`

const zipSeeds: readonly Buffer[] = [
  buildZip([
    { name: 'a.txt', content: text },
    { name: 'dir/', content: '' },
    { name: 'dir/b', content: 'b', method: 0 },
  ]),
  buildZip([
    {
      name: 'a',
      content: text,
      flags: 8,
      local: zeros,
      behind: descriptor(text, packed, { signature: true, long: false }),
    },
    { name: 'l', content: 'a', unixMode: 0o120777 },
  ]),
  buildZip(
    [
      {
        name: 'a',
        content: text,
        central: {
          sizeBytes: 0xffffffff,
          compressedBytes: 0xffffffff,
          extra: zip64Field(text.length, packed),
        },
      },
      { name: 'ü', content: 'x', central: { extra: unicodePathField('ü', 'ü') } },
    ],
    { zip64: {}, end: { comment: Buffer.from('comment') } },
  ),
]
const tarSeeds: readonly Buffer[] = [
  buildTar({ name: './a', content: text }, { name: './d/', type: '5' }, { name: './d/b', content: 'b' }),
  buildTar(
    paxHeader([
      ['path', long],
      ['mtime', '1.5'],
    ]),
    { name: long.slice(0, 100), content: 'x' },
    gnuLong('L', `${long}2`),
    { name: long.slice(0, 100), content: 'y', format: 'gnu' },
    { name: 'l', type: '2', linkName: '/x' },
  ),
]
const gzipSeeds = tarSeeds.map((seed) => gzipSync(seed))

/** Numbers at which readers of lengths and offsets have always gone wrong. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

/** One to six changes of a seed: bits, bytes, numbers, cut, doubled, moved or foreign pieces. */
function mutated(seeds: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
  const change = fc.oneof(
    fc.record({ kind: fc.constant('bit' as const), place, value: fc.nat(7) }),
    fc.record({ kind: fc.constant('byte' as const), place, value: fc.nat(255) }),
    fc.record({ kind: fc.constant('number' as const), place, value: fc.constantFrom(...edges) }),
    fc.record({ kind: fc.constant('cut' as const), place, value: fc.nat(40) }),
    fc.record({ kind: fc.constant('double' as const), place, value: fc.nat(600) }),
    fc.record({ kind: fc.constant('splice' as const), place, value: fc.nat(1000) }),
  )
  return fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.constantFrom(...seeds),
      fc.array(change, { minLength: 1, maxLength: 6 }),
    )
    .map(([seed, other, changes]) => {
      let bytes: Buffer = Buffer.from(seed)
      for (const each of changes) bytes = apply(bytes, other, each)
      return bytes
    })
}

function apply(
  bytes: Buffer,
  other: Buffer,
  change: { readonly kind: string; readonly place: number; readonly value: number },
): Buffer {
  const at = Math.floor(change.place * bytes.length)
  if (bytes.length === 0) return bytes
  switch (change.kind) {
    case 'bit':
      bytes[at]! ^= 1 << change.value
      return bytes
    case 'byte':
      bytes[at] = change.value
      return bytes
    case 'number':
      if (at + 4 <= bytes.length) bytes.writeUInt32LE(change.value, at)
      return bytes
    case 'cut':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + change.value)])
    case 'double':
      return Buffer.concat([bytes.subarray(0, at + change.value), bytes.subarray(at)])
    default:
      return Buffer.concat([bytes.subarray(0, at), other.subarray(change.value % other.length)])
  }
}

/** Changed tars whose headers have the right checksum again: these get past the first check. */
function mutatedTar(): fc.Arbitrary<Buffer> {
  return fc.tuple(mutated(tarSeeds), fc.integer({ min: 0, max: 3 })).map(([bytes, coin]) => {
    if (coin === 0) return bytes
    for (let at = 0; at + 512 <= bytes.length; at += 512) {
      if (bytes.toString('latin1', at + 257, at + 262) !== 'ustar') continue
      bytes.write('        ', at + 148, 'latin1')
      const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0)
      bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1')
    }
    return bytes
  })
}

/** Opens, lists and reads. Ends well or with a failure that has a code; anything else is thrown. */
async function exercise(bytes: Buffer): Promise<string> {
  const signal = AbortSignal.timeout(10_000)
  try {
    await using archive = await openArchive(bytes, { name: 'x', signal })
    for (const { path, kind } of archive.entries()) {
      expect(path).not.toMatch(/^\/|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/)
      if (kind === 'folder') listFolder(archive, path)
    }
    listFolder(archive, '')
    let unpacked = 0
    for await (const { entry, content } of archive.readAll({ signal })) {
      let received = 0
      for await (const piece of content) received += piece.length
      if (entry.kind === 'file') expect(received).toBe(entry.sizeBytes)
      unpacked += received
    }
    expect(unpacked).toBeLessThanOrEqual(archive.unpackedBytes)
    return 'whole'
  } catch (error) {
    return codeOrThrow(error)
  }
}

async function exerciseStream(bytes: Buffer, pieceBytes: number): Promise<string> {
  const options = { name: 'x', signal: AbortSignal.timeout(10_000) }
  try {
    const chunks = inPieces(bytes, pieceBytes)
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    for await (const { content } of readTarStream(isGzip ? gunzipChunks(chunks, options) : chunks, options)) {
      for await (const piece of content) expect(piece.length).toBeGreaterThan(0)
    }
    return 'whole'
  } catch (error) {
    return codeOrThrow(error)
  }
}

function codeOrThrow(error: unknown): string {
  if (!(error instanceof FailureError)) throw error
  expect(error.failure.code).toMatch(/^archive-/)
  return error.failure.code
}

describe('whatever is changed in an archive, the answer is whole or a code', () => {
  test.each([
    ['zip', zipSeeds, mutated(zipSeeds), 9000],
    ['tar', tarSeeds, mutatedTar(), 5000],
    ['tar.gz', gzipSeeds, mutated(gzipSeeds), 1500],
    ['tar.gz of a changed tar', gzipSeeds, mutatedTar().map((tar) => gzipSync(tar)), 1000],
  ] as const)('%s', { timeout: 300_000 }, async (_, seeds, changed, numRuns) => {
    for (const seed of seeds) expect(await exercise(seed)).toBe('whole')
    const outcomes = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(changed, async (bytes) => {
        const outcome = await exercise(bytes)
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      }),
      { numRuns, endOnFailure: true },
    )
    // A run that never gets past the door would prove nothing.
    expect(outcomes.size).toBeGreaterThanOrEqual(4)
  })

  test('a tar that arrives in pieces', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(mutatedTar(), mutated(gzipSeeds)),
        fc.integer({ min: 1, max: 2000 }),
        async (bytes, size) => {
          await exerciseStream(bytes, size)
        },
      ),
      { numRuns: 3500, endOnFailure: true },
    )
  })

  test('bytes without any plan', { timeout: 300_000 }, async () => {
    const starts = ['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b\x08\x00', ''].map((start) =>
      Buffer.from(start, 'latin1'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.uint8Array({ maxLength: 2000 }),
        async (start, rest) => {
          expect(await exercise(Buffer.concat([start, rest]))).not.toBe('whole')
        },
      ),
      { numRuns: 1000, endOnFailure: true },
    )
  })
})
