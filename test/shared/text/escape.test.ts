import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeUntrusted } from '../../../src/shared/text/escape.ts'

test.each([
  ['\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
  ['a\r\nb\tc\0d', 'a␍␊b␉c␀d'],
  ['\u007f', '␡'],
  ['\u009b31m', '<U+009B>31m'],
  ['backup\u202egpj.exe', 'backup<U+202E>gpj.exe'],
  ['zero\u200bwidth\ufeff', 'zero<U+200B>width<U+FEFF>'],
  ['one\u2028two', 'one<U+2028>two'],
  ['\ud800', '<U+D800>'],
  ['Größe 5 µm 𝄞', 'Größe 5 µm 𝄞'],
])('%j is shown as %j', (text, shown) => {
  expect(escapeUntrusted(text)).toBe(shown)
})

test('long text is cut, and not through the middle of a character', () => {
  expect(escapeUntrusted('abcdef', 3)).toBe('abc…')
  expect(escapeUntrusted('abc', 3)).toBe('abc')
  expect(escapeUntrusted('ab𝄞d', 3)).toBe('ab…')
  expect(escapeUntrusted('x'.repeat(10_000)).length).toBe(513)
})

test('nothing that is shown can steer a terminal or turn a line around', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(escapeUntrusted(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    }),
  )
})
