/** One line of the table: our times beside those of a named peer, in milliseconds: min, median, max. */
export interface BenchRow {
  readonly row: string
  readonly ours: readonly [number, number, number]
  readonly peer: readonly [number, number, number]
  /** Median of ours over median of the peer. */
  readonly ratio: number
  /** What else was measured meanwhile. */
  readonly remark?: string
}

interface Contest {
  readonly ours: () => Promise<void>
  readonly peer: () => Promise<void>
}

/** Measures both in turns, after one run of ours that counts for nothing. */
export async function inTurns(row: string, rounds: number, { ours, peer }: Contest): Promise<BenchRow> {
  const times: { readonly ours: number[]; readonly peer: number[] } = { ours: [], peer: [] }
  await ours()
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await timed(ours))
    times.peer.push(await timed(peer))
  }
  const [a, b] = [spread(times.ours), spread(times.peer)]
  return { row, ours: a, peer: b, ratio: a[1] / b[1] }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function spread(values: readonly number[]): readonly [number, number, number] {
  const sorted = [...values].sort((a, b) => a - b)
  return [sorted[0] ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0]
}
