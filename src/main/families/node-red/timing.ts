/** How long things may take, in milliseconds. Handed in so that tests need not wait. */
export interface Timing {
  /** Between two looks at the flows. */
  readonly pollMs: number
  /** Silence after which the answer to a deployment counts as lost: all flows are stopped and started before it comes. */
  readonly answerMs: number
  /** How long flows that nobody answered for must stay as they were before they count as never deployed. */
  readonly quietMs: number
  /** How long saying goodbye may take. */
  readonly logoutMs: number
}

const second = 1000

/** Node-RED answers in milliseconds; nodes with connections of their own may take a while to close. */
export const usualTiming: Timing = {
  pollMs: second,
  answerMs: 120 * second,
  quietMs: 10 * second,
  logoutMs: 3 * second,
}
