import { expect, test } from 'vitest'
import { failureText } from '../../../src/shared/text/index.ts'

test('what an archive says of itself reaches no screen, terminal or log as it is', () => {
  const entry = '../\u001b]0;owned\u0007\u202egpj.exe\r\n'
  const { cause } = failureText({ code: 'archive-path', archive: 'a\nb.zip', entry }, 'en')
  expect(cause).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(cause).toContain('../␛]0;owned␇<U+202E>gpj.exe␍␊')
  expect(cause).toContain('a␊b.zip')
})

test('a name of 65,535 bytes is cut', () => {
  const { cause } = failureText({ code: 'archive-name', archive: 'a', entry: 'n'.repeat(65_535) }, 'de')
  expect(cause.length).toBeLessThan(2200)
})

test('the lines that a command wrote stay lines', () => {
  const failure = {
    code: 'device-command-failed',
    address: 'ssh://a',
    command: 'tar',
    exitCode: 2,
    detail: 'tar: x: gone\ntar: \u001b[2Jy: gone',
  } as const
  expect(failureText(failure, 'en').cause).toContain('tar: x: gone\ntar: ␛[2Jy: gone')
})
