const maxDepth = 256
const indentation = '  '
const blanks = /[ \t\n\r]*/y
const scalar = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y
/** What a scalar other than a string may be cut down to. Longer numbers are nothing that anybody writes. */
const cutScalar = /^(?:-?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]*)?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$/
const longestCutScalar = 100
const cutEscape = /^\\(?:u[0-9a-fA-F]{0,3})?$/
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/**
 * Lays JSON (RFC 8259) out in lines. Only blanks between the tokens change: numbers keep every digit, keys their order,
 * even when one is there twice. `undefined` where the text is not JSON, is nested absurdly deep, or would grow beyond
 * `maxLength`. With `isCut` the text may stop anywhere.
 */
export function layOutJson(text: string, maxLength: number, isCut = false): string | undefined {
  const layout = new JsonLayout(text, maxLength, isCut)
  return layout.run() ? layout.pieces.join('') : undefined
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or close' | 'end'

/** Goes over the tokens without recursion, so that depth costs nothing. */
class JsonLayout {
  readonly pieces: string[] = []
  readonly #text: string
  readonly #maxLength: number
  readonly #isCut: boolean
  readonly #open: ('{' | '[')[] = []
  #length = 0
  #at = 0
  #expected: Expected = 'value'

  constructor(text: string, maxLength: number, isCut: boolean) {
    this.#text = text
    this.#maxLength = maxLength
    this.#isCut = isCut
  }

  /** True where the text was JSON from its beginning to its end, or to where it is cut. */
  run(): boolean {
    for (;;) {
      this.#at = ending(blanks, this.#text, this.#at) ?? this.#at
      if (this.#expected === 'end') return this.#at === this.#text.length
      if (this.#length > this.#maxLength) return false
      if (!this.#token()) return this.#isCut && this.#putCutToken()
    }
  }

  /** The rest, where it is the beginning of a token that fits here. */
  #putCutToken(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + longestCutScalar + 1)
    const isKeyOrValue = this.#takesValue() || this.#expected === 'key' || this.#expected === 'key or }'
    const isString = rest.startsWith('"') && isKeyOrValue && stringEnd(this.#text, this.#at) === 'cut'
    if (rest !== '' && !isString && !(this.#takesValue() && cutScalar.test(rest))) return false
    this.#put(this.#text.slice(this.#at))
    return true
  }

  #token(): boolean {
    const character = this.#text.charAt(this.#at)
    switch (character) {
      case '{':
      case '[':
        return this.#openBracket(character)
      case '}':
        return this.#closeBracket(character, '{')
      case ']':
        return this.#closeBracket(character, '[')
      case ',':
        return this.#comma()
      case ':':
        return this.#colon()
      case '"':
        return this.#string()
      default:
        return this.#takesValue() && this.#value(ending(scalar, this.#text, this.#at))
    }
  }

  #string(): boolean {
    const found = stringEnd(this.#text, this.#at)
    const end = found === 'cut' ? undefined : found
    if (this.#takesValue()) return this.#value(end)
    if (end === undefined || (this.#expected !== 'key' && this.#expected !== 'key or }')) return false
    this.#take(end)
    this.#expected = 'colon'
    return true
  }

  #value(end: number | undefined): boolean {
    if (end === undefined) return false
    this.#take(end)
    this.#valueEnded()
    return true
  }

  #openBracket(bracket: '{' | '['): boolean {
    if (!this.#takesValue() || this.#open.length >= maxDepth) return false
    this.#take(this.#at + 1)
    this.#open.push(bracket)
    const next = this.#text.charAt(ending(blanks, this.#text, this.#at) ?? this.#at)
    // Empty ones stay on their line.
    if (next !== (bracket === '{' ? '}' : ']')) this.#newLine()
    this.#expected = bracket === '{' ? 'key or }' : 'value or ]'
    return true
  }

  #closeBracket(bracket: string, opening: '{' | '['): boolean {
    const isEmpty = this.#expected === 'key or }' || this.#expected === 'value or ]'
    if (this.#open.at(-1) !== opening || !(isEmpty || this.#expected === 'comma or close')) return false
    this.#open.pop()
    if (!isEmpty) this.#newLine()
    this.#put(bracket)
    this.#at += 1
    this.#valueEnded()
    return true
  }

  #comma(): boolean {
    if (this.#expected !== 'comma or close') return false
    this.#take(this.#at + 1)
    this.#newLine()
    this.#expected = this.#open.at(-1) === '{' ? 'key' : 'value'
    return true
  }

  #colon(): boolean {
    if (this.#expected !== 'colon') return false
    this.#put(': ')
    this.#at += 1
    this.#expected = 'value'
    return true
  }

  #takesValue(): boolean {
    return this.#expected === 'value' || this.#expected === 'value or ]'
  }

  #valueEnded(): void {
    this.#expected = this.#open.length === 0 ? 'end' : 'comma or close'
  }

  #take(end: number): void {
    this.#put(this.#text.slice(this.#at, end))
    this.#at = end
  }

  #newLine(): void {
    this.#put(`\n${indentation.repeat(this.#open.length)}`)
  }

  #put(piece: string): void {
    this.pieces.push(piece)
    this.#length += piece.length
  }
}

/** Where a match of the sticky pattern that begins at `at` ends. */
function ending(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** Behind the closing quote of the string that opens at `at`; `cut` where the text ends before it. */
export function stringEnd(text: string, at: number): number | 'cut' | undefined {
  let next = at + 1
  while (next < text.length) {
    const code = text.charCodeAt(next)
    if (code === 0x22) return next + 1
    if (code < 0x20) return undefined
    if (code !== 0x5c) {
      next += 1
      continue
    }
    const end = ending(escape, text, next)
    if (end === undefined) return cutEscape.test(text.slice(next, next + 6)) ? 'cut' : undefined
    next = end
  }
  return 'cut'
}
