import { expect } from 'vitest'
import type { Failure } from '../../src/shared/failure.ts'
import { failureText } from '../../src/shared/text/index.ts'
import type { CommandLine, RunOptions } from './command-line.ts'

interface Telling {
  readonly words: readonly string[]
  readonly run?: RunOptions
  /** Called before each of the three processes. */
  readonly prepare?: () => unknown
  /** True where the three may run at once. */
  readonly together?: boolean
  readonly exit: number | readonly number[]
  readonly code: string | readonly string[]
}

/**
 * Lets the same thing fail three times: as a document, in English and in German. Each must end with the promised code and
 * tell the failure's code, cause and next step; the document's failure is given back.
 */
export async function tells(
  cli: CommandLine,
  { words, run, prepare, together, exit, code }: Telling,
): Promise<Failure> {
  const once = async (more: readonly string[]) => {
    await prepare?.()
    return await cli.run([...words, ...more], run)
  }
  const ways = [['--json'], ['--lang', 'en'], ['--lang', 'de']]
  const ended = []
  if (together === true) ended.push(...(await Promise.all(ways.map(once))))
  else for (const way of ways) ended.push(await once(way))
  const [document, english, german] = ended
  for (const each of ended) expect([exit].flat(), each.stdout + each.stderr).toContain(each.code)
  const { failure } = JSON.parse(document!.stdout) as { failure: Failure & { message: string } }
  expect([code].flat()).toContain(failure.code)
  const [inEnglish, inGerman] = [failureText(failure, 'en'), failureText(failure, 'de')]
  expect(failure.message).toContain(inEnglish.next)
  for (const [text, { next }] of [
    [english!.stderr, inEnglish],
    [german!.stderr, inGerman],
  ] as const) {
    const lines = text.trimEnd().split('\n')
    expect(lines.at(-1)).toMatch(/^\S.{20,}[.]$/)
    if (text.includes(`[${failure.code}]`)) expect(lines.at(-1)).toBe(next)
    expect(
      lines.some(
        (line) =>
          /^\S.{10,} \[[a-z-]+\]$/.test(line) && [code].flat().some((one) => line.endsWith(`[${one}]`)),
      ),
    ).toBe(true)
    expect(text).not.toMatch(/^ {4}at /m)
  }
  expect([inEnglish.next, english!.stdout, german!.stdout]).toEqual([expect.stringMatching(/\S/), '', ''])
  expect(inGerman.next).not.toBe(inEnglish.next)
  return failure
}
