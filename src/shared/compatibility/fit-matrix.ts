import type { Finding, Verdict } from '../model/finding.ts'
import { toFinding, type Rule, type RuleInput } from './rule.ts'

/**
 * What one cell of the matrix says: a verdict, or that archive and device are of different kinds. The latter is
 * blocked, too, but says nothing about the pair that a person would want to act on.
 */
export const cellKinds = ['fits', 'cautions', 'unknown', 'blocked', 'other-family'] as const
export type CellKind = (typeof cellKinds)[number]

/** The verdict that a kind of cell stands for. */
export function verdictOfCell(kind: CellKind): Verdict {
  return kind === 'other-family' ? 'blocked' : kind
}

/** A verdict with the one finding that decides it; without any rule there is none, and the verdict is `unknown`. */
export interface Decision {
  readonly verdict: Verdict
  readonly deciding: Finding | undefined
}

/** How much a finding decides: a blocker, a missing input of a hard rule, a caution or another gap, a pass. */
const weights = { blocked: 3, unknown: 2, cautions: 1, fits: 0 } as const

/**
 * The verdict that `check` gives for the same rules and input, with the first finding of those that decide it. It ends
 * at the first blocker and keeps no other finding, which is what a million pairs need.
 */
export function decide(rules: readonly Rule[], input: RuleInput): Decision {
  let decision: Decision = { verdict: 'unknown', deciding: undefined }
  for (const rule of rules) {
    for (const outcome of [rule.evaluate(input)].flat()) {
      const verdict = verdictOfOne(outcome.result, rule.hard)
      if (decision.deciding && weights[verdict] <= weights[decision.verdict]) continue
      decision = { verdict, deciding: toFinding(rule, outcome) }
      if (verdict === 'blocked') return decision
    }
  }
  return decision
}

function verdictOfOne(result: Finding['result'], isHard: boolean): Verdict {
  switch (result) {
    case 'blocker':
      return 'blocked'
    case 'unknown':
      return isHard ? 'unknown' : 'cautions'
    case 'caution':
      return 'cautions'
    case 'pass':
      return 'fits'
  }
}

/** How many cells of each kind there are. */
export type CellCounts = Readonly<Record<CellKind, number>>

/** The kinds of all cells, row by row, one byte each: the index in `cellKinds`. */
export class CellPlane {
  readonly columns: number
  readonly #kinds: Uint8Array

  constructor(rows: number, columns: number) {
    this.columns = columns
    this.#kinds = new Uint8Array(rows * columns)
  }

  set(row: number, column: number, kind: CellKind): void {
    this.#kinds[row * this.columns + column] = cellKinds.indexOf(kind)
  }

  /** Cells of each kind among these rows and columns. */
  count(rows: readonly number[], columns: readonly number[]): CellCounts {
    const counts = new Uint32Array(cellKinds.length)
    for (const row of rows) {
      const start = row * this.columns
      for (const column of columns) {
        const kind = this.#kinds[start + column] ?? 0
        counts[kind] = (counts[kind] ?? 0) + 1
      }
    }
    const [fits = 0, cautions = 0, unknown = 0, blocked = 0, otherFamily = 0] = counts
    return { fits, cautions, unknown, blocked, 'other-family': otherFamily }
  }

  /** Those of these rows and columns that have at least one cell of a kind where they cross. */
  holding(
    kind: CellKind,
    rows: readonly number[],
    columns: readonly number[],
  ): { readonly rows: readonly number[]; readonly columns: readonly number[] } {
    const wanted = cellKinds.indexOf(kind)
    const heldColumns = new Set<number>()
    const heldRows = rows.filter((row) => {
      const start = row * this.columns
      let isHeld = false
      for (const column of columns) {
        if (this.#kinds[start + column] !== wanted) continue
        isHeld = true
        heldColumns.add(column)
      }
      return isHeld
    })
    return { rows: heldRows, columns: columns.filter((column) => heldColumns.has(column)) }
  }
}
