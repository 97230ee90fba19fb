/** One stretch of an XML text. Nothing in it is interpreted: entities stay as they are written. */
export interface XmlToken {
  readonly kind: 'text' | 'open' | 'close' | 'empty' | 'comment' | 'instruction' | 'data' | 'doctype'
  readonly start: number
  readonly end: number
}

type Kind = XmlToken['kind']

const marked: readonly (readonly [begin: string, end: string, kind: Kind])[] = [
  ['<!--', '-->', 'comment'],
  ['<![CDATA[', ']]>', 'data'],
  ['<?', '?>', 'instruction'],
]

/**
 * Goes over an XML text from front to back, one look at each character. Ends early with `cut` where the text stops in
 * the middle of a token, and with `wrong` where something stands that XML does not have; else with `end`.
 */
export function* xmlTokens(text: string): Generator<XmlToken, 'end' | 'cut' | 'wrong'> {
  let at = 0
  while (at < text.length) {
    if (text.charCodeAt(at) !== lessThan) {
      const next = text.indexOf('<', at)
      const end = next < 0 ? text.length : next
      yield { kind: 'text', start: at, end }
      at = end
      continue
    }
    const token = markupAt(text, at)
    if (typeof token === 'string') return token
    yield token
    at = token.end
  }
  return 'end'
}

/** The name of an `open`, `close` or `empty` token. */
export function tagName(text: string, { start }: XmlToken): string {
  name.lastIndex = text.charAt(start + 1) === '/' ? start + 2 : start + 1
  return name.exec(text)?.[0] ?? ''
}

/** The attributes of an `open` or `empty` token: the name, and where the value lies between its quotes. */
export function* attributesOf(
  text: string,
  { start, end }: XmlToken,
): Generator<{ readonly name: string; readonly start: number; readonly end: number }> {
  attribute.lastIndex = start + 1 + tagName(text, { kind: 'open', start, end }).length
  for (;;) {
    const found = attribute.exec(text)
    if (found === null || attribute.lastIndex > end) return
    const value = found[2] ?? ''
    const valueEnd = attribute.lastIndex - 1
    yield { name: found[1] ?? '', start: valueEnd - value.length + 1, end: valueEnd }
  }
}

const lessThan = 0x3c
const name = /[^\s<>/="'!?]+/y
const attribute = /\s+([^\s<>/="']+)\s*=\s*("[^"<]*|'[^'<]*)["']/y

function markupAt(text: string, start: number): XmlToken | 'cut' | 'wrong' {
  for (const [begin, end, kind] of marked) {
    if (!text.startsWith(begin, start)) continue
    const found = text.indexOf(end, start + begin.length)
    return found < 0 ? 'cut' : { kind, start, end: found + end.length }
  }
  if (text.startsWith('<!DOCTYPE', start)) return doctypeAt(text, start)
  // The beginning of one of the above may be all that is left.
  if (text.charAt(start + 1) === '!') return text.length - start < '<![CDATA['.length ? 'cut' : 'wrong'
  const end = tagEnd(text, start)
  if (end === undefined) return 'cut'
  const kind = text.charAt(start + 1) === '/' ? 'close' : text.charAt(end - 2) === '/' ? 'empty' : 'open'
  return tagName(text, { kind, start, end }) === '' ? 'wrong' : { kind, start, end }
}

/** Behind the `>` that ends a tag; one within quotes does not. */
function tagEnd(text: string, start: number): number | undefined {
  let quote = 0
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 0x22 || code === 0x27) quote = code
    else if (code === 0x3e) return at + 1
  }
  return undefined
}

/** A document type with its declarations, which are passed over. */
function doctypeAt(text: string, start: number): XmlToken | 'cut' {
  let depth = 0
  let quote = ''
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '[' || character === '<') depth += 1
    else if (character === ']') depth -= 1
    else if (character === '>') {
      depth -= 1
      if (depth === 0) return { kind: 'doctype', start, end: at + 1 }
    }
  }
  return 'cut'
}
