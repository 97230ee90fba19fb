import { writeFile } from 'node:fs/promises'
import { benchArchives } from './archives.ts'
import { benchFit } from './fit.ts'
import type { BenchRow } from './in-turns.ts'
import { benchSearch } from './search.ts'
import { benchSsh } from './ssh.ts'

const groups = { archives: benchArchives, search: benchSearch, fit: benchFit, ssh: benchSsh }
const chosen = process.argv.slice(2)

/**
 * `npm run bench`: every row beside its named tool in the same run, in turns, as min / median / max in milliseconds and
 * the ratio of the medians. Machines are noisy: only the ratio counts. Names of groups behind `--` choose among them.
 */
const rows: BenchRow[] = []
for (const [name, bench] of Object.entries(groups)) {
  if (chosen.length === 0 || chosen.includes(name)) rows.push(...(await bench()))
}
const shown = rows.map(({ row, ours, peer, ratio, remark }) => ({
  row,
  'ours (ms)': ours.map((ms) => ms.toFixed(0)).join(' / '),
  'peer (ms)': peer.map((ms) => ms.toFixed(0)).join(' / '),
  ratio: ratio.toFixed(2),
  remark: remark ?? '',
}))
console.table(shown)
await writeFile(
  'bench-results.json',
  `${JSON.stringify({ at: new Date().toISOString(), rows }, undefined, 2)}\n`,
)
