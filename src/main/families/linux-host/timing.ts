/** How long a host may take for what it does without a word, in milliseconds. */
export interface Timing {
  /** `tar` packing: between two pieces of its output. */
  readonly packIdleMs: number
  /** Looking through all folders, hashing or listing a large file on a slow disk. */
  readonly longWorkMs: number
  /** Unpacking, which says nothing until it has ended. A lost connection is noticed long before, by keep-alives. */
  readonly unpackMs: number
  /** A large archive over a slow line; silence ends it long before. */
  readonly uploadMs: number
  /** Restarting one service; systemd itself gives up after 90 seconds. */
  readonly restartMs: number
  /** Between two questions whether `tar` is still running. */
  readonly askAgainMs: number
  /** Between two looks at a host that cannot say whether `tar` is still running. */
  readonly settleMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const usualTiming: Timing = {
  packIdleMs: 2 * minuteMs,
  longWorkMs: 30 * minuteMs,
  unpackMs: 4 * hourMs,
  uploadMs: 24 * hourMs,
  restartMs: 3 * minuteMs,
  askAgainMs: 2_000,
  settleMs: 5_000,
}
