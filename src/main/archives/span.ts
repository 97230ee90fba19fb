/** A stretch of a text, `end` behind its last character. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The stretch without the blanks around it. */
export function trimmed(text: string, { start, end }: Span): Span {
  let from = start
  let to = end
  while (from < to && text.charCodeAt(from) <= 0x20) from += 1
  while (to > from && text.charCodeAt(to - 1) <= 0x20) to -= 1
  return { start: from, end: to }
}

/** Behind the quote that closes what begins at `start`, or `limit`; a backslash takes the next character along. */
export function closingQuote(text: string, start: number, quote: string, limit: number): number {
  for (let at = start; at < limit; at += 1) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (character === quote) return at
  }
  return limit
}
