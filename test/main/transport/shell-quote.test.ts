import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shellQuote } from '../../../src/main/transport/shell-quote.ts'

function asSeenByShell(words: readonly string[]): readonly string[] {
  const script = `for word in ${words.map(shellQuote).join(' ')}; do printf '%s\\0' "$word"; done`
  return execFileSync('/bin/sh', ['-c', script]).toString('utf8').split('\0').slice(0, -1)
}

test('the shell sees every word as it is', () => {
  const words = [
    '',
    ' ',
    "it's",
    '"',
    '$HOME',
    '`id`',
    '$(id)',
    '\\',
    'a\nb',
    '~',
    '*',
    '-rf',
    'a=b',
    '!',
    '#',
    '&&',
    ';',
    'ä€𝄞',
  ]
  expect(asSeenByShell(words)).toEqual(words)
})

test('whatever the word holds, it stays one word', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
      // Lone surrogates do not survive any encoding.
      fc.pre(words.every((text) => !/\p{Cs}/u.test(text)))
      expect(asSeenByShell(words)).toEqual(words)
    }),
    { numRuns: 50 },
  )
})

test('a NUL is refused, because a shell would end the word there', () => {
  expect(() => shellQuote('a\0b')).toThrow('bad-input')
})
