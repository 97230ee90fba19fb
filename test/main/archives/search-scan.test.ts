import { describe, expect, test } from 'vitest'
import { LineCount } from '../../../src/main/archives/line-count.ts'
import { compilePattern } from '../../../src/main/archives/search-pattern.ts'
import { ContentScan } from '../../../src/main/archives/search-scan.ts'
import { Random } from '../../corpus/random.ts'

type Found = ReturnType<ContentScan['finish']>

const headBytes = 4096
/** One for all contents, as a search has it. */
const lines = new LineCount()

/**
 * Looks through bytes that come in pieces of one size, with a first piece of another. All pieces come in the same bytes,
 * as an inflater lends them.
 */
function scan(
  bytes: Buffer,
  text: string,
  options: { matchCase?: boolean; pieceBytes?: number; firstBytes?: number; path?: string } = {},
): Found {
  const {
    matchCase = false,
    pieceBytes = Math.max(1, bytes.length),
    firstBytes = pieceBytes,
    path = 'a',
  } = options
  const lent = Buffer.alloc(Math.max(pieceBytes, firstBytes, headBytes))
  const lend = (from: number, to: number): Buffer =>
    lent.fill('x').subarray(0, bytes.copy(lent, 0, from, Math.min(to, bytes.length)))
  const content = new ContentScan(compilePattern({ text, matchCase }), lend(0, headBytes), path, lines)
  for (let at = 0, next = firstBytes; at < bytes.length; at = next, next += pieceBytes)
    if (!content.take(lend(at, next))) break
  return content.finish()
}

describe('looking through a content', () => {
  test('says how often, in which line, and what stands around the first', () => {
    const bytes = Buffer.from('host=one\nname=PRESS-7 # left hall\nname=press-8\n')
    expect(scan(bytes, 'press-')).toEqual({
      matches: 2,
      line: 2,
      before: 'name=',
      match: 'PRESS-',
      after: '7 # left hall',
    })
    expect(scan(bytes, 'press-', { matchCase: true })).toMatchObject({ matches: 1, line: 3, after: '8' })
    expect(scan(bytes, 'lathe')).toBeUndefined()
    expect(scan(Buffer.alloc(0), 'lathe')).toBeUndefined()
  })

  test('what is special in patterns is plain text here', () => {
    expect(scan(Buffer.from('a.c [x] (y) $1 \\d ^|'), '(Y) $1 \\D ^|')).toMatchObject({ matches: 1 })
    expect(scan(Buffer.from('abc'), 'a.c')).toBeUndefined()
  })

  test.each([
    ['UTF-8', Buffer.from('größe = ÜBERLAST\n')],
    ['UTF-8 with mark', Buffer.from('\ufeffgröße = ÜBERLAST\n')],
    ['Latin-1', Buffer.from('größe = ÜBERLAST\n', 'latin1')],
    ['UTF-16LE with mark', Buffer.from('\ufeffgröße = ÜBERLAST\n', 'utf16le')],
    ['UTF-16LE', Buffer.from('größe = ÜBERLAST\n', 'utf16le')],
    ['UTF-16BE with mark', Buffer.from('\ufeffgröße = ÜBERLAST\n', 'utf16le').swap16()],
  ])('finds letters beyond ASCII in %s', (_, bytes) => {
    const found = { matches: 1, line: 1, before: 'größe = ', match: 'ÜBERLAST', after: '' }
    expect(scan(bytes, 'überlast')).toEqual(found)
    expect(scan(bytes, 'überlast', { matchCase: true })).toBeUndefined()
    expect(scan(bytes, 'ÜBERLAST', { matchCase: true })).toMatchObject({ matches: 1 })
  })

  test('letters of other scripts have their cases too', () => {
    expect(scan(Buffer.from('НАСОС'), 'насос')).toMatchObject({ matches: 1, match: 'НАСОС' })
    expect(scan(Buffer.from('насос', 'utf16le'), 'НАСОС')).toMatchObject({ matches: 1 })
  })

  test.each([1, 2, 3, 5, 7, 64, 1000])(
    'where the pieces of %i bytes part makes no difference',
    (pieceBytes) => {
      const line = 'Zeile mit nichts darin, nur Füllung\n'
      const text = `${line.repeat(40)}vorher Überdruck nachher\n${line.repeat(40)}überdrucküberdruck\n`
      for (const encoding of ['utf8', 'latin1', 'utf16le'] as const) {
        const bytes = Buffer.from(text, encoding)
        const whole = scan(bytes, 'überdruck')
        expect(whole).toMatchObject({
          matches: 3,
          line: 41,
          before: 'vorher ',
          match: 'Überdruck',
          after: ' nachher',
        })
        expect(scan(bytes, 'überdruck', { pieceBytes })).toEqual(whole)
      }
    },
  )

  test('a match is found at every place a border can have in it', () => {
    const bytes = Buffer.from(`${'x\n'.repeat(500)}…needle…\nneedle`)
    const whole = scan(bytes, 'NEEDLE')
    expect(whole).toEqual({ matches: 2, line: 501, before: '…', match: 'needle', after: '…' })
    for (let firstBytes = 990; firstBytes <= bytes.length; firstBytes += 1)
      expect(scan(bytes, 'NEEDLE', { firstBytes, pieceBytes: 4000 })).toEqual(whole)
  })

  test('matches do not overlap, wherever the pieces part', () => {
    const bytes = Buffer.from('a'.repeat(101))
    for (const pieceBytes of [1, 2, 3, 4, 50, 101])
      expect(scan(bytes, 'aaaa', { pieceBytes })).toMatchObject({ matches: 25 })
  })

  test('newlines in what is looked for keep the number of the line', () => {
    const bytes = Buffer.from('one\ntwo\nthree\nfour')
    for (const pieceBytes of [1, 2, 5, 9, 100])
      expect(scan(bytes, 'o\nthr', { pieceBytes })).toMatchObject({ line: 2, match: 'o\nthr', after: 'ee' })
  })

  test('what is shown is clipped on both sides, and never in the middle of a character', () => {
    const found = scan(Buffer.from(`${'ä'.repeat(5000)}here${'😀'.repeat(5000)}`), 'here', {
      pieceBytes: 999,
    })
    expect(found?.before).toBe('ä'.repeat(160))
    expect(found?.after).toBe('😀'.repeat(160))
  })

  test('what is no text has no lines, and dots for what cannot be shown', () => {
    const bytes = Buffer.concat([
      Buffer.from([0, 1, 2, 0x0a, 0x0a]),
      Buffer.from('PRESS-7'),
      Buffer.from([0, 0x41]),
    ])
    expect(scan(bytes, 'press')).toEqual({ matches: 1, before: '·····', match: 'PRESS', after: '-7·A' })
    const wide = Buffer.concat([
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      Buffer.from('PRESS-7', 'utf16le'),
    ])
    expect(scan(wide, 'press')).toMatchObject({ matches: 1, match: 'PRESS' })
    expect(scan(wide, 'press')).not.toHaveProperty('line')
    const turning = Buffer.concat([Buffer.from('a\n'.repeat(4000)), Buffer.from([0]), Buffer.from('PRESS')])
    expect(scan(turning, 'press', { pieceBytes: 500 })).not.toHaveProperty('line')
  })

  test('counting ends at a thousand matches, and so does reading', () => {
    const bytes = Buffer.from('needle\n'.repeat(5000))
    expect(scan(bytes, 'needle')).toMatchObject({ matches: 1000 })
    const pattern = compilePattern({ text: 'needle', matchCase: true })
    expect(new ContentScan(pattern, bytes.subarray(0, headBytes), 'a', lines).take(bytes)).toBe(false)
    const few = new ContentScan(pattern, bytes.subarray(0, headBytes), 'a', lines)
    expect(few.take(bytes.subarray(0, 700))).toBe(true)
  })

  test.each([
    ['motor.ini', 'user=plc\npassword=hunter22\n', 'password', 'hunter22'],
    ['motor.ini', 'user=plc\npassword=hunter22\n', 'hunter', 'unter'],
    ['users.json', `${'{"a":"b",'.repeat(200)}"password":"hunter22","x":1}`, '"x"', 'hunter22'],
    [
      'a.pem',
      `-----BEGIN PRIVATE KEY-----\n${`${'Ab3/'.repeat(16)}\n`.repeat(30)}zZtop99\n-----END PRIVATE KEY-----\n`,
      'zztop',
      'zZtop',
    ],
    ['b.txt', `key\n${`${'Ab3/'.repeat(16)}\n`.repeat(30)}zZtop99\n`, 'zztop', 'zZtop'],
  ])('what a preview of %s covers is not shown: %#', (path, text, needle, secret) => {
    const found = scan(Buffer.from(text), needle, { path })
    expect(found).toMatchObject({ matches: 1 })
    expect(JSON.stringify(found)).not.toContain(secret)
    expect(JSON.stringify(found)).toContain('••••••')
  })
})

/** The plain way to do it: at every byte, in every encoding, letter by letter. */
function naive(bytes: Buffer, text: string, matchCase: boolean): { matches: number; line?: number } {
  const fold = (found: string): string => (matchCase ? found : found.toLowerCase())
  const lengths = [Buffer.byteLength(text), text.length, 2 * text.length]
  const endOf = (at: number): number | undefined => {
    const ends = lengths.map((length) => at + length)
    const decoded = [
      bytes.toString('utf8', at, ends[0]),
      bytes.toString('latin1', at, ends[1]),
      bytes.toString('utf16le', at, ends[2]),
    ]
    const found = decoded.findIndex((one) => fold(one) === fold(text))
    return ends[found]
  }
  let [matches, first] = [0, -1]
  for (let at = 0; at < bytes.length;) {
    const end = endOf(at)
    if (end !== undefined && matches === 0) first = at
    if (end !== undefined) matches += 1
    at = end ?? at + 1
  }
  if (matches === 0 || bytes.includes(0)) return { matches }
  return { matches, line: bytes.toString('latin1', 0, first).split('\n').length }
}

describe('looking through contents of any kind', () => {
  test('finds what a plain search finds, wherever the pieces part', () => {
    for (let number = 0; number < 300; number += 1) {
      const random = new Random(7_351, number)
      const letters = (count: number): string =>
        Array.from({ length: count }, () => random.pick(['a', 'A', 'b', 'ü', 'Ü', '\n'])).join('')
      const parts = Array.from({ length: 1 + random.below(6) }, () =>
        Buffer.from(letters(random.below(60)), random.pick(['utf8', 'latin1', 'latin1', 'utf16le'] as const)),
      )
      // A beginning by which it is text, whatever follows.
      const bytes = Buffer.concat([Buffer.from(`${'x'.repeat(99)}\n`.repeat(41)), ...parts])
      const text = letters(2 + random.below(4))
      const matchCase = random.once(2)
      const { matches, line } = naive(bytes, text, matchCase)
      const pieces = { pieceBytes: 1 + random.below(80), firstBytes: 4000 + random.below(200) }
      const found = scan(bytes, text, { matchCase, ...pieces })
      expect({ number, matches: found?.matches ?? 0, line: found?.line }).toEqual({ number, matches, line })
    }
  })
})
