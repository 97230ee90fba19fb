import { tagName, xmlTokens, type XmlToken } from './xml-tokens.ts'

const maxDepth = 256
const indentation = '  '

/**
 * Lays XML out in lines. Only blanks between tags change, and only where nothing but tags stands: text, with what is
 * around it, stays as it was written, and so does everything under `xml:space="preserve"`. Entities are never expanded
 * and nothing is fetched. `undefined` where the text is not XML, is nested absurdly deep, or would grow beyond
 * `maxLength`. With `isCut` the text may stop anywhere.
 */
export function layOutXml(text: string, maxLength: number, isCut = false): string | undefined {
  const parsed = parse(text, isCut)
  if (parsed === undefined) return undefined
  const layout = new XmlLayout(text, maxLength)
  return layout.run(parsed.tokens) ? layout.finish(parsed.end) : undefined
}

/** A token, and for one that opens an element whether its inside must stay as it is. */
interface Placed {
  readonly token: XmlToken
  keepsInside: boolean
}

/** The tokens of a text whose elements are closed in their order. */
function parse(
  text: string,
  isCut: boolean,
): { readonly tokens: readonly Placed[]; readonly end: number } | undefined {
  const tokens: Placed[] = []
  const open: { readonly name: string; readonly placed: Placed }[] = []
  let hasElement = false
  let end = 0
  const iterator = xmlTokens(text)
  for (;;) {
    const next = iterator.next()
    if (next.done === true) {
      const isWhole = next.value === 'end' && open.length === 0
      return hasElement && (isWhole || (isCut && next.value !== 'wrong')) ? { tokens, end } : undefined
    }
    const token = next.value
    end = token.end
    const placed: Placed = { token, keepsInside: false }
    const around = open.at(-1)
    if (token.kind === 'open') {
      placed.keepsInside = preserves.test(text.slice(token.start, token.end))
      if (open.push({ name: tagName(text, token), placed }) > maxDepth) return undefined
    } else if (token.kind === 'close') {
      if (around?.name !== tagName(text, token)) return undefined
      open.pop()
    } else if (token.kind === 'data' || (token.kind === 'text' && !isBlank(text, token))) {
      // Text outside of all elements is a mark of what is no XML.
      if (around === undefined) return undefined
      around.placed.keepsInside = true
    }
    hasElement ||= token.kind === 'open' || token.kind === 'empty'
    tokens.push(placed)
  }
}

const preserves = /\sxml:space\s*=\s*["']preserve["']/

function isBlank(text: string, { start, end }: XmlToken): boolean {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) > 0x20) return false
  return true
}

class XmlLayout {
  readonly #text: string
  readonly #maxLength: number
  readonly #pieces: string[] = []
  #length = 0
  #depth = 0
  /** Elements that are open within one whose inside stays as it is, that one counted. */
  #kept = 0
  #wasOpened = false

  constructor(text: string, maxLength: number) {
    this.#text = text
    this.#maxLength = maxLength
  }

  run(tokens: readonly Placed[]): boolean {
    for (const placed of tokens) {
      if (this.#kept > 0) this.#keep(placed)
      else this.#place(placed)
      if (this.#length > this.#maxLength) return false
    }
    return true
  }

  /** With what was cut off in the middle of a token, as it is. */
  finish(end: number): string {
    if (end < this.#text.length) {
      if (this.#kept === 0) this.#newLine()
      this.#put(end, this.#text.length)
    }
    return this.#pieces.join('')
  }

  #keep({ token }: Placed): void {
    if (token.kind === 'open') this.#kept += 1
    if (token.kind === 'close') this.#kept -= 1
    if (this.#kept === 0) this.#depth -= 1
    this.#put(token.start, token.end)
  }

  #place({ token, keepsInside }: Placed): void {
    if (token.kind === 'text') return
    if (token.kind === 'close') {
      this.#depth -= 1
      // Empty ones stay on their line.
      if (!this.#wasOpened) this.#newLine()
    } else this.#newLine()
    this.#put(token.start, token.end)
    this.#wasOpened = token.kind === 'open'
    if (token.kind !== 'open') return
    this.#depth += 1
    if (keepsInside) {
      this.#kept = 1
      this.#wasOpened = false
    }
  }

  #newLine(): void {
    if (this.#pieces.length === 0) return
    this.#add(`\n${indentation.repeat(this.#depth)}`)
  }

  #put(start: number, end: number): void {
    this.#add(this.#text.slice(start, end))
  }

  #add(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }
}
