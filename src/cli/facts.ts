import { FailureError } from '../shared/failure.ts'

/** Gathers an option that is given several times. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** Facts typed as `name=value`. @throws FailureError `bad-input` */
export function readFacts(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new FailureError({ code: 'bad-input', field: 'fact', reason: `“${pair}” is not k=v` })
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}
