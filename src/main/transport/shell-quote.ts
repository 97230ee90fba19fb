import { FailureError } from '../../shared/failure.ts'

/**
 * Quotes one word for a POSIX shell, so that it means itself whatever it holds.
 * @throws FailureError `bad-input` for a NUL, which no shell can pass on
 */
export function shellQuote(word: string): string {
  if (word.includes('\0')) throw new FailureError({ code: 'bad-input', field: 'name', reason: 'holds a NUL' })
  // `=` is quoted too: `a=b` in front of a command would be an assignment.
  return /^[A-Za-z0-9_./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
