/** How long the family waits for what, in milliseconds, and how often it looks. */
export interface Timing {
  /** Between two looks at a file that may still be written. */
  readonly settleMs: number
  /** The vendor: do not refresh the page for at least five minutes after an import. */
  readonly afterImportMs: number
  /** How long the target may take to answer again; the vendor names 15 to 45 minutes for a restore. */
  readonly answerLimitMs: number
  /** Between two looks at a target that does not answer yet. */
  readonly answerEveryMs: number
  /** Looks at the old address that must all find nobody, and the pause between them. */
  readonly silentLooks: number
  readonly silentEveryMs: number
}

const minuteMs = 60_000

export const usualTiming: Timing = {
  settleMs: 2_000,
  afterImportMs: 5 * minuteMs,
  answerLimitMs: 60 * minuteMs,
  answerEveryMs: 5_000,
  silentLooks: 3,
  silentEveryMs: 3_000,
}
