import type { Progress } from '../../shared/model/progress.ts'

const windowMs = 5_000
/** A rate over less time than this says more about buffers than about the line. */
const shortestMs = 500
const snapshotEveryMs = 100

/** How far a transfer is; the caller adds the phase. */
export type TransferSnapshot = Pick<Progress, 'bytesDone' | 'bytesTotal' | 'bytesPerSecond' | 'secondsLeft'>

/** Measures one transfer. */
export interface Meter {
  /**
   * Takes note of the bytes done in all and gives a snapshot where one is due: at most 10 a second, the first at once.
   * A transfer that begins again tells a smaller number; its rate is then measured anew.
   */
  readonly advance: (bytesDone: number) => TransferSnapshot | undefined
  /** How far it is at this moment; a standstill shows as a falling rate. */
  readonly snapshot: () => TransferSnapshot
}

export interface MeterOptions {
  /** Bytes in all, where known. */
  readonly total?: number | undefined
  /** A clock that only runs forward, in milliseconds. */
  readonly now?: () => number
}

interface Sample {
  readonly atMs: number
  readonly bytesDone: number
}

/**
 * Starts measuring. The rate is that of the last five seconds, so that it follows the line without jumping; the time left
 * is what remains at that rate, and absent until there is ground for one.
 */
export function createMeter({ total, now = () => performance.now() }: MeterOptions = {}): Meter {
  let samples: readonly Sample[] = [{ atMs: now(), bytesDone: 0 }]
  let bytesDone = 0
  let lastSnapshotMs = -Infinity

  const rateAt = (atMs: number): number | undefined => {
    const [oldest] = samples
    if (oldest === undefined || atMs - oldest.atMs < shortestMs) return undefined
    return ((bytesDone - oldest.bytesDone) * 1000) / (atMs - oldest.atMs)
  }

  const snapshot = (): TransferSnapshot => {
    const bytesPerSecond = rateAt(now())
    const left = total === undefined ? undefined : total - bytesDone
    return {
      bytesDone,
      ...(total !== undefined && { bytesTotal: total }),
      ...(bytesPerSecond !== undefined && { bytesPerSecond }),
      ...(bytesPerSecond && left !== undefined && left >= 0 && { secondsLeft: left / bytesPerSecond }),
    }
  }

  const advance = (done: number): TransferSnapshot | undefined => {
    const atMs = now()
    if (done < bytesDone) samples = [{ atMs, bytesDone: done }]
    bytesDone = done
    if (atMs - lastSnapshotMs < snapshotEveryMs) return undefined
    lastSnapshotMs = atMs
    // One sample older than the window stays, so that the rate always spans the whole of it.
    const firstInside = samples.findIndex((sample) => atMs - sample.atMs <= windowMs)
    samples = [...samples.slice(firstInside === -1 ? -1 : Math.max(0, firstInside - 1)), { atMs, bytesDone }]
    return snapshot()
  }

  return { advance, snapshot }
}
