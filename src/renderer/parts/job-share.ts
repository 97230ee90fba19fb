import type { Progress } from '../../shared/model/progress.ts'

/** How much of a phase is done, 0..1: from the bytes where both are known, else the device's own figure. */
export function shareOf({ bytesDone, bytesTotal, percent }: Progress): number | undefined {
  if (bytesTotal !== undefined && bytesTotal > 0) return Math.min(1, bytesDone / bytesTotal)
  return percent === undefined ? undefined : percent / 100
}
