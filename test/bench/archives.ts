import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { HostedArchive } from '../../src/main/parser-host/hosted-archive.ts'
import { deflated, writeLargeZip, type LargeContent } from '../corpus/large-zip.ts'
import { logText } from '../corpus/log-text.ts'
import { inTurns, type BenchRow } from './in-turns.ts'
import { Readers, runTool } from './reader.ts'

const KiB = 1024
const MiB = 1024 * KiB
const { signal } = new AbortController()

/** Opening, testing and taking out through the parser process, each against unzip. */
export async function benchArchives(rounds = 5): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-archives-'))
  try {
    const rows = [await benchTaking(folder, rounds)]
    for (const count of [100_000, 1_000_000]) rows.push(await benchOpening(folder, count, rounds))
    rows.push(...(await benchTesting(folder, rounds)))
    return rows
  } finally {
    await rm(folder, { recursive: true })
  }
}

const nameOf = (index: number): string => `folder${Math.floor(index / 1000)}/sub/file${index}.json`

const smallContent = (index: number): LargeContent =>
  deflated(Buffer.from(`{"number":${index},"text":"hello hello hello hello"}`))

/** The reader runs already, as it does in the app; the peer starts anew each time, as it has to. */
async function benchOpening(folder: string, count: number, rounds: number): Promise<BenchRow> {
  const file = join(folder, 'many.zip')
  const content = smallContent(0)
  writeLargeZip(file, count, (index) => ({ ...content, name: nameOf(index) }))
  using readers = new Readers()
  let pauseMs = 0
  const row = await inTurns(`open and check ${count.toLocaleString('en')} entries / unzip -l`, rounds, {
    ours: async () => {
      const delays = monitorEventLoopDelay({ resolution: 1 })
      delays.enable()
      const archive = await readers.open(file)
      if (archive.count !== count) throw new Error('Not all entries are there.')
      pauseMs = Math.max(pauseMs, delays.max / 1e6)
      await archive[Symbol.asyncDispose]()
    },
    peer: () => runTool('unzip', '-l', file),
  })
  return { ...row, remark: `RSS ${readers.peakMiB()} MiB, pause ${pauseMs.toFixed(0)} ms in main` }
}

/** A file is taken out through the open archive, whole and checked, while unzip has to find it first. */
async function benchTaking(folder: string, rounds: number): Promise<BenchRow> {
  const file = join(folder, 'taking.zip')
  const wanted = 'wanted.log'
  const content = deflated(logText(MiB, 1))
  writeLargeZip(file, 100_000, (index) =>
    index === 50_000 ? { ...content, name: wanted } : { ...smallContent(index), name: nameOf(index) },
  )
  using readers = new Readers()
  await using archive = await readers.open(file)
  return await inTurns('take 1 MiB out of 100,000 entries / unzip -p', rounds, {
    ours: async () => {
      if ((await archive.readBytes(wanted, MiB)).length !== MiB) throw new Error('Not everything came.')
    },
    peer: () => runTool('unzip', '-p', file, wanted),
  })
}

/** Two processes share the work, as two cores can. */
async function benchTesting(folder: string, rounds: number): Promise<readonly BenchRow[]> {
  const small = join(folder, 'small.zip')
  writeLargeZip(small, 100_000, (index) => ({ ...smallContent(index), name: nameOf(index) }))
  const large = join(folder, 'large.zip')
  const contents = Array.from({ length: 16 }, (_, index) =>
    deflated(index % 2 === 0 ? logText(8 * MiB, index) : randomBytes(2 * MiB)),
  )
  // 16 contents have 27 MiB packed; so many of them make 2 GB.
  writeLargeZip(large, 1200, (index) => {
    const content = contents[index % contents.length] ?? smallContent(index)
    return { ...content, name: `${index}.log` }
  })
  using readers = new Readers()
  const opened = await openTwice(readers, small)
  return [
    await inTurns('open and test 100,000 small contents / unzip -t', 2 * rounds, {
      ours: () => openAndTest(readers, small),
      peer: () => runTool('unzip', '-t', small),
    }),
    await inTurns('test 100,000 small contents, once open / unzip -tq', 2 * rounds, {
      ours: () => test(opened),
      peer: () => runTool('unzip', '-tq', small),
    }),
    await inTurns('open and test a zip of 2 GB / unzip -t', Math.min(rounds, 3), {
      ours: () => openAndTest(readers, large),
      peer: () => runTool('unzip', '-t', large),
    }),
  ]
}

async function openAndTest(readers: Readers, file: string): Promise<void> {
  const shares = await openTwice(readers, file)
  await test(shares)
  for (const archive of shares) await archive[Symbol.asyncDispose]()
}

async function openTwice(readers: Readers, file: string): Promise<readonly HostedArchive[]> {
  return await Promise.all([0, 1].map(() => readers.open(file, 'background')))
}

async function test(shares: readonly HostedArchive[]): Promise<void> {
  const tested = await Promise.all(
    shares.map((archive, part) => archive.call('test', { part, parts: shares.length }, { signal })),
  )
  const files = tested.reduce((sum, share) => sum + share.files, 0)
  if (files !== shares[0]?.count) throw new Error('Not everything was tested.')
}
