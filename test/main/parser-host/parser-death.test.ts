import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { beforeAll, expect, test } from 'vitest'
import { parserTiming, type ParserClient } from '../../../src/main/parser-host/parser-client.ts'
import { builtParser } from '../../cli/built-cli.ts'
import { manyEntries, never, quick, startParser, zipOf } from './bench.ts'

// C6 of the reliability plan: 50 deaths in all, and main never waits for one of them.

beforeAll(builtParser, 120_000)

/** Opens and reads until something ends it. */
async function readOn(client: ParserClient, file: string): Promise<void> {
  for (;;) {
    const options = { name: 'many.zip', signal: never }
    const opened = await client.call('open', { file, name: 'many.zip', mayBeOpaque: false }, options)
    await client.call('test', { archive: opened.archive, part: 0, parts: 1 }, options)
    await client.call('close', { archive: opened.archive }, options)
  }
}

/** What a thread that does nothing waits for meanwhile is the machine's doing, not main's. */
const idleThread = `
const { parentPort } = require('node:worker_threads')
const delay = require('node:perf_hooks').monitorEventLoopDelay({ resolution: 5 })
delay.enable()
parentPort.once('message', () => { parentPort.postMessage(delay.percentile(99) / 1e6) })`

async function whileResponsive(work: () => Promise<void>): Promise<void> {
  const idle = new Worker(idleThread, { eval: true })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  try {
    await work()
    delay.disable()
    idle.postMessage('tell')
    const [machineMs] = (await once(idle, 'message')) as [number]
    expect(delay.percentile(99) / 1e6 - machineMs).toBeLessThan(100)
  } finally {
    await idle.terminate()
  }
}

test.each([0, 1, 2, 3, 4])(
  'C6: a killed process is a failure at whatever moment, and the file is as it was (round %i)',
  async (round) => {
    const { file, isUnchanged } = await manyEntries(5_000)
    await whileResponsive(async () => {
      for (let point = 0; point < 5; point += 1) {
        const { client, pid } = await startParser()
        const reading = readOn(client, file)
        const outcome = expect(reading).rejects.toMatchObject({
          failure: { code: 'parser-died', archive: 'many.zip', reason: 'ended' },
        })
        await sleep((round * 5 + point) * 17)
        process.kill(pid, 'SIGKILL')
        await outcome
        expect(client.isAlive).toBe(false)
      }
    })
    expect(await isUnchanged()).toBe(true)
  },
  60_000,
)

test.each([0, 1, 2])(
  'C6: a stopped process is found frozen and ended (round %i)',
  async (round) => {
    const { file, isUnchanged } = await manyEntries(5_000)
    await whileResponsive(async () => {
      await Promise.all(
        [0, 1, 2, 3, 4].map(async (point) => {
          const { client, pid } = await startParser({ timing: quick })
          const outcome = expect(readOn(client, file)).rejects.toMatchObject({
            failure: { code: 'parser-died', reason: 'frozen' },
          })
          await sleep((round * 5 + point) * 31)
          process.kill(pid, 'SIGSTOP')
          await outcome
          await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false)
        }),
      )
    })
    expect(await isUnchanged()).toBe(true)
  },
  60_000,
)

test('C6: a process that a document drives out of its heap is a failure each of ten times', async () => {
  // 15 MiB of text that are hundreds of MiB as values: what the reader of a setup file has to parse.
  const bomb = `{"a":[${'[],'.repeat(5_000_000)}[]]}`
  const { file, isUnchanged } = await zipOf([{ name: 'ctrlx-setup.json', content: bomb }])
  await whileResponsive(async () => {
    for (let point = 0; point < 10; point += 1) {
      const { client } = await startParser({ heapMiB: 48 })
      const options = { name: 'many.zip', signal: never }
      const opened = await client.call('open', { file, name: 'many.zip', mayBeOpaque: false }, options)
      const reading = client.call(
        'describe',
        {
          archive: opened.archive,
          families: ['ctrlx-core'],
          recorded: { readAt: '2026-11-28T06:00:00.000Z' },
        },
        options,
      )
      await expect(reading).rejects.toMatchObject({ failure: { code: 'parser-died', reason: 'ended' } })
    }
  })
  expect(await isUnchanged()).toBe(true)
}, 120_000)

test('a process that grows beyond its memory is ended', async () => {
  const { file } = await manyEntries(1_000)
  const { client } = await startParser({
    timing: { ...parserTiming, pingEveryMs: 100, pingsMissed: 100, rssBytes: 10 * 1024 * 1024 },
  })
  await expect(readOn(client, file)).rejects.toMatchObject({
    failure: { code: 'parser-died', reason: 'memory' },
  })
})

test('with nothing asked of it, a process is not watched and may sleep', async () => {
  const { file } = await manyEntries(10)
  const { client, pid } = await startParser({ timing: quick })
  const options = { name: 'many.zip', signal: never }
  const opened = await client.call('open', { file, name: 'many.zip', mayBeOpaque: false }, options)
  process.kill(pid, 'SIGSTOP')
  await sleep(quick.pingEveryMs * (quick.pingsMissed + 3))
  process.kill(pid, 'SIGCONT')
  expect(client.isAlive).toBe(true)
  await client.call('close', { archive: opened.archive }, options)
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // There is no such process any more.
    return false
  }
}
