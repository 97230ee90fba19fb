import { expect, test } from 'vitest'
import { deviceIdSchema } from '../../src/shared/model/device.ts'
import { archiveRecordSchema, type ArchiveRecord } from '../../src/shared/model/record.ts'
import { forecastIn, forecastSize, pastSizes, type SizeForecast } from '../../src/shared/size-forecast.ts'

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

function backup(device: ArchiveRecord['device'], sizeBytes: number): ArchiveRecord {
  const family = 'endpoint-protector'
  const takenAt = '2026-04-02T10:00:00.000Z'
  return archiveRecordSchema.parse({
    format: 1,
    id: `20260402t100000z-epp-${String(sizeBytes).padStart(6, '0')}`,
    origin: 'import',
    family,
    device,
    source: { family, readAt: takenAt },
    takenAt,
    fileName: 'EPP.backup',
    container: 'opaque',
    sizeBytes,
    sha256: 'a'.repeat(64),
    scope: { parts: [], leftOut: [] },
    proof: 'L1',
    passwordProtected: false,
  })
}

test('only backups of the same device count: by its id, or by its name where it has none', () => {
  const id = deviceIdSchema.parse('dev-0000000000a1')
  const known = backup({ id, name: 'EPP', address: 'https://10.0.0.2' }, 1)
  const renamed = backup({ ...known.device, name: 'EPP-OLD' }, 2)
  const unknown = backup({ name: 'EPP', address: '' }, 3)
  const all = [known, renamed, unknown]
  const sizes = (record: ArchiveRecord): readonly number[] =>
    pastSizes(record, all).map(({ sizeBytes }) => sizeBytes)
  expect(sizes(known)).toEqual([1, 2])
  expect(sizes(unknown)).toEqual([1, 3])
})

test.each<[SizeForecast, Record<string, string>]>([
  [
    { kind: 'too-few', points: 2 },
    { forecast: 'too-few', points: '2' },
  ],
  [{ kind: 'not-growing' }, { forecast: 'not-growing' }],
  [{ kind: 'reached' }, { forecast: 'reached' }],
  [
    { kind: 'ahead', weeks: 5 },
    { forecast: 'ahead', weeks: '5' },
  ],
])('%j can be read from the facts of a finding', (forecast, facts) => {
  expect(forecastIn(facts)).toEqual(forecast)
  expect(forecastIn({ sizeBytes: '5' })).toBeUndefined()
})
