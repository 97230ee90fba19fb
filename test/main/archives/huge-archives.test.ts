import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HostedArchive } from '../../../src/main/parser-host/hosted-archive.ts'
import type { ParserClient } from '../../../src/main/parser-host/parser-client.ts'
import { builtParser } from '../../cli/built-cli.ts'
import { stored, writeLargeZip } from '../../corpus/large-zip.ts'
import { writeSparseTar, writeSparseZip } from '../../corpus/sparse-archives.ts'
import { never, startParser } from '../parser-host/bench.ts'

// K2 and K3 of the reliability plan, through the real parser process. The caps are those of the plan.

const MB = 1_000_000
let folder: string
beforeAll(async () => {
  await builtParser()
  folder = await mkdtemp(join(tmpdir(), 'huge-'))
}, 120_000)
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function open(client: ParserClient, file: string, signal = never): Promise<HostedArchive> {
  const opened = await client.call(
    'open',
    { file, name: 'huge', mayBeOpaque: false },
    { name: 'huge', signal },
  )
  return new HostedArchive(client, 'huge', opened)
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const start = performance.now()
  const result = await work()
  return { ms: performance.now() - start, result }
}

/** The most memory a process ever had. Linux only, as are the machines that run the tests. */
async function peakBytes(pid: number): Promise<number> {
  const [, kib] = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${String(pid)}/status`, 'utf8')) ?? []
  return Number(kib) * 1024
}

/** How long the process needs to be free again after work in it was cancelled. */
async function cancelled(
  client: ParserClient,
  work: (signal: AbortSignal) => Promise<unknown>,
  small: string,
): Promise<number> {
  const controller = new AbortController()
  const working = expect(work(controller.signal)).rejects.toThrow('enough')
  await new Promise((resolve) => setTimeout(resolve, 100))
  const { ms } = await timed(async () => {
    controller.abort(new Error('enough'))
    await working
    await using archive = await open(client, small)
    return archive.count
  })
  return ms
}

describe('K2: an archive of 1,000,000 entries', () => {
  let file: string
  let small: string
  beforeAll(() => {
    file = join(folder, 'million.zip')
    small = join(folder, 'small.zip')
    const content = stored(Buffer.from('{}'))
    writeLargeZip(file, 1_000_000, (index) => ({
      ...content,
      name: `folder ${index % 1000}/file ${index}.json`,
    }))
    writeLargeZip(small, 1, () => ({ ...content, name: 'one' }))
  }, 120_000)

  test('is opened and checked, and shown level by level', { timeout: 60_000 }, async () => {
    const { client, pid } = await startParser()
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const opened = await timed(() => open(client, file))
    expect(opened.ms).toBeLessThan(5000)
    await using archive = opened.result
    expect(archive.count).toBe(1_000_000)

    const level = (path: string, from: number): Promise<{ readonly total: number }> =>
      archive.call('folder', { path, from, count: 200 }, { signal: never })
    const first = await timed(() => level('', 0))
    expect(first.result.total).toBe(1000)
    expect(first.ms).toBeLessThan(5000)
    const again = await timed(() => level('', 500))
    expect(again.ms).toBeLessThan(100)
    expect((await level('folder 7', 0)).total).toBe(1000)
    expect((await archive.find('folder 999/file 999999.json'))?.sizeBytes).toBe(2)

    expect(delay.percentile(99) / 1e6).toBeLessThan(50)
    expect(await peakBytes(pid)).toBeLessThan(400 * MB)
  })

  test('lets go at once when nobody waits for it any more', { timeout: 60_000 }, async () => {
    const { client } = await startParser()
    expect(await cancelled(client, (signal) => open(client, file, signal), small)).toBeLessThan(500)
    await using archive = await open(client, file)
    const testing = (signal: AbortSignal): Promise<unknown> =>
      archive.call('test', { part: 0, parts: 1 }, { signal })
    expect(await cancelled(client, testing, small)).toBeLessThan(500)
  })
})

describe('K3: an archive of 10 GB', () => {
  const border = 2 ** 32
  test.each([border - 1, border, border + 1])(
    'a zip with an entry at byte %i is opened',
    { timeout: 60_000 },
    async (offset) => {
      const file = join(folder, `${offset}.zip`)
      writeSparseZip(file, offset)
      const { client, pid } = await startParser()
      const opened = await timed(() => open(client, file))
      expect(opened.ms).toBeLessThan(2000)
      await using archive = opened.result
      expect(archive.archiveBytes).toBeGreaterThan(10 * 1000 * MB)
      const { rows } = await archive.call('folder', { path: '', from: 0, count: 10 }, { signal: never })
      expect(rows.map(({ sizeBytes }) => sizeBytes)).toEqual([offset - 31, 5 * 1024 ** 3, 1024 ** 3])
      for await (const piece of archive.read('b', { signal: never, maxBytes: 100 }))
        expect(piece).toHaveLength(100)
      expect(await peakBytes(pid)).toBeLessThan(200 * MB)
    },
  )

  test('every checksum of a zip is tested in little memory', { timeout: 150_000 }, async () => {
    const file = join(folder, 'tested.zip')
    writeSparseZip(file, border)
    const { client, pid } = await startParser()
    await using archive = await open(client, file)
    const tested = await timed(() => archive.call('test', { part: 0, parts: 1 }, { signal: never }))
    expect(tested.result).toEqual({ files: 3, bytes: archive.unpackedBytes })
    expect(tested.ms).toBeLessThan(120_000)
    expect(await peakBytes(pid)).toBeLessThan(200 * MB)
  })

  test('a tar is listed by its headers, and let go of at once', { timeout: 60_000 }, async () => {
    const [file, small] = [join(folder, 'huge.tar'), join(folder, 'small.tar.zip')]
    writeSparseTar(file)
    writeLargeZip(small, 1, () => ({ ...stored(Buffer.from('{}')), name: 'one' }))
    const { client, pid } = await startParser()
    const opened = await timed(() => open(client, file))
    expect(opened.ms).toBeLessThan(2000)
    await using archive = opened.result
    expect((await archive.readBytes('c', 100)).equals(Buffer.alloc(10))).toBe(true)
    const testing = (signal: AbortSignal): Promise<unknown> =>
      archive.call('test', { part: 0, parts: 1 }, { signal })
    expect(await cancelled(client, testing, small)).toBeLessThan(2000)
    expect(await peakBytes(pid)).toBeLessThan(200 * MB)
  })
})
