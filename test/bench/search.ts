import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packedBlocks, writeLargeTarGz } from '../corpus/large-tar-gz.ts'
import { deflated, writeLargeZip } from '../corpus/large-zip.ts'
import { logText } from '../corpus/log-text.ts'
import { inTurns, type BenchRow } from './in-turns.ts'
import { Readers, runTool } from './reader.ts'

const MiB = 1024 * 1024
const needle = 'needle-7351'
/** Of one archive; four hold 5 GB. */
const files = 320
const fileBytes = 4 * MiB

/**
 * A text in 10 GB of logs, an eighth of them incompressible, over eight archives: two processes take one archive after
 * the other, as the search over a vault does; the tools go through the archives one by one.
 */
export async function benchSearch(rounds = 1): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-search-'))
  try {
    const { zips, tars } = writeArchives(folder)
    using readers = new Readers()
    const mixed = [...zips.slice(0, 4), ...tars]
    return [
      await inTurns('search 10 GB in zips / zipgrep', rounds, {
        ours: () => search(readers, zips),
        peer: () => forEach(zips, `zipgrep ${needle} "$file"`),
      }),
      await inTurns('search 10 GB in zips and tar.gz / bsdtar -xO | grep', rounds, {
        ours: () => search(readers, mixed),
        peer: () => forEach(mixed, `bsdtar -xOf "$file" | grep -a ${needle}`),
      }),
    ].map((row) => ({ ...row, remark: `RSS ${readers.peakMiB()} MiB` }))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The text stands in the last of the contents, which makes every sixteenth file. */
function writeArchives(folder: string): {
  readonly zips: readonly string[]
  readonly tars: readonly string[]
} {
  const contents = Array.from({ length: 16 }, (_, index) =>
    index % 8 === 0 ? randomBytes(fileBytes) : logText(fileBytes, index),
  )
  contents.at(-1)?.write(`\n${needle}\n`, fileBytes / 2, 'latin1')
  const named =
    <T>(packed: readonly T[]) =>
    (index: number): T & { readonly name: string } => ({
      ...(packed[index % packed.length] as T),
      name: `var/log/${index}.log`,
    })
  const inZip = named(contents.map(deflated))
  const inTar = named(contents.map(packedBlocks))
  const zips = Array.from({ length: 8 }, (_, index) => join(folder, `${index}.zip`))
  const tars = Array.from({ length: 4 }, (_, index) => join(folder, `${index}.tar.gz`))
  for (const file of zips) writeLargeZip(file, files, inZip)
  for (const file of tars) writeLargeTarGz(file, files, inTar)
  return { zips, tars }
}

async function search(readers: Readers, archives: readonly string[]): Promise<void> {
  const waiting = [...archives]
  let hits = 0
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const found = readers.search(file, { text: needle, in: 'contents', matchCase: true })
      for await (const batch of found) hits += batch.hits.length
    }
  }
  await Promise.all([work(), work()])
  if (hits !== (archives.length * files) / 16) throw new Error(`${hits} hits are not all, or too many.`)
}

async function forEach(archives: readonly string[], command: string): Promise<void> {
  // What comes of the last command says whether something was found in the last archive, and something was.
  await runTool('sh', '-c', `for file; do ${command}; done`, 'sh', ...archives)
}
