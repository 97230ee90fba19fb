import { rename } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { errnoOf } from './storage-failure.ts'

const patienceMs = 10_000
const longestPauseMs = 1_000
const passing = new Set(['EPERM', 'EBUSY', 'EACCES'])

/**
 * Renames, and tries again for at most 10 seconds while another program holds the file: on Windows virus scanners
 * and search indexers open new files for a moment and the rename is refused with EPERM, EBUSY or EACCES.
 */
export async function renamePatiently(from: string, to: string): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const leftMs = deadline - performance.now()
      if (!passing.has(errnoOf(error) ?? '') || leftMs <= 0) throw error
      await delay(Math.min(pauseMs, leftMs))
    }
  }
}
