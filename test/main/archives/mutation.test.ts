import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../src/shared/failure.ts'
import { gunzipChunks } from '../../../src/main/archives/inflate.ts'
import { readTarStream } from '../../../src/main/archives/tar-reader.ts'
import { goodTars, goodZips } from '../../corpus/archive-seeds.ts'
import { Random } from '../../corpus/random.ts'
import { exercise } from '../../hostile/exercise.ts'
import { fuzzCase } from '../../hostile/fuzz-cases.ts'
import { inPieces } from './outcomes.ts'

/**
 * A few thousand of the cases of `test/hostile/fuzz.test.ts`, for the V8 and the zlib that ship, and what goes beyond
 * them: tars that arrive in pieces.
 */
const seed = 20_260_105

/** Ends well or with a code of an archive; anything else is thrown. */
async function exerciseStream(bytes: Buffer, pieceBytes: number): Promise<string> {
  const options = { name: 'x', signal: new AbortController().signal }
  try {
    const chunks = inPieces(bytes, pieceBytes)
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
    for await (const { content } of readTarStream(isGzip ? gunzipChunks(chunks, options) : chunks, options)) {
      for await (const piece of content) expect(piece.length).toBeGreaterThan(0)
    }
    return 'whole'
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    expect(error.failure.code).toMatch(/^archive-/)
    return error.failure.code
  }
}

describe('whatever is changed in an archive, the answer is a verdict or a code', () => {
  test('archives that nobody changed are read', async () => {
    for (const bytes of [...goodZips, ...goodTars, ...goodTars.map((tar) => gzipSync(tar))]) {
      expect(['ok', 'view']).toContain(await exercise(bytes))
    }
  })

  test.each([
    ['zip', 6000],
    ['tar', 4000],
  ] as const)('%s: %i cases', { timeout: 120_000 }, async (kind, cases) => {
    const outcomes = new Set<string>()
    for (let number = 0; number < cases; number += 1) {
      outcomes.add(await exercise(fuzzCase(kind, seed, number)))
    }
    expect(outcomes.size).toBeGreaterThanOrEqual(9)
  })

  test('a tar that arrives in pieces', { timeout: 120_000 }, async () => {
    const outcomes = new Set<string>()
    for (let number = 0; number < 3000; number += 1) {
      const pieceBytes = 1 + new Random(seed, number).below(2000)
      outcomes.add(await exerciseStream(fuzzCase('tar', seed + 1, number), pieceBytes))
    }
    expect(outcomes).toContain('whole')
    expect(outcomes.size).toBeGreaterThanOrEqual(6)
  })

  test('bytes without any plan are never whole', { timeout: 120_000 }, async () => {
    const starts = ['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b\x08\x00', '']
    for (let number = 0; number < 1000; number += 1) {
      const random = new Random(seed, number)
      const start = Buffer.from(random.pick(starts), 'latin1')
      const outcome = await exercise(Buffer.concat([start, random.bytes(random.below(2000))]))
      expect(outcome).toMatch(/^archive-/)
    }
  })
})
