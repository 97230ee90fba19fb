import type { SearchQuery } from '../../shared/model/search.ts'

/** How the bytes of a file are read: as text, which has no zero byte unless it is UTF-16, or as bytes of any kind. */
export type SearchedAs = 'text' | 'binary' | 'utf-16le' | 'utf-16be'

/** In which encoding a match was found. */
export type MatchEncoding = 'utf-8' | 'latin1' | 'utf-16le' | 'utf-16be'

/** A text that is looked for, as the byte sequences that it can be in a file. */
export interface SearchPattern {
  /** Bytes of the longest sequence. */
  readonly maxBytes: number
  /**
   * Finds the sequences in bytes that are seen as Latin-1, so that each character stands for one byte: nothing is
   * decoded, and the engine that looks for them is a compiled one. Global, and shared by all that ask: `lastIndex` is
   * set before each use. The groups are named by `encodings`.
   */
  readonly expression: (as: SearchedAs) => RegExp
  /**
   * The sequences themselves, where none of them has more than one form: bytes that are known to the last one are found
   * without being seen as a text at all.
   */
  readonly literals: (as: SearchedAs) => readonly Buffer[] | undefined
  /** What the groups of the expression stand for, the first group first. */
  readonly encodings: (as: SearchedAs) => readonly MatchEncoding[]
}

type Encode = (character: string) => Buffer | undefined

const encoders: Readonly<Record<MatchEncoding, Encode>> = {
  'utf-8': (character) => Buffer.from(character, 'utf8'),
  latin1: (character) => (character <= '\u00ff' ? Buffer.from(character, 'latin1') : undefined),
  'utf-16le': (character) => Buffer.from(character, 'utf16le'),
  'utf-16be': (character) => Buffer.from(character, 'utf16le').swap16(),
}

/** Compiles plain text; nothing in it has a meaning of its own. */
export function compilePattern({ text, matchCase }: Omit<SearchQuery, 'in'>): SearchPattern {
  const variants = Array.from(text).map((character) => (matchCase ? [character] : casesOf(character)))
  const narrow: readonly MatchEncoding[] = isAscii(text) ? ['utf-8'] : ['utf-8', 'latin1']
  // In UTF-16 such a character has a zero byte in every case, and a text has no zeros.
  const isNeverInText = variants.some((cases) => cases.every((one) => one <= '\u00ff'))
  const encodings = (as: SearchedAs): readonly MatchEncoding[] => {
    if (as === 'text' && isNeverInText) return narrow
    return as === 'text' || as === 'binary' ? [...narrow, 'utf-16le'] : [as]
  }
  const compiled = new Map<SearchedAs, RegExp>()
  const spelled = variants.every(({ length }) => length === 1)
    ? variants.map(([only]) => only ?? '')
    : undefined
  const literals = new Map(
    allEncodings.map((encoding) => [encoding, spelled && literal(spelled, encoders[encoding])]),
  )
  return {
    literals: (as) => spelled && encodings(as).flatMap((encoding) => literals.get(encoding) ?? []),
    maxBytes: Math.max(...allEncodings.map((encoding) => longest(variants, encoders[encoding]))),
    encodings,
    expression: (as) => {
      const known = compiled.get(as)
      if (known !== undefined) return known
      const groups = encodings(as).map((encoding) => `(${sequence(variants, encoders[encoding])})`)
      const expression = new RegExp(groups.join('|'), 'g')
      compiled.set(as, expression)
      return expression
    },
  }
}

const allEncodings = Object.keys(encoders) as readonly MatchEncoding[]

function isAscii(text: string): boolean {
  return Array.from(text).every((character) => character <= '\u007f')
}

/** A character in its cases; one that becomes two in another case is left as it is. */
function casesOf(character: string): readonly string[] {
  const upper = character.toUpperCase()
  const cases = [character, upper, character.toLowerCase(), upper.toLowerCase()]
  return [...new Set(cases.filter((one) => Array.from(one).length === 1))]
}

function longest(variants: readonly (readonly string[])[], encode: Encode): number {
  return variants.reduce((sum, cases) => sum + Math.max(...cases.map((one) => encode(one)?.length ?? 0)), 0)
}

/** The characters one behind the other; nothing where the encoding lacks one of them. */
function literal(characters: readonly string[], encode: Encode): Buffer | undefined {
  const encoded = characters.map(encode)
  return encoded.every((bytes) => bytes !== undefined) ? Buffer.concat(encoded) : undefined
}

function sequence(variants: readonly (readonly string[])[], encode: Encode): string {
  return variants.map((cases) => oneOf(cases.flatMap((one) => encode(one) ?? []))).join('')
}

/** One of several byte sequences; single bytes become a class, which the engine looks for fastest. */
function oneOf(sequences: readonly Buffer[]): string {
  // No byte sequence at all: this encoding does not have the character.
  if (sequences.length === 0) return '(?!)'
  const escaped = [...new Set(sequences.map((bytes) => [...bytes].map(escapeByte).join('')))]
  if (escaped.length === 1) return escaped[0] ?? ''
  return sequences.every(({ length }) => length === 1) ? `[${escaped.join('')}]` : `(?:${escaped.join('|')})`
}

function escapeByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`
}
