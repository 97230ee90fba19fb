import { isSecretKey } from './secret-keys.ts'
import { closingQuote, trimmed, type Span } from './span.ts'

const privateKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const puttyKey = /^Private-Lines: [0-9]{1,4}\r?\n/gm

/** Forms that are secrets wherever they stand; where there is a group, it is the secret. */
const forms: readonly RegExp[] = [
  // crypt(3) and its kin: $6$salt$hash
  /\$(?:1|2[abxy]?|5|6|7|y|gy|sha1|apr1|argon2(?:id?|d)|scrypt|pbkdf2[\w-]{0,20})\$[\w./$=,+-]{8,}/g,
  /\{S?SHA(?:256|384|512)?\}[A-Za-z0-9+/=]{20,}/g,
  // Hashes of PostgreSQL and MySQL
  /\bSCRAM-SHA-256\$[\w:+/=$]{20,}/g,
  /\bmd5[0-9a-f]{32}\b/g,
  /(?<=')\*[0-9A-F]{40}(?=')/g,
  // A JSON web token
  /\beyJ[\w-]{10,}\.[\w-]{4,}\.[\w-]*/g,
  // scheme://user:password@host
  /\b[a-zA-Z][a-zA-Z0-9+.-]{0,20}:\/\/[^\s:@/"'<>]{0,200}:([^\s@/"'<>]{1,500})(?=@)/dg,
  /\b(?:IDENTIFIED[ \t]+(?:WITH[ \t]+\S{1,60}[ \t]+)?(?:BY|AS)(?:[ \t]+PASSWORD)?|PASSWORD)[ \t]+'([^'\n]{1,2000})'/dgi,
]

/** A name and what it is set to in the middle of a line, with quotes that may be escaped. */
const setting = /(?<![\w$.-])([A-Za-z_$][\w$.-]{0,80})\\{0,8}["']?[ \t]*(?:=>|:=|[=:])[ \t]*/g
const openingQuote = /\\{0,8}["'`]/y
const bareValue = /[^\s,;&"'`<>})\]|\\]+/y
/** What is set in place of a secret. */
const noSecret = /^(?:true|false|null|undefined|none|nil|yes|no|[({[]+)$/i

/** Secrets that are told by their form, in a text of any kind. Each pattern looks at a character a bounded number of times. */
export function* secretsAnywhere(text: string): Generator<Span> {
  yield* privateKeys(text)
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const [start, end] = match.indices?.[1] ?? [match.index, match.index + match[0].length]
      yield { start, end }
    }
  }
  yield* settings(text)
}

function* privateKeys(text: string): Generator<Span> {
  yield* between(text, privateKey, '-----END')
  yield* between(text, puttyKey, '\nPrivate-')
}

/** What lies behind a head up to its end, or to the end of the text; heads inside of that are part of it. */
function* between(text: string, head: RegExp, foot: string): Generator<Span> {
  let coveredTo = 0
  for (const { index, 0: begin } of text.matchAll(head)) {
    if (index < coveredTo) continue
    const start = index + begin.length
    const found = text.indexOf(foot, start)
    coveredTo = found < 0 ? text.length : found
    yield trimmed(text, { start, end: coveredTo })
  }
}

function* settings(text: string): Generator<Span> {
  let coveredTo = 0
  let lineEnd = -1
  for (const match of text.matchAll(setting)) {
    if (match.index < coveredTo || !isSecretKey(match[1] ?? '')) continue
    const at = match.index + match[0].length
    if (lineEnd < at) {
      const newLine = text.indexOf('\n', at)
      lineEnd = newLine < 0 ? text.length : newLine
    }
    const value = valueAt(text, at, lineEnd)
    if (value === undefined) continue
    coveredTo = value.end
    yield value
  }
}

function valueAt(text: string, at: number, lineEnd: number): Span | undefined {
  openingQuote.lastIndex = at
  const quote = openingQuote.exec(text)?.[0]
  if (quote !== undefined) {
    const start = at + quote.length
    if (quote.length === 1) return { start, end: closingQuote(text, start, quote, lineEnd) }
    // An escaped quote is closed by one that is escaped alike.
    const end = text.indexOf(quote, start)
    return { start, end: end < 0 ? lineEnd : Math.min(end, lineEnd) }
  }
  bareValue.lastIndex = at
  const bare = bareValue.exec(text)?.[0]
  return bare === undefined || noSecret.test(bare) ? undefined : { start: at, end: at + bare.length }
}
