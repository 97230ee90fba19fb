import { cover } from './masking.ts'
import type { MatchEncoding, SearchedAs } from './search-pattern.ts'
import type { Span } from './span.ts'

/** Characters that are shown on each side of a match. */
export const excerptAtMost = 160
/** Bytes that so many characters take at most, in every encoding. */
export const excerptBytes = excerptAtMost * 4

/** A match with what stands around it in its line. Untrusted text. */
export interface Excerpt {
  readonly before: string
  readonly match: string
  readonly after: string
}

interface Place {
  readonly start: number
  readonly end: number
  readonly encoding: MatchEncoding
  readonly as: SearchedAs
  /** What of a text must not be shown. */
  readonly secrets: (text: string) => readonly Span[]
}

/** What is shown of `bytes` around a match. In what is no text, a dot stands for what cannot be shown. */
export function excerptOf(bytes: Buffer, { start, end, encoding, as, secrets }: Place): Excerpt {
  const width = encoding.startsWith('utf-16') ? 2 : 1
  const from = wholeUnits(start - Math.max(0, start - excerptBytes), width)
  const until = wholeUnits(Math.min(bytes.length, end + excerptBytes) - end, width)
  const [before, match, after] = covered(
    decode(bytes.subarray(start - from, start), encoding),
    decode(bytes.subarray(start, end), encoding),
    decode(bytes.subarray(end, end + until), encoding),
    secrets,
  )
  if (as === 'binary') {
    return { before: lastOf(dotted(before)), match: dotted(match), after: firstOf(dotted(after)) }
  }
  return {
    before: lastOf(before.slice(lineStart(before))),
    match,
    after: firstOf(after.replace(/[\r\n][^]*/, '')),
  }
}

/** The three parts of an excerpt without its secrets, which may reach from one into the next. */
function covered(
  before: string,
  match: string,
  after: string,
  secrets: Place['secrets'],
): readonly [before: string, match: string, after: string] {
  const text = `${before}${match}${after}`
  const spans = secrets(text)
  const part = (start: number, end: number): string => {
    let shown = ''
    let at = start
    for (const span of spans) {
      if (span.end <= start || span.start >= end) continue
      shown += `${text.slice(at, Math.max(at, span.start))}${cover}`
      at = Math.min(end, Math.max(at, span.end))
    }
    return `${shown}${text.slice(at, end)}`
  }
  const [matchAt, afterAt] = [before.length, before.length + match.length]
  return [part(0, matchAt), part(matchAt, afterAt), part(afterAt, text.length)]
}

function wholeUnits(length: number, width: number): number {
  return length - (length % width)
}

function decode(bytes: Buffer, encoding: MatchEncoding): string {
  switch (encoding) {
    case 'utf-8':
      return utf8OrLatin1(bytes)
    case 'latin1':
      return bytes.toString('latin1')
    case 'utf-16le':
      return bytes.toString('utf16le')
    case 'utf-16be':
      return Buffer.from(bytes).swap16().toString('utf16le')
  }
}

/** Letters of ASCII are found in Latin-1 as well, and what stands beside them is no UTF-8 then. */
function utf8OrLatin1(bytes: Buffer): string {
  let start = 0
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1
  try {
    // With `stream`, a character that is cut off at the end is left out.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start), {
      stream: true,
    })
  } catch {
    // The decoder has no other way to say that the bytes are not UTF-8.
    return bytes.toString('latin1')
  }
}

function lineStart(text: string): number {
  // The mark of an encoding is not part of the first line.
  return Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'), text.lastIndexOf('\ufeff')) + 1
}

function lastOf(text: string): string {
  return Array.from(text).slice(-excerptAtMost).join('')
}

function firstOf(text: string): string {
  return Array.from(text).slice(0, excerptAtMost).join('')
}

function dotted(text: string): string {
  return text.replace(/[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffc]/gu, '·')
}
