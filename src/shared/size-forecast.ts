import type { ArchiveRecord } from './model/record.ts'

/** The size of one backup, and when it was taken (ISO 8601). */
export interface SizePoint {
  readonly at: string
  readonly sizeBytes: number
}

/**
 * What past sizes say of the day when a limit is reached.
 * - `too-few`: fewer than three backups, or all of one moment: nothing is said
 * - `not-growing`: the line through them does not rise
 * - `reached`: the last one is above the limit
 * - `ahead`: at this rate in about so many weeks, at least one
 */
export type SizeForecast =
  | { readonly kind: 'too-few'; readonly points: number }
  | { readonly kind: 'not-growing' }
  | { readonly kind: 'reached' }
  | { readonly kind: 'ahead'; readonly weeks: number }

/** The sizes of every backup of a record's device, known by its id or, where there is none, by its name. */
export function pastSizes(
  { device, family }: ArchiveRecord,
  records: readonly ArchiveRecord[],
): readonly SizePoint[] {
  return records
    .filter(
      (each) =>
        each.family === family &&
        (device.id ? each.device.id === device.id : each.device.name === device.name),
    )
    .map(({ takenAt, sizeBytes }) => ({ at: takenAt, sizeBytes }))
}

const fewest = 3
const weekMs = 7 * 24 * 3_600_000

/** A forecast as the facts of a finding carry it; `undefined` where they carry none. */
export function forecastIn(facts: Readonly<Record<string, string>>): SizeForecast | undefined {
  switch (facts['forecast']) {
    case 'too-few':
      return { kind: 'too-few', points: Number(facts['points']) }
    case 'not-growing':
    case 'reached':
      return { kind: facts['forecast'] }
    case 'ahead':
      return { kind: 'ahead', weeks: Number(facts['weeks']) }
    default:
      return undefined
  }
}

/** The straight line of least squares through the sizes, from the last backup on. */
export function forecastSize(points: readonly SizePoint[], limitBytes: number): SizeForecast {
  const known = points
    .map(({ at, sizeBytes }) => ({ weeks: Date.parse(at) / weekMs, sizeBytes }))
    .toSorted((a, b) => a.weeks - b.weeks)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last || known.length < fewest || first.weeks === last.weeks) {
    return { kind: 'too-few', points: known.length }
  }
  if (last.sizeBytes > limitBytes) return { kind: 'reached' }
  const bytesPerWeek = slopeOf(known)
  if (bytesPerWeek <= 0) return { kind: 'not-growing' }
  return { kind: 'ahead', weeks: Math.max(1, Math.round((limitBytes - last.sizeBytes) / bytesPerWeek)) }
}

function slopeOf(points: readonly { readonly weeks: number; readonly sizeBytes: number }[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const middle = mean(points.map(({ weeks }) => weeks))
  const size = mean(points.map(({ sizeBytes }) => sizeBytes))
  const shared = mean(points.map((point) => (point.weeks - middle) * (point.sizeBytes - size)))
  const spread = mean(points.map(({ weeks }) => (weeks - middle) ** 2))
  return shared / spread
}
