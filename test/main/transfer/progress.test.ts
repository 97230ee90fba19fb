import { describe, expect, test } from 'vitest'
import { createMeter, type Meter } from '../../../src/main/transfer/progress.ts'

/** A meter with a clock that the test moves. */
function newMeter(total?: number): { readonly meter: Meter; readonly at: (ms: number) => Meter } {
  let now = 0
  const meter = createMeter({ total, now: () => now })
  const at = (ms: number) => {
    now = ms
    return meter
  }
  return { meter, at }
}

describe('a meter', () => {
  test('gives no rate and no time left before there is ground for one', () => {
    const { at } = newMeter(1000)
    expect(at(0).advance(10)).toEqual({ bytesDone: 10, bytesTotal: 1000 })
    expect(at(400).advance(100)).toEqual({ bytesDone: 100, bytesTotal: 1000 })
  })

  test('gives rate and time left from the bytes of the last seconds', () => {
    const { at } = newMeter(10_000)
    for (let ms = 100; ms <= 1000; ms += 100) at(ms).advance(ms)
    expect(at(1000).snapshot()).toEqual({
      bytesDone: 1000,
      bytesTotal: 10_000,
      bytesPerSecond: 1000,
      secondsLeft: 9,
    })
  })

  test('leaves out total and time left where the total is not known', () => {
    const { at } = newMeter()
    at(1000).advance(500)
    expect(at(1000).snapshot()).toEqual({ bytesDone: 500, bytesPerSecond: 500 })
  })

  test('gives a snapshot at most ten times a second, and the state of the end when asked', () => {
    const { at } = newMeter(100_000)
    let snapshots = 0
    for (let ms = 0; ms < 10_000; ms += 1) if (at(ms).advance(ms)) snapshots += 1
    expect(snapshots).toBe(100)
    at(10_000).advance(99_999)
    expect(at(10_001).advance(100_000)).toBeUndefined()
    expect(at(10_001).snapshot().bytesDone).toBe(100_000)
  })

  test('follows a line that becomes slower within six seconds', () => {
    const { at } = newMeter()
    let done = 0
    for (let ms = 100; ms <= 20_000; ms += 100) at(ms).advance((done += 1000))
    expect(at(20_000).snapshot().bytesPerSecond).toBe(10_000)
    for (let ms = 20_100; ms <= 26_000; ms += 100) at(ms).advance((done += 10))
    expect(at(26_000).snapshot().bytesPerSecond).toBe(100)
  })

  test('shows a standstill as a falling rate, and never divides by nothing', () => {
    const { at } = newMeter(2000)
    for (let ms = 100; ms <= 1000; ms += 100) at(ms).advance(ms)
    const rates = [1000, 2000, 10_000].map((ms) => at(ms).snapshot().bytesPerSecond)
    expect(rates).toEqual([1000, 500, 100])
    const nothing = newMeter(2000)
    nothing.at(1000).advance(0)
    expect(nothing.at(1000).snapshot()).toEqual({ bytesDone: 0, bytesTotal: 2000, bytesPerSecond: 0 })
  })

  test('measures anew where a transfer begins again, and gives no negative time', () => {
    const { at } = newMeter(1000)
    at(1000).advance(900)
    at(2000).advance(0)
    expect(at(2100).snapshot()).toEqual({ bytesDone: 0, bytesTotal: 1000 })
    at(3000).advance(500)
    expect(at(3000).snapshot()).toMatchObject({ bytesPerSecond: 500, secondsLeft: 1 })
    at(4000).advance(3000)
    expect(at(4000).snapshot()).not.toHaveProperty('secondsLeft')
  })
})
