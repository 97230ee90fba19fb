/** Values of documents that anybody may have written: whatever has another type than the vendor's is not there. */

export type Members = Readonly<Record<string, unknown>>

const listedAtMost = 200

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of own members. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined),
    value,
  )
}

/** The own members of an object that are objects themselves; in a setup file `null` marks what is to be removed. */
export function objectsIn(value: unknown): readonly (readonly [string, Members])[] {
  return isObject(value)
    ? Object.entries(value).filter((member): member is [string, Members] => isObject(member[1]))
    : []
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** A text that says something, or a number as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** True and false, as they are or as words. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' ? value.toLowerCase() : ''
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/** The texts of a list in one line; the first 200 of them. */
export function textsOf(value: unknown): string | undefined {
  const list = listOf(value)
  const shown = list.slice(0, listedAtMost).map(textOf)
  const text = shown.filter((each) => each !== undefined).join(', ')
  return textOf(list.length > listedAtMost ? `${text}, …` : text)
}
