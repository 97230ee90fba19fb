/** How long a server may take, in milliseconds. */
export interface Timing {
  /** Between two looks at a backup that may still be written. */
  readonly settleMs: number
  /** Hashing a large file on the server, which says nothing meanwhile. */
  readonly longWorkMs: number
  /** A large archive over a slow line; silence ends it long before. */
  readonly uploadMs: number
  /** How long the portal is waited for when the version is read. */
  readonly portalMs: number
  /** Silence after which a prompt counts as waiting for an answer. */
  readonly promptQuietMs: number
  /** How long the recovery tool may take to ask for the path. */
  readonly promptMs: number
  /** Silence of the recovery tool at work that ends the wait; how long a restore takes is not documented. */
  readonly toolQuietMs: number
  /** The whole dialogue with the recovery tool. */
  readonly toolMs: number
  /** Silence after the success text, before a key is pressed for a tool that waits for one. */
  readonly farewellMs: number
  /** How long the portal is given to come back after a restore, and the pause between two looks. */
  readonly restartMs: number
  readonly askAgainMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const usualTiming: Timing = {
  settleMs: 3_000,
  longWorkMs: 30 * minuteMs,
  uploadMs: 24 * hourMs,
  portalMs: 20_000,
  promptQuietMs: 2_000,
  promptMs: 2 * minuteMs,
  toolQuietMs: hourMs,
  toolMs: 6 * hourMs,
  farewellMs: 5_000,
  restartMs: 10 * minuteMs,
  askAgainMs: 10_000,
}
