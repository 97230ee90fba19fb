import { expect, test } from 'vitest'
import { forecastSize } from '../../src/shared/size-forecast.ts'

const limit = 200_000_000
const weekly = (...sizes: readonly number[]) =>
  sizes.map((sizeBytes, week) => ({
    at: new Date(Date.UTC(2026, 0, 5) + week * 7 * 86_400_000).toISOString(),
    sizeBytes,
  }))

test('sizes that grow by ten million a week from 150 million reach 200 million in five weeks', () => {
  const points = weekly(130_000_000, 140_000_000, 150_000_000)
  expect(forecastSize(points, limit)).toEqual({ kind: 'ahead', weeks: 5 })
  expect(forecastSize(points.toReversed(), limit)).toEqual({ kind: 'ahead', weeks: 5 })
})

test('below three backups, or of one moment only, nothing is said', () => {
  expect(forecastSize([], limit)).toEqual({ kind: 'too-few', points: 0 })
  expect(forecastSize(weekly(1, 100_000_000), limit)).toEqual({ kind: 'too-few', points: 2 })
  const [one] = weekly(1)
  expect(forecastSize([one!, one!, one!], limit)).toMatchObject({ kind: 'too-few' })
})

test('sizes that do not grow never reach it, and one above it has', () => {
  expect(forecastSize(weekly(3, 2, 1), limit)).toEqual({ kind: 'not-growing' })
  expect(forecastSize(weekly(5, 5, 5), limit)).toEqual({ kind: 'not-growing' })
  expect(forecastSize(weekly(1, 2, 200_000_001), limit)).toEqual({ kind: 'reached' })
})

test('less than a week is told as one', () => {
  expect(forecastSize(weekly(1, 100_000_000, 199_999_999), limit)).toEqual({ kind: 'ahead', weeks: 1 })
})
