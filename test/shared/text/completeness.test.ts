import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Failure } from '../../../src/shared/failure.ts'
import { failures as german } from '../../../src/shared/text/de/failures.ts'
import { failures as english } from '../../../src/shared/text/en/failures.ts'
import { escapeUntrusted } from '../../../src/shared/text/escape.ts'
import { failureText } from '../../../src/shared/text/index.ts'
import { languages } from '../../../src/shared/text/language.ts'

/** Facts under every name a failure may have: numbers read as text are good enough to make a sentence. */
const anyFacts = new Proxy(
  {},
  { get: (_target, name) => (/bytes|seconds|limit|entries/i.test(String(name)) ? 7 : 'X') },
)

test('every failure has a cause and a next step in both languages', () => {
  expect(Object.keys(german)).toEqual(Object.keys(english))
  for (const texts of [english, german]) {
    for (const [code, say] of Object.entries(texts)) {
      const { cause, next } = (say as (failure: unknown) => { cause: string; next: string })(anyFacts)
      expect(cause, code).toMatch(/\S.{10,}/)
      expect(next, code).toMatch(/\S.{8,}/)
      expect(`${cause}${next}`, code).not.toMatch(/undefined|!/)
    }
  }
})

test('a failure of a newer version shows its code rather than nothing', () => {
  for (const language of languages) {
    const { cause } = failureText({ code: 'from-the-future' } as unknown as Failure, language)
    expect(cause).toBe('from-the-future')
  }
})

test('no sentence names a code that is not in the list', async () => {
  const source = await readFile('src/shared/failure.ts', 'utf8')
  const declared = [...source.matchAll(/^ {2}'?([a-z-]+)'?: \{/gm)].map(([, code]) => code)
  expect(Object.keys(english).toSorted()).toEqual(declared.toSorted())
})

test('text from devices loses its power over terminals and readers', () => {
  expect(escapeUntrusted('\u001b]8;;x\u0007 a\r\nb\u0000')).toBe('␛]8;;x␇ a␍␊b␀')
  expect(escapeUntrusted('backup\u202egpj.exe')).toBe('backup<U+202E>gpj.exe')
  expect(escapeUntrusted('x'.repeat(600))).toHaveLength(513)
})
