import { matchesCountedAtMost as matchesAtMost, type SearchHit } from '../../shared/model/search.ts'
import type { LineCount } from './line-count.ts'
import { newlinesIn } from './line-count.ts'
import { excerptBytes, excerptOf, type Excerpt } from './search-excerpt.ts'
import type { MatchEncoding, SearchPattern, SearchedAs } from './search-pattern.ts'
import { secretsAround } from './search-secrets.ts'
import { decodeText } from './text-decoding.ts'
import { languageOf } from './text-language.ts'

const newline = 0x0a
/** As many bytes as tell text from other content. */
const headBytes = 4096

interface First {
  /** Where in the content it begins. */
  readonly at: number
  readonly length: number
  readonly encoding: MatchEncoding
  readonly line: number | undefined
}

/**
 * Looks for a text in a content that comes in pieces of any size; where they part makes no difference. It holds the
 * piece it was given and little more.
 */
export class ContentScan {
  readonly #pattern: SearchPattern
  readonly #path: string
  readonly #head: Buffer
  #as: SearchedAs
  /** The end of what was seen, for matches and excerpts that reach over a border, and behind it the new piece. */
  #window: Buffer = Buffer.alloc(0)
  #carried = 0
  #half: Buffer = Buffer.alloc(0)
  /** Where the window begins in the content. */
  #base = 0
  /** Where the next match may begin in the content. */
  #from = 0
  readonly #lines: LineCount
  #wideNewlines = 0
  #matches = 0
  #first: First | undefined
  #excerpt: Excerpt | undefined

  /**
   * `head`: the first bytes of the content, by which it is told what it is; `path` tells what of it is a secret. `lines`
   * may have served another content before, and serves no other until this one is finished.
   */
  constructor(pattern: SearchPattern, head: Buffer, path: string, lines: LineCount) {
    this.#pattern = pattern
    lines.reset()
    this.#lines = lines
    this.#path = path
    this.#head = Buffer.from(head.subarray(0, headBytes))
    this.#as = searchedAs(this.#head)
  }

  /** False once more content can change nothing. The bytes of a piece are not needed afterwards. */
  take(piece: Uint8Array): boolean {
    const bytes = this.#wholeUnits(piece)
    // A text has no zeros; what has some later on has no lines either.
    if (this.#as === 'text' && bytes.includes(0)) this.#as = 'binary'
    if (this.#isWithout(bytes)) {
      this.#pass(bytes)
    } else {
      this.#put(bytes)
      this.#search()
      this.#tryExcerpt(false)
      this.#carry()
    }
    return this.#matches < matchesAtMost || this.#excerpt === undefined
  }

  /** What was found in what was taken. */
  finish(): SearchHit['content'] {
    this.#tryExcerpt(true)
    if (this.#first === undefined || this.#excerpt === undefined) return undefined
    const line = this.#as === 'binary' ? undefined : this.#first.line
    return { matches: this.#matches, ...(line !== undefined && { line }), ...this.#excerpt }
  }

  get #isWide(): boolean {
    return this.#as === 'utf-16le' || this.#as === 'utf-16be'
  }

  #wholeUnits(piece: Uint8Array): Buffer {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    if (!this.#isWide) return bytes
    // Units stay whole, so that a newline is always seen with both its bytes.
    const units = this.#half.length > 0 ? Buffer.concat([this.#half, bytes]) : bytes
    const whole = units.length - (units.length % 2)
    this.#half = Buffer.from(units.subarray(whole))
    return units.subarray(0, whole)
  }

  /** True where no match ends in these bytes and no excerpt waits for them, which is told without copying them. */
  #isWithout(bytes: Buffer): boolean {
    if (this.#isWide || (this.#first !== undefined && this.#excerpt === undefined)) return false
    const reach = this.#pattern.maxBytes - 1
    const before = this.#window.subarray(Math.max(0, this.#from - this.#base, this.#window.length - reach))
    const border = before.length > 0 ? Buffer.concat([before, bytes.subarray(0, reach)]) : before
    return !this.#hasMatch(border) && !this.#hasMatch(bytes)
  }

  #hasMatch(bytes: Buffer): boolean {
    const literals = this.#pattern.literals(this.#as)
    if (literals !== undefined) return literals.some((literal) => bytes.includes(literal))
    const expression = this.#pattern.expression(this.#as)
    expression.lastIndex = 0
    return expression.test(bytes.toString('latin1'))
  }

  #pass(bytes: Buffer): void {
    if (this.#first === undefined && this.#as === 'text') this.#lines.add(bytes)
    const end = this.#base + this.#window.length + bytes.length
    this.#from = Math.max(this.#from, end - this.#pattern.maxBytes + 1)
    // As much of the end as `#carry` would keep.
    const most = excerptBytes + this.#pattern.maxBytes
    const last = bytes.subarray(-most)
    const before = this.#window.subarray(Math.max(0, this.#window.length + last.length - most))
    this.#window = Buffer.concat([before, last])
    this.#base = end - this.#window.length
  }

  #put(bytes: Buffer): void {
    this.#carried = this.#window.length
    this.#window = this.#carried === 0 ? bytes : Buffer.concat([this.#window, bytes])
  }

  #search(): void {
    const text = this.#window.toString('latin1')
    const expression = this.#pattern.expression(this.#as)
    expression.lastIndex = Math.max(0, this.#from - this.#base)
    while (this.#matches < matchesAtMost) {
      const match = expression.exec(text)
      if (match === null) break
      const at = this.#base + match.index
      if (this.#isWide && at % 2 !== 0) {
        expression.lastIndex = match.index + 1
        continue
      }
      this.#matches += 1
      this.#from = at + match[0].length
      if (this.#matches === 1) this.#meet(match, at)
    }
    if (this.#first === undefined) this.#countLater()
    // Anything that begins earlier would have been found.
    this.#from = Math.max(this.#from, this.#base + this.#window.length - this.#pattern.maxBytes + 1)
  }

  #meet(match: RegExpExecArray, at: number): void {
    // Looking closely takes longer than the search itself, and only what has a match is worth it.
    if (this.#as === 'text' && decodeText(this.#head, true) === undefined) this.#as = 'binary'
    const encodings = this.#pattern.encodings(this.#as)
    const encoding = encodings[match.slice(1).findIndex((group) => typeof group === 'string')] ?? 'utf-8'
    this.#first = { at, length: match[0].length, encoding, line: this.#lineAt(at - this.#base) }
  }

  /** The line of a place in the window. */
  #lineAt(start: number): number | undefined {
    if (this.#as === 'binary') return undefined
    const before = this.#isWide ? this.#wideNewlines : this.#lines.count()
    // A match that began in the last piece has newlines behind its beginning that were counted with that piece.
    const ahead =
      start < this.#carried
        ? -this.#countNewlines(start, this.#carried)
        : this.#countNewlines(this.#carried, start)
    return before + ahead + 1
  }

  #countLater(): void {
    if (this.#as === 'text') this.#lines.add(this.#window.subarray(this.#carried))
    else if (this.#isWide) this.#wideNewlines += this.#countNewlines(this.#carried, this.#window.length)
  }

  #countNewlines(start: number, end: number): number {
    if (!this.#isWide) return newlinesIn(this.#window.subarray(start, end))
    let count = 0
    for (
      let at = this.#window.indexOf(newline, start);
      at >= 0 && at < end;
      at = this.#window.indexOf(newline, at + 1)
    ) {
      if (this.#isWideNewline(at)) count += 1
    }
    return count
  }

  /** The low byte decides; its place in the unit depends on the order, and the high one may be in another piece. */
  #isWideNewline(at: number): boolean {
    const isLow = (this.#base + at) % 2 === (this.#as === 'utf-16le' ? 0 : 1)
    const high = this.#window[this.#as === 'utf-16le' ? at + 1 : at - 1] ?? 0
    return isLow && high === 0
  }

  #tryExcerpt(isWhole: boolean): void {
    if (this.#first === undefined || this.#excerpt !== undefined) return
    const start = this.#first.at - this.#base
    const end = start + this.#first.length
    if (!isWhole && this.#window.length - end < excerptBytes) return
    this.#excerpt = excerptOf(this.#window, {
      start,
      end,
      encoding: this.#first.encoding,
      as: this.#as,
      secrets: (text) =>
        secretsAround(text, {
          path: this.#path,
          language: languageOf(this.#path, this.#head.toString('latin1', 0, 256)),
        }),
    })
  }

  #carry(): void {
    const end = this.#base + this.#window.length
    const context = this.#excerpt === undefined ? excerptBytes : 0
    const anchor = this.#excerpt === undefined ? (this.#first?.at ?? this.#from) : this.#from
    const keepFrom = Math.max(this.#base, Math.min(anchor - context, end))
    // Copied, so that the piece can be let go of.
    this.#window = Buffer.from(this.#window.subarray(keepFrom - this.#base))
    this.#base = keepFrom
  }
}

/** Text until something speaks against it: without a zero, UTF-16 has its mark. */
function searchedAs(head: Buffer): SearchedAs {
  const hasMark = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (!hasMark && !head.includes(0)) return 'text'
  const encoding = decodeText(head.subarray(0, head.length - (head.length % 2)), true)?.encoding
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? encoding : 'binary'
}
