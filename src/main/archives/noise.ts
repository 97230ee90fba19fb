import type { NoiseCode } from '../../shared/model/noise.ts'
import type { MeaningChange } from '../../shared/model/comparison.ts'
import type { PathStep } from './meaning-path.ts'

/** A difference between two documents, as a filter sees it. */
export interface Spot {
  readonly steps: readonly PathStep[]
  readonly change: MeaningChange['change']
}

/**
 * Says of a kind of difference that it tells nothing of the device. `entry`: whatever is in these entries. `line`: what
 * `quiet` takes out of a line. `value`: these values of a JSON document.
 */
export type NoiseFilter =
  | { readonly kind: 'entry'; readonly code: NoiseCode; readonly in: (path: string) => boolean }
  | {
      readonly kind: 'line'
      readonly code: NoiseCode
      readonly in: (path: string) => boolean
      /** The line without what is noise in it; lines are untrusted and at most 2,000 characters long. */
      readonly quiet: (line: string) => string
    }
  | {
      readonly kind: 'value'
      readonly code: NoiseCode
      readonly in: (path: string) => boolean
      readonly isNoise: (spot: Spot) => boolean
    }

const lineAtMost = 2000

/**
 * The codes of the filters that make two texts the same, line by line; `undefined` where something else differs, or
 * where one has more lines.
 */
export function noiseInLines(
  path: string,
  before: string,
  after: string,
  filters: readonly NoiseFilter[],
): readonly NoiseCode[] | undefined {
  const usable = filters.filter((filter) => filter.kind === 'line' && filter.in(path))
  if (usable.length === 0) return undefined
  const [old, now] = [before.split('\n'), after.split('\n')]
  if (old.length !== now.length) return undefined
  const codes = new Set<NoiseCode>()
  for (const [index, line] of old.entries()) {
    const other = now[index] ?? ''
    if (line === other) continue
    const code = codeOfLines(line, other, usable)
    if (code === undefined) return undefined
    codes.add(code)
  }
  return codes.size === 0 ? undefined : [...codes]
}

function codeOfLines(line: string, other: string, filters: readonly NoiseFilter[]): NoiseCode | undefined {
  if (line.length > lineAtMost || other.length > lineAtMost) return undefined
  return filters.find((filter) => filter.kind === 'line' && filter.quiet(line) === filter.quiet(other))?.code
}

/** The member that a way ends with; `undefined` where it ends in a list, or is that of the whole document. */
export function lastMember(steps: readonly PathStep[]): string | undefined {
  const last = steps.at(-1)
  return last?.kind === 'member' ? last.name : undefined
}
