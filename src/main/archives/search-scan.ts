import { matchesCountedAtMost as matchesAtMost, type SearchHit } from '../../shared/model/search.ts'
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
  readonly #expression: RegExp
  readonly #encodings: readonly MatchEncoding[]
  readonly #path: string
  readonly #head: string
  #as: SearchedAs
  /** The end of what was seen, for matches and excerpts that reach over a border, and behind it the new piece. */
  #window: Buffer = Buffer.alloc(0)
  #carried = 0
  #half: Buffer = Buffer.alloc(0)
  /** Where the window begins in the content. */
  #base = 0
  /** Where the next match may begin in the content. */
  #from = 0
  #newlines = 0
  #matches = 0
  #first: First | undefined
  #excerpt: Excerpt | undefined

  /** `head`: the first bytes of the content, by which it is told what it is; `path` tells what of it is a secret. */
  constructor(pattern: SearchPattern, head: Buffer, path: string) {
    this.#pattern = pattern
    this.#path = path
    this.#head = head.toString('latin1', 0, 256)
    this.#as = searchedAs(head)
    this.#expression = pattern.expression(this.#as)
    this.#encodings = pattern.encodings(this.#as)
  }

  /** False once more content can change nothing. */
  take(piece: Uint8Array): boolean {
    this.#put(piece)
    // A text has no zeros; what has some later on has no lines either.
    if (this.#as === 'text' && this.#window.includes(0, this.#carried)) this.#as = 'binary'
    this.#search()
    this.#tryExcerpt(false)
    this.#carry()
    return this.#matches < matchesAtMost || this.#excerpt === undefined
  }

  /** What was found in what was taken. */
  finish(): SearchHit['content'] {
    this.#tryExcerpt(true)
    if (this.#first === undefined || this.#excerpt === undefined) return undefined
    const line = this.#as === 'binary' ? undefined : this.#first.line
    return { matches: this.#matches, ...(line !== undefined && { line }), ...this.#excerpt }
  }

  #put(piece: Uint8Array): void {
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    if (this.#as.startsWith('utf-16')) {
      // Units stay whole, so that a newline is always seen with both its bytes.
      if (this.#half.length > 0) bytes = Buffer.concat([this.#half, bytes])
      const whole = bytes.length - (bytes.length % 2)
      this.#half = Buffer.from(bytes.subarray(whole))
      bytes = bytes.subarray(0, whole)
    }
    this.#carried = this.#window.length
    this.#window = this.#carried === 0 ? bytes : Buffer.concat([this.#window, bytes])
  }

  #search(): void {
    const text = this.#window.toString('latin1')
    this.#expression.lastIndex = Math.max(0, this.#from - this.#base)
    while (this.#matches < matchesAtMost) {
      const match = this.#expression.exec(text)
      if (match === null) break
      const at = this.#base + match.index
      if (this.#as.startsWith('utf-16') && at % 2 !== 0) {
        this.#expression.lastIndex = match.index + 1
        continue
      }
      this.#matches += 1
      this.#from = at + match[0].length
      if (this.#matches === 1) this.#meet(match, at)
    }
    if (this.#first === undefined) this.#newlines += this.#countNewlines(this.#carried, this.#window.length)
    // Anything that begins earlier would have been found.
    this.#from = Math.max(this.#from, this.#base + this.#window.length - this.#pattern.maxBytes + 1)
  }

  #meet(match: RegExpExecArray, at: number): void {
    const encoding =
      this.#encodings[match.slice(1).findIndex((group) => typeof group === 'string')] ?? 'utf-8'
    const start = at - this.#base
    // A match that began in the last piece has newlines behind its beginning that were counted with that piece.
    const ahead =
      start < this.#carried
        ? -this.#countNewlines(start, this.#carried)
        : this.#countNewlines(this.#carried, start)
    this.#first = { at, length: match[0].length, encoding, line: this.#newlines + ahead + 1 }
  }

  #countNewlines(start: number, end: number): number {
    if (this.#as === 'binary') return 0
    const isWide = this.#as !== 'text'
    let count = 0
    for (
      let at = this.#window.indexOf(newline, start);
      at >= 0 && at < end;
      at = this.#window.indexOf(newline, at + 1)
    ) {
      if (!isWide || this.#isWideNewline(at)) count += 1
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
        secretsAround(text, { path: this.#path, language: languageOf(this.#path, this.#head) }),
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

function searchedAs(head: Buffer): SearchedAs {
  const start = head.subarray(0, Math.min(headBytes, head.length - (head.length % 2)))
  const encoding = decodeText(start, true)?.encoding
  if (encoding === undefined) return head.length < 2 ? 'text' : 'binary'
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? encoding : 'text'
}
