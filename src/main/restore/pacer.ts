import { setImmediate } from 'node:timers/promises'

/** Long work in slices, between which everything else has its turn. */
export interface Pacer {
  /** True once a slice is used up; then `pause` is due. */
  readonly isDue: () => boolean
  /** Lets others have their turn and begins a new slice. Rejects with the reason of the signal once it is aborted. */
  readonly pause: () => Promise<void>
}

/** A pacer whose slices last `sliceMs` milliseconds. */
export function createPacer(sliceMs: number, signal: AbortSignal): Pacer {
  let began = performance.now()
  return {
    isDue: () => performance.now() - began >= sliceMs,
    pause: async () => {
      await setImmediate()
      signal.throwIfAborted()
      began = performance.now()
    },
  }
}
