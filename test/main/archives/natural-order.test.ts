import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNaturally } from '../../../src/main/archives/natural-order.ts'
import { sortPatiently } from '../../../src/main/archives/patient-sort.ts'

const { signal } = new AbortController()
/** Names that are often nearly the same. */
const name = fc.stringMatching(/^[aAbB01290 _.é]{0,6}$/)

describe('the order of names', () => {
  test('takes numbers by their value, and letters whatever their case', () => {
    const names = ['file10', 'File2', 'file1', 'b', 'A', 'file02', 'file', 'file2.txt', 'é', '10', '9', '007']
    expect(names.sort(compareNaturally)).toEqual([
      '007',
      '9',
      '10',
      'A',
      'b',
      'file',
      'file1',
      'File2',
      'file02',
      'file2.txt',
      'file10',
      'é',
    ])
  })

  test('is one order for all: nothing is before itself, and what is before something is before what follows', () => {
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(compareNaturally(a, b) === 0).toBe(a === b)
        expect(Math.sign(compareNaturally(a, b)) + Math.sign(compareNaturally(b, a))).toBe(0)
        if (compareNaturally(a, b) < 0 && compareNaturally(b, c) < 0)
          expect(compareNaturally(a, c)).toBeLessThan(0)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('sorting that lets others work', () => {
  test.each([0, 1, 8192, 8193, 50_000])('puts %i numbers in order', async (count) => {
    const numbers = Int32Array.from({ length: count }, (_, at) => (at * 7919) % 10_007)
    const wanted = Int32Array.from(numbers).sort()
    await sortPatiently(numbers, (a, b) => a - b, signal)
    expect(numbers).toEqual(wanted)
  })

  test('keeps equal ones in the order in which they came', async () => {
    const numbers = Int32Array.from({ length: 30_000 }, (_, at) => 29_999 - at)
    await sortPatiently(numbers, (a, b) => (a % 10) - (b % 10), signal)
    const sevens = numbers.filter((number) => number % 10 === 7)
    expect(sevens).toEqual(Int32Array.from(sevens).sort().reverse())
  })

  test('stops when it is told to', async () => {
    const controller = new AbortController()
    const numbers = Int32Array.from({ length: 500_000 }, (_, at) => -at)
    const sorting = sortPatiently(numbers, (a, b) => a - b, controller.signal)
    setImmediate(() => controller.abort(new Error('stopped by a person')))
    await expect(sorting).rejects.toThrow('stopped by a person')
  })
})
