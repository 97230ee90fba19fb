import { writeFile } from 'node:fs/promises'
import { benchArchives } from './archives.ts'
import { benchFit } from './fit.ts'
import { benchSsh } from './ssh.ts'

/**
 * `npm run bench`: every row beside its named tool in the same run, in turns, as min / median / max in milliseconds and
 * the ratio of the medians. Machines are noisy: only the ratio counts.
 */
const rows = [...(await benchArchives()), ...(await benchFit()), ...(await benchSsh())]
const shown = rows.map(({ row, ours, peer, ratio }) => ({
  row,
  'ours (ms)': ours.map((ms) => ms.toFixed(0)).join(' / '),
  'peer (ms)': peer.map((ms) => ms.toFixed(0)).join(' / '),
  ratio: ratio.toFixed(2),
}))
console.table(shown)
await writeFile(
  'bench-results.json',
  `${JSON.stringify({ at: new Date().toISOString(), rows }, undefined, 2)}\n`,
)
