import type { CellCounts } from '../compatibility/fit-matrix.ts'
import type { Language } from '../text/language.ts'
import type { Verdict } from './finding.ts'

/** One pair of the fit matrix as it is printed, with the rule that decides and its sentences. */
export interface FitPageLine {
  readonly archiveDevice: string
  readonly archiveTakenAt: string
  readonly device: string
  readonly verdict: Verdict
  readonly rule: string
  readonly reason: string
  readonly remedy: string
  readonly identityReadAt: string | undefined
}

/** The fit matrix as it is printed. `madeAt` is ISO 8601, UTC. */
export interface FitPage {
  readonly language: Language
  readonly madeAt: string
  readonly counts: CellCounts
  /** Pairs of one kind of device, row by row. */
  readonly lines: readonly FitPageLine[]
  /** How many such pairs are not in `lines`, because nobody reads that much paper. */
  readonly leftOut: number
}
