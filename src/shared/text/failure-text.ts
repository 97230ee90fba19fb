import type { Failure, FailureCode } from '../failure.ts'

/** What a person is told about a failure. All three are whole sentences. */
export interface FailureText {
  /** What happened and why, with the values. */
  readonly cause: string
  /** What was not changed or lost, where that can be said for certain; otherwise empty. */
  readonly safe: string
  /** What to do next. */
  readonly next: string
}

/** One entry for each failure code: a missing one does not compile. */
export type FailureTexts = { readonly [C in FailureCode]: (failure: Failure<C>) => FailureText }

/** The codes whose sentences stand in the tables about restores. */
export type RestoreFailureCode =
  | 'restore-blocked'
  | 'confirmation-wrong'
  | 'confirmation-missing'
  | 'plan-stale'
  | 'wrong-device'
  | 'safety-backup-failed'
  | 'password-needed'
  | 'outcome-unknown'
  | 'no-bridge'
  | 'app-files-unfit'
  | 'apps-incomplete'
  | 'not-for-drills'
  | 'way-back-missing'
  | 'step-not-current'
  | 'step-needs-note'
  | 'step-not-proven'
  | 'nothing-new'
  | 'backup-by-hand'
  | 'backups-incomplete'
  | 'file-still-growing'
