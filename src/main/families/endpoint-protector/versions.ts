import { compareVersions, versionNumbers } from '../../../shared/compatibility/version.ts'

/** From 2509 on an image is named by year and month; everything before is 5.x.y.z. */
const firstImage = 2509
/** The image with the newer operating system; everything between is a patched 2510. */
const image2608 = 2608

/** Where a backup is to go: the 2510 image with its patches, the 2608 image, or an appliance of the former line. */
export type TargetLine = '5.x' | '2510' | '2608'

/** `not-documented`: no page of the vendor names this pair. */
export type Migration =
  | 'step-by-step'
  | 'patch-first'
  | 'fits'
  | 'possible'
  | 'upgrade-recommended'
  | 'best-tested'
  | 'not-documented'

interface VersionRow {
  readonly holds: (source: string) => boolean
  readonly onto2510: Migration
  readonly onto2608: Migration
}

const isImage = (version: string): boolean => (versionNumbers(version)[0] ?? 0) >= firstImage
const isOneOf =
  (...images: readonly number[]) =>
  (version: string): boolean =>
    images.includes(versionNumbers(version)[0] ?? 0)
const isOlder =
  (than: string) =>
  (version: string): boolean =>
    !isImage(version) && compareVersions(version, than) < 0

/**
 * Which backups the vendor takes onto its images, the first row that holds. Netwrix migration guides ("Migration Guide",
 * "Migration from a legacy 5.x image", "Migration from a current image"); of a 5.x only 5.9.4.2 exactly, by their FAQ 7.
 */
export const versionTable: readonly VersionRow[] = [
  { holds: isOlder('5.7.0.0'), onto2510: 'step-by-step', onto2608: 'step-by-step' },
  {
    holds: (source) => !isImage(source) && compareVersions(source, '5.9.4.2') !== 0,
    onto2510: 'patch-first',
    onto2608: 'patch-first',
  },
  { holds: (source) => !isImage(source), onto2510: 'fits', onto2608: 'fits' },
  { holds: isOneOf(2509, 2510, 2601, 2602), onto2510: 'possible', onto2608: 'upgrade-recommended' },
  { holds: isOneOf(2604), onto2510: 'fits', onto2608: 'best-tested' },
  { holds: isOneOf(image2608), onto2510: 'not-documented', onto2608: 'fits' },
  { holds: () => true, onto2510: 'not-documented', onto2608: 'not-documented' },
]

/** True for what can be the version of an appliance: dotted numbers, 5.x or an image's year and month. */
export function isVersion(text: string): boolean {
  const [first = 0] = versionNumbers(text)
  return /^\d+(\.\d+){0,3}$/.test(text.trim()) && first > 0
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`: every image is newer than any 5.x. */
export function compareAppliances(a: string, b: string): number {
  return isSameVersion(a, b) ? 0 : compareVersions(a, b)
}

/** True where both say the same, up to where the shorter one ends: an image may be named `2604` or `2604.0.1.0`. */
export function isSameVersion(a: string, b: string): boolean {
  const [left, right] = [versionNumbers(a), versionNumbers(b)]
  const length =
    isImage(a) && isImage(b) ? Math.min(left.length, right.length) : Math.max(left.length, right.length)
  return Array.from({ length }).every((_, index) => (left[index] ?? 0) === (right[index] ?? 0))
}

export function lineOf(version: string): TargetLine {
  if (!isImage(version)) return '5.x'
  return (versionNumbers(version)[0] ?? 0) >= image2608 ? '2608' : '2510'
}

/** What the vendor says to taking a backup of `source` onto an image. */
export function migrationOf(source: string, line: Exclude<TargetLine, '5.x'>): Migration {
  const row = versionTable.find(({ holds }) => holds(source))
  return row?.[line === '2510' ? 'onto2510' : 'onto2608'] ?? 'not-documented'
}

/** The image that the vendor's pages were written for; `false` for a later one. */
export function isDocumentedTarget(version: string): boolean {
  return [2509, 2510, 2511, 2512, 2601, 2602, 2604, image2608].includes(versionNumbers(version)[0] ?? 0)
}
