import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArchive } from '../../src/main/archives/open.ts'
import { buildZip } from '../corpus/zip-bytes.ts'
import { inTurns, type BenchRow } from './in-turns.ts'

/**
 * Opening a zip of 100,000 entries with all checks against `unzip -l`, and testing every content against `unzip -tq`,
 * in turns. The reader runs already, as it does in the app; the peer starts anew each time, as it has to.
 */
export async function benchArchives(rounds = 5): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-archives-'))
  try {
    const file = join(folder, '100000.zip')
    await writeFile(file, manyEntries(100_000))
    return [
      await inTurns('open and check 100,000 entries / unzip -l', rounds, {
        ours: () => open(file),
        peer: () => unzip('-l', file),
      }),
      await inTurns('test 100,000 contents / unzip -tq', rounds, {
        ours: () => readAll(file),
        peer: () => unzip('-tq', file),
      }),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

function manyEntries(count: number): Buffer {
  const entries = Array.from({ length: count }, (_, index) => ({
    name: `folder${Math.floor(index / 1000)}/sub/file${index}.json`,
    unixMode: 0o100644,
    content: `{"number":${index},"text":"hello hello hello hello"}`,
  }))
  return buildZip(entries, { zip64: {} })
}

async function open(file: string): Promise<void> {
  await using archive = await openArchive(file)
  if (archive.count === 0) throw new Error('The archive is empty.')
}

async function readAll(file: string): Promise<void> {
  await using archive = await openArchive(file)
  let bytes = 0
  for await (const { content } of archive.readAll({ signal: new AbortController().signal })) {
    for await (const piece of content) bytes += piece.length
  }
  if (bytes !== archive.unpackedBytes) throw new Error('Not everything was read.')
}

/** Runs unzip and throws away what it prints: reading a pipe would be part of its time. */
async function unzip(...args: readonly string[]): Promise<void> {
  const [code] = (await once(spawn('unzip', args, { stdio: 'ignore' }), 'close')) as [number | null]
  if (code !== 0) throw new Error(`unzip ended with ${String(code)}.`)
}
