import type { ActivityEntry } from '../../shared/model/activity.ts'
import type { ScannedLine, TornLine } from '../storage/append-log.ts'
import { chainStart, isSound, type ChainEnd } from './chain.ts'

/**
 * What can be wrong with a line: `unreadable` and not closed as torn; `changed` text; lines `removed` before it;
 * `out-of-order`; or it `does-not-follow` the line before, which was written anew. `end-missing` is told of the line
 * after the last.
 */
export interface ChainProblem {
  /** Number of the line, from 1. */
  readonly line: number
  readonly problem: 'unreadable' | 'changed' | 'removed' | 'out-of-order' | 'does-not-follow' | 'end-missing'
}

/** What a check of the whole log has found. */
export interface ChainReport {
  readonly entries: number
  /** The last entry: kept elsewhere, it proves later that the end is not missing. */
  readonly end: ChainEnd | undefined
  readonly problems: readonly ChainProblem[]
  /** Lines torn by crashes. One that is not closed yet is the last one, and is closed by the next entry. */
  readonly torn: readonly TornLine[]
}

/** Goes through a log line by line. `anchor` is an entry that is known to have been written. */
export async function verifyChain(
  lines: AsyncIterable<ScannedLine<ActivityEntry>>,
  anchor?: ChainEnd,
): Promise<ChainReport> {
  const problems: ChainProblem[] = []
  const closed: TornLine[] = []
  let open: readonly TornLine[] = []
  let entries = 0
  let lastLine = 0
  let end: ChainEnd | undefined
  let isAnchored = anchor === undefined
  for await (const { number: line, record, text = '', closes, sizeBytes, sha256 } of lines) {
    lastLine = line
    if (record === undefined) {
      open = [...open, { line, sizeBytes, sha256: sha256(), closed: false }]
      continue
    }
    entries += 1
    const problem = isSound(text) ? linkProblem(record, end) : 'changed'
    if (problem) problems.push({ line, problem })
    end = { sequence: record.sequence, hash: record.hash }
    isAnchored ||= anchor?.sequence === end.sequence && anchor.hash === end.hash
    const closedNow = open.find(
      (torn) => torn.sha256 === closes?.sha256 && torn.sizeBytes === closes.sizeBytes,
    )
    if (closedNow) closed.push({ ...closedNow, closed: true })
    open = open.filter((torn) => torn !== closedNow)
    if (closes) continue
    // A crash tears the very end only: what is still open before an ordinary entry is damage.
    problems.push(...open.map((torn) => ({ line: torn.line, problem: 'unreadable' }) as const))
    open = []
  }
  if (!isAnchored) problems.push({ line: lastLine + 1, problem: 'end-missing' })
  return { entries, end, problems: problems.toSorted((a, b) => a.line - b.line), torn: [...closed, ...open] }
}

function linkProblem(entry: ActivityEntry, end: ChainEnd | undefined): ChainProblem['problem'] | undefined {
  const expected = (end?.sequence ?? 0) + 1
  if (entry.sequence > expected) return 'removed'
  if (entry.sequence < expected) return 'out-of-order'
  return entry.previous === (end?.hash ?? chainStart) ? undefined : 'does-not-follow'
}
