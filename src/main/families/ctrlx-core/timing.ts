import { setTimeout as sleep } from 'node:timers/promises'

/** How long things may take, in milliseconds. Handed in so that tests need not wait. */
export interface Timing {
  /** Between two looks at a task. */
  readonly pollMs: number
  /** A task that does not move at all for so long has stalled. Uninstalling an app rests for minutes. */
  readonly stallMs: number
  /** How long a device may think about an upload before it answers. */
  readonly answerMs: number
  /** How long sending an archive may take altogether. */
  readonly uploadLimitMs: number
  /** How long a backup may take on the device altogether. */
  readonly createLimitMs: number
  /** How often a reading call is repeated when the device is out of reach for a moment. */
  readonly patience: number
  /** First wait before reaching for a device that went away; it doubles up to `reachMaxMs`. */
  readonly reachMs: number
  readonly reachMaxMs: number
  /** How long a restore must be neither seen nor remembered by the device before it counts as never begun. */
  readonly quietMs: number
  /** How long to wait after the end of a restore, in which the device may still reboot. */
  readonly settleMs: number
  /** How long apps may take to come up before a difference counts. */
  readonly agreeMs: number
  /** How long switching the operating state may take. */
  readonly switchMs: number
  /** How long saying goodbye may take. */
  readonly logoutMs: number
}

const second = 1000
const minute = 60 * second

/** Durations seen on real devices: create 30 s to 2 min, apply 1 to 4 min, longer with apps. */
export const usualTiming: Timing = {
  pollMs: second,
  stallMs: 10 * minute,
  answerMs: 5 * minute,
  uploadLimitMs: 6 * 60 * minute,
  createLimitMs: 90 * minute,
  patience: 5,
  reachMs: second,
  reachMaxMs: 10 * second,
  quietMs: 15 * second,
  settleMs: 10 * second,
  agreeMs: 2 * minute,
  switchMs: minute,
  logoutMs: 3 * second,
}

/** Waits, and rejects at once when aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal })
}

/** Milliseconds of a clock that is never set back. */
export function now(): number {
  return performance.now()
}
