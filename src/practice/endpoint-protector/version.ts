/**
 * Orders two versions: negative when `one` is older, 0 when both are the same. Numbers are compared part by part,
 * so that the image names of 2025 and later (`2509`) are newer than every 5.x. Missing parts count as 0.
 */
export function compareVersions(one: string, other: string): number {
  const left = partsOf(one)
  const right = partsOf(other)
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Whether `text` is one to four numbers with points between them. */
export function isVersion(text: string): boolean {
  return /^\d+(\.\d+){0,3}$/.test(text)
}

/** Which of the vendor's image lines an appliance of this version belongs to. */
export type ImageLine = '5.x' | '2510' | '2608'

/** The line of 2608 has another operating system and another database than that of 2510. */
export function imageLineOf(version: string): ImageLine {
  if (compareVersions(version, '2608') >= 0) return '2608'
  return compareVersions(version, '2509') >= 0 ? '2510' : '5.x'
}

function partsOf(version: string): readonly number[] {
  if (!isVersion(version)) throw new Error(`'${version}' is no version of an appliance`)
  return version.split('.').map(Number)
}
