import type { Phase, Progress } from '../../shared/model/progress.ts'
import { createMeter } from './progress.ts'

/** Turns byte counts of one phase into progress with rate and time left. `total` in bytes, where known. */
export function reportBytes(
  report: (progress: Progress) => void,
  phase: Phase,
  total: number | undefined,
): (bytesDone: number) => void {
  const meter = createMeter({ total })
  return (bytesDone) => {
    const snapshot = meter.advance(bytesDone)
    if (snapshot) report({ phase, ...snapshot })
  }
}
