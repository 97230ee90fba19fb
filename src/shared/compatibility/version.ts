/** The leading numbers of a version: `4.6.0+6.12` gives `[4, 6, 0]`; no number at the front gives an empty list. */
export function versionNumbers(version: string): readonly number[] {
  const [numbers = ''] = /^\d+(\.\d+)*/.exec(version.trim()) ?? []
  return numbers === '' ? [] : numbers.split('.').map(Number)
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; missing trailing numbers count as 0. */
export function compareVersions(a: string, b: string): number {
  const left = versionNumbers(a)
  const right = versionNumbers(b)
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
