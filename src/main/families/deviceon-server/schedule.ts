const dayMs = 86_400_000
/** A backup takes its time, and a schedule is kept by the server's clock. */
const slackMs = dayMs / 12
const shownGaps = 10

export type Schedule = 'daily' | 'monthly'

/** How old the newest backup may be before one is missing, in milliseconds. */
export function longestAgeMs(schedule: Schedule): number {
  return (schedule === 'daily' ? dayMs : 31 * dayMs) + slackMs
}

/** Whole days between two points in time. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / dayMs)
}

/**
 * The days (`2026-11-20`) or months (`2026-10`) without a backup, between the oldest that is there and now; in UTC, as
 * the names are. What was made before the oldest may have been removed by the server's own retention.
 */
export function missingFrom(schedule: Schedule, made: readonly string[], now: Date): readonly string[] {
  const sorted = made.toSorted()
  const [oldest, newest] = [sorted[0], sorted.at(-1)]
  if (oldest === undefined || newest === undefined) return []
  const nameOf = (timeMs: number): string =>
    new Date(timeMs).toISOString().slice(0, schedule === 'daily' ? 10 : 7)
  const due = new Set<string>()
  for (let at = Date.parse(newest); at >= Date.parse(oldest); at -= dayMs) due.add(nameOf(at))
  const periodMs = schedule === 'daily' ? dayMs : 31 * dayMs
  for (let at = Date.parse(newest) + periodMs; at + slackMs <= now.getTime(); at += periodMs)
    due.add(nameOf(at))
  for (const time of sorted) due.delete(nameOf(Date.parse(time)))
  return [...due].toSorted()
}

/** One sentence for the record of a backup; empty where none is missing. */
export function missingText(schedule: Schedule, missing: readonly string[]): string {
  if (missing.length === 0) return ''
  const shown = missing.slice(-shownGaps).join(', ')
  const more = missing.length > shownGaps ? ` and ${missing.length - shownGaps} before` : ''
  return `Missing against the ${schedule} schedule: ${shown}${more}`
}
