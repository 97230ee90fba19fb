import { breathe } from './archive-base.ts'

/**
 * A JSON document as far as it means something. Two values have the same `id` exactly when they mean the same: then the
 * order of keys, blanks and the spelling of numbers and strings are the only things that may differ.
 */
export type MeaningNode =
  | { readonly kind: 'scalar'; readonly id: number; /** JSON, spelt in one way. */ readonly text: string }
  | { readonly kind: 'list'; readonly id: number; readonly items: readonly MeaningNode[] }
  | { readonly kind: 'object'; readonly id: number; readonly members: ReadonlyMap<string, MeaningNode> }

/** Larger documents are compared as text or bytes. */
export const documentBytesAtMost = 16 * 1024 * 1024
const depthAtMost = 256
const valuesAtMost = 500_000
const tokensInOneGo = 2048

/** Gives equal meanings equal numbers. Documents that are to be compared are read with the same one. */
export class Meanings {
  readonly #ids = new Map<string, number>()

  of(spelling: string): number {
    const known = this.#ids.get(spelling)
    if (known !== undefined) return known
    const id = this.#ids.size
    this.#ids.set(spelling, id)
    return id
  }
}

/**
 * Reads a JSON document (RFC 8259). `undefined` where the text is none, or is one of those that nobody reads alike:
 * with a key twice in one object, nested deeper than 256 levels, or with more than 500,000 values. Depth costs nothing,
 * and other work runs in between.
 */
export async function readDocument(
  text: string,
  meanings: Meanings,
  signal: AbortSignal,
): Promise<MeaningNode | undefined> {
  const reader = new DocumentReader(text, meanings)
  for (;;) {
    const end = reader.run(tokensInOneGo)
    if (end !== 'more') return end
    await breathe(signal)
  }
}

type Frame =
  | { readonly kind: 'list'; readonly items: MeaningNode[] }
  | { readonly kind: 'object'; readonly members: Map<string, MeaningNode>; name: string }
type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or close' | 'end'

const blanks = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const words = ['true', 'false', 'null']

class DocumentReader {
  readonly #text: string
  readonly #meanings: Meanings
  readonly #open: Frame[] = []
  #at = 0
  #values = 0
  #expected: Expected = 'value'
  #root: MeaningNode | undefined

  constructor(text: string, meanings: Meanings) {
    this.#text = text
    this.#meanings = meanings
  }

  /** Takes so many tokens at most. */
  run(tokens: number): MeaningNode | 'more' | undefined {
    for (let taken = 0; taken < tokens; taken += 1) {
      this.#at = ending(blanks, this.#text, this.#at) ?? this.#at
      if (this.#expected === 'end') return this.#at === this.#text.length ? this.#root : undefined
      if (!this.#token()) return undefined
    }
    return 'more'
  }

  #token(): boolean {
    const character = this.#text.charAt(this.#at)
    switch (character) {
      case '{':
      case '[':
        return this.#openBracket(character)
      case '}':
      case ']':
        return this.#closeBracket(character)
      case ',':
      case ':':
        return this.#separator(character)
      case '"':
        return this.#string()
      default:
        return this.#plainScalar()
    }
  }

  #openBracket(bracket: '{' | '['): boolean {
    if (!this.#takesValue() || this.#open.length >= depthAtMost) return false
    this.#at += 1
    const isList = bracket === '['
    this.#open.push(isList ? { kind: 'list', items: [] } : { kind: 'object', members: new Map(), name: '' })
    this.#expected = isList ? 'value or ]' : 'name or }'
    return true
  }

  #closeBracket(bracket: '}' | ']'): boolean {
    const kind = bracket === ']' ? 'list' : 'object'
    const isEmpty = this.#expected === (kind === 'list' ? 'value or ]' : 'name or }')
    if (this.#open.at(-1)?.kind !== kind || !(isEmpty || this.#expected === 'comma or close')) return false
    const frame = this.#open.pop()
    if (frame === undefined) return false
    this.#at += 1
    return this.#place(frame.kind === 'list' ? this.#listOf(frame.items) : this.#objectOf(frame.members))
  }

  #separator(character: ',' | ':'): boolean {
    if (character === ':' ? this.#expected !== 'colon' : this.#expected !== 'comma or close') return false
    this.#at += 1
    this.#expected = character === ',' && this.#open.at(-1)?.kind === 'object' ? 'name' : 'value'
    return true
  }

  #string(): boolean {
    const end = stringEnd(this.#text, this.#at)
    if (end === undefined) return false
    const value = stringOf(this.#text.slice(this.#at, end))
    if (value === undefined) return false
    if (this.#takesValue()) {
      this.#at = end
      return this.#placeScalar(JSON.stringify(value))
    }
    const frame = this.#open.at(-1)
    if (frame?.kind !== 'object' || (this.#expected !== 'name' && this.#expected !== 'name or }'))
      return false
    // Which of the two counts is for every reader to guess.
    if (frame.members.has(value)) return false
    frame.name = value
    this.#at = end
    this.#expected = 'colon'
    return true
  }

  #plainScalar(): boolean {
    if (!this.#takesValue()) return false
    const word = words.find((each) => this.#text.startsWith(each, this.#at))
    const end = word === undefined ? ending(number, this.#text, this.#at) : this.#at + word.length
    if (end === undefined) return false
    const text = word ?? spelt(this.#text.slice(this.#at, end))
    this.#at = end
    return this.#placeScalar(text)
  }

  #placeScalar(text: string): boolean {
    return this.#place({ kind: 'scalar', id: this.#meanings.of(text), text })
  }

  #place(node: MeaningNode): boolean {
    this.#values += 1
    if (this.#values > valuesAtMost) return false
    const frame = this.#open.at(-1)
    this.#expected = frame === undefined ? 'end' : 'comma or close'
    if (frame === undefined) this.#root = node
    else if (frame.kind === 'list') frame.items.push(node)
    else frame.members.set(frame.name, node)
    return true
  }

  #listOf(items: readonly MeaningNode[]): MeaningNode {
    return { kind: 'list', id: this.#meanings.of(`[${items.map(({ id }) => id).join()}`), items }
  }

  #objectOf(members: ReadonlyMap<string, MeaningNode>): MeaningNode {
    // A name and its value as one number: there are far fewer than 2^24 meanings, and numbers are sorted fast.
    const pairs = new Float64Array(members.size)
    let at = 0
    for (const [name, { id }] of members) {
      pairs[at] = this.#meanings.of(JSON.stringify(name)) * 2 ** 24 + id
      at += 1
    }
    return { kind: 'object', id: this.#meanings.of(`{${pairs.sort().join()}`), members }
  }

  #takesValue(): boolean {
    return this.#expected === 'value' || this.#expected === 'value or ]'
  }
}

/** Where a match of the sticky pattern that begins at `at` ends. */
function ending(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** Behind the closing quote of the string that opens at `at`. */
function stringEnd(text: string, at: number): number | undefined {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) escapes += 1
    if (escapes % 2 === 0) return end + 1
  }
  return undefined
}

function stringOf(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string
  } catch {
    // Not a string of JSON, so the text around it is no document.
    return undefined
  }
}

/** `1.0` and `1` are one number. What a double might not hold exactly keeps its digits. */
function spelt(digits: string): string {
  return digits.length > 15 || /e/i.test(digits) ? digits : String(Number(digits))
}
