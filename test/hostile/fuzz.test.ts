import { beforeAll, describe, expect, test } from 'vitest'
import { bundle, run } from '../main/storage/support/programs.ts'
import type { FuzzReport } from './children/fuzz.ts'

/**
 * F-ZIP and F-TAR of the reliability plan, with the counts of every change. The seed is fixed, so that a change of the
 * reader is what makes a difference; another one is tried with FERRITE_FUZZ_SEED, more cases with FERRITE_FUZZ_TIMES.
 */
const seed = Number(process.env['FERRITE_FUZZ_SEED'] ?? 20_260_104)
const times = Number(process.env['FERRITE_FUZZ_TIMES'] ?? 1)
const maxMegabytes = 256

let program: string
beforeAll(async () => {
  program = await bundle('test/hostile/children/fuzz.ts')
}, 60_000)

describe('whatever is changed in an archive, the answer is a verdict or a code', () => {
  test.concurrent.each([
    ['zip', 200_000],
    ['tar', 100_000],
  ] as const)('%s: %i cases', { timeout: 300_000 * times }, async (kind, cases) => {
    const args = [program, kind, String(seed), '0', String(cases * times)]
    const ended = await run(process.execPath, args)
    expect(ended.errors).toBe('')
    const report = JSON.parse(ended.output) as FuzzReport
    const { findings, ...measured } = report
    console.log(`F-${kind.toUpperCase()} with seed ${seed}: ${JSON.stringify(measured)}`)
    expect(findings).toEqual([])
    expect(report.cases).toBe(cases * times)
    expect(report.slowestMs).toBeLessThan(500)
    expect(report.peakMegabytes).toBeLessThanOrEqual(maxMegabytes)
    // A run that never gets past the door would prove nothing.
    expect(Object.keys(report.outcomes).length).toBeGreaterThanOrEqual(9)
    expect(report.outcomes['ok']).toBeGreaterThan(cases / 100)
  })
})
