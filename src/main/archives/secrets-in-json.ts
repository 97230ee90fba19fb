import { isSecretKey } from './secret-keys.ts'
import { closingQuote, type Span } from './span.ts'

/** Values that are no secrets under any name. */
const literals: ReadonlySet<string> = new Set(['true', 'false', 'null'])
const scalar = /[^\s,:[\]{}"]+/y
const blanks = /\s*/y
const nameKeys: ReadonlySet<string> = new Set(['name', 'key', 'id'])

/** What is known of an object that is open: a pair of `name` and `value` makes the value a secret, whichever is first. */
interface Level {
  hasSecretName: boolean
  value: Span | undefined
}

/**
 * Secrets of a text that should be JSON: the values of secret keys, and everything inside where such a value is an
 * object or a list. Goes over the text once, without recursion; damaged or cut text is read as far as it makes sense.
 */
export function* secretsInJson(text: string, isAllSecret = false): Generator<Span> {
  const levels: Level[] = [{ hasSecretName: false, value: undefined }]
  // The number of levels in which everything is a secret.
  let coveredFrom = isAllSecret ? 0 : Infinity
  let key = ''
  let isSecret = false
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at)
    if (character === '{' || character === '[') {
      levels.push({ hasSecretName: false, value: undefined })
      if (isSecret && levels.length < coveredFrom) coveredFrom = levels.length
      isSecret = false
      at += 1
    } else if (character === '}' || character === ']') {
      if (levels.length > 1) levels.pop()
      if (levels.length < coveredFrom && !isAllSecret) coveredFrom = Infinity
      isSecret = false
      at += 1
    } else if (character === '"') {
      const end = closingQuote(text, at + 1, '"', text.length)
      const content = { start: at + 1, end }
      at = end + 1
      if (text.charAt(behindBlanks(text, at)) === ':') {
        key = decoded(text.slice(content.start, content.end))
        const level = levels.at(-1)
        isSecret = isSecretKey(key) || (key === 'value' && level?.hasSecretName === true)
        continue
      }
      yield* spansOfValue(text, content, key, levels.at(-1), isSecret || levels.length >= coveredFrom)
      isSecret = false
      key = ''
    } else if (character === ',') {
      isSecret = false
      at += 1
    } else {
      scalar.lastIndex = at
      const found = scalar.exec(text)?.[0] ?? ''
      if (found !== '' && (isSecret || levels.length >= coveredFrom) && !literals.has(found))
        yield { start: at, end: at + found.length }
      if (found !== '') isSecret = false
      at += Math.max(1, found.length)
    }
  }
}

function* spansOfValue(
  text: string,
  content: Span,
  key: string,
  level: Level | undefined,
  isSecret: boolean,
): Generator<Span> {
  if (isSecret) {
    yield content
    return
  }
  if (level === undefined) return
  if (key === 'value') level.value = content
  if (!nameKeys.has(key) || !isSecretKey(decoded(text.slice(content.start, content.end)))) return
  level.hasSecretName = true
  if (level.value !== undefined) yield level.value
}

function behindBlanks(text: string, at: number): number {
  blanks.lastIndex = at
  return blanks.test(text) ? blanks.lastIndex : at
}

/** A key as it is meant: `pass\\u0077ord` is one too. */
function decoded(written: string): string {
  if (!written.includes('\\')) return written
  return written.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
}
