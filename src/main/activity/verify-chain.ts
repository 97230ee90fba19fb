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
  const torn: (TornLine & { closed: boolean })[] = []
  let entries = 0
  let number = 0
  let end: ChainEnd | undefined
  let anchorFound = anchor === undefined
  for await (const { record, text = '', closes, ...line } of lines) {
    ;({ number } = line)
    if (record === undefined) {
      torn.push({ line: number, sizeBytes: line.sizeBytes, sha256: line.sha256(), closed: false })
      continue
    }
    const closed = torn.find(
      (one) => !one.closed && one.sha256 === closes?.sha256 && one.sizeBytes === closes.sizeBytes,
    )
    if (closed) closed.closed = true
    entries += 1
    const problem = isSound(text) ? linkProblem(record, end) : 'changed'
    if (problem) problems.push({ line: number, problem })
    end = { sequence: record.sequence, hash: record.hash }
    if (anchor?.sequence === end.sequence && anchor.hash === end.hash) anchorFound = true
    // Only the very end can be torn by a crash: what is still open before an ordinary entry is damage.
    if (closes) continue
    for (const one of torn.splice(0).filter((each) => keepOrReport(each, problems))) torn.push(one)
  }
  if (!anchorFound) problems.push({ line: number + 1, problem: 'end-missing' })
  return { entries, end, problems: problems.toSorted((a, b) => a.line - b.line), torn }
}

function keepOrReport({ closed, line }: TornLine, problems: ChainProblem[]): boolean {
  if (!closed) problems.push({ line, problem: 'unreadable' })
  return closed
}

function linkProblem(entry: ActivityEntry, end: ChainEnd | undefined): ChainProblem['problem'] | undefined {
  const expected = (end?.sequence ?? 0) + 1
  if (entry.sequence > expected) return 'removed'
  if (entry.sequence < expected) return 'out-of-order'
  return entry.previous === (end?.hash ?? chainStart) ? undefined : 'does-not-follow'
}
