import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, judgeName } from '../../../src/main/archives/names.ts'
import { SafeNames } from '../../../src/main/archives/safe-names.ts'

const part = fc.oneof(
  fc.constantFrom(
    'CON',
    'con',
    '_CON',
    'a',
    'A',
    'a.',
    'a_',
    'a (2)',
    ' ',
    '. ',
    '_names too long',
    'ver\u202esion.txt',
  ),
  fc.stringMatching(/^[aA.:* ]{1,4}$/).filter((text) => text !== '.' && text !== '..'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((text) => !/[/\0]/.test(text)),
  fc.constantFrom('x'.repeat(300), `${'ü'.repeat(200)}.json`),
)
/** Paths as they get so far: nothing that escapes, no part that is empty, `.` or `..`. */
const path = fc
  .oneof(
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
    fc.integer({ min: 60, max: 90 }).map((levels) => `${'d/'.repeat(levels)}end`),
    fc.integer({ min: 10, max: 30 }).map((parts) => Array(parts).fill('y'.repeat(200)).join('/')),
  )
  .filter((text) => ['safe', 'unsafe'].includes(judgeName(text)))

describe('safe names for what is taken out', () => {
  test('A09, A10, A15, A16: resemble the name of the entry', () => {
    const names = new SafeNames()
    const given = (text: string): string => names.safeNameFor(text)
    expect(given('CON')).toBe('_CON')
    expect(given('aux.txt')).toBe('_aux.txt')
    expect(given('dir/NUL')).toBe('dir/_NUL')
    expect(given('NUL.tar.gz')).toBe('_NUL.tar.gz')
    expect(given('COM1.json/x')).toBe('_COM1.json/x')
    expect(given('a.txt.')).toBe('a.txt_')
    expect(given('b.txt ')).toBe('b.txt_')
    expect(given('dir /x')).toBe('dir_/x')
    expect(given('tab\there')).toBe('tab_here')
    expect(given('12:30 <log>')).toBe('12_30 _log_')
    expect(given('backup\u202egpj.exe')).toBe('backup_gpj.exe')
    expect(given('mаnifest.json')).toBe('m_nifest.json')
    expect(given(`${'é'.repeat(300)}.json`)).toMatch(/^é{80,}\.json$/)
  })

  test('A09: what would be the same gets a number, and a folder keeps what is in it', () => {
    const names = new SafeNames()
    expect(names.safeNameFor('a:b/one')).toBe('a_b/one')
    expect(names.safeNameFor('a*b/two')).toBe('a_b (2)/two')
    expect(names.safeNameFor('a:b/three')).toBe('a_b/three')
    expect(names.safeNameFor('A_B')).toBe('A_B (3)')
    expect(names.safeNameFor('x:.txt')).toBe('x_.txt')
    expect(names.safeNameFor('x?.txt')).toBe('x_ (2).txt')
  })

  test('are safe on every system, differ on every file system, and are the same when asked again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 20 }), (paths) => {
        const names = new SafeNames()
        const given = paths.map((each) => names.safeNameFor(each))
        for (const each of given) expect([each, judgeName(each)]).toEqual([each, 'safe'])
        expect(new Set(given.map(foldName)).size).toBe(paths.length)
        expect(paths.map((each) => names.safeNameFor(each))).toEqual(given)
      }),
      { numRuns: 500 },
    )
  })

  test('stay as they are where they are safe', () => {
    const safe = ['a', 'dir/sub/b.txt', 'Ω/äö.json', 'a (2)']
    const names = new SafeNames()
    expect(safe.map((each) => names.safeNameFor(each))).toEqual(safe)
  })
})
