import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { forkParser } from '../../src/main/parser-host/fork-parser.ts'
import type { CallBatch } from '../../src/main/parser-host/contract.ts'
import type { HostedArchive } from '../../src/main/parser-host/hosted-archive.ts'
import { ParserPool, type Lane } from '../../src/main/parser-host/parser-pool.ts'
import type { SearchQuery } from '../../src/shared/model/search.ts'

const MiB = 1024 * 1024

/** Parser processes as the app has them: forked, locked down, and running already when something is asked of them. */
export class Readers implements Disposable {
  readonly #pids: number[] = []
  readonly #pool = new ParserPool(() => {
    // The bundle of the bench has the process beside it, as that of the app has.
    const port = forkParser(join(import.meta.dirname, 'parser-process.js'))
    if (port.pid !== undefined) this.#pids.push(port.pid)
    return port
  })

  async open(file: string, lane: Lane = 'front'): Promise<HostedArchive> {
    const { signal } = new AbortController()
    return await this.#pool.open({ file, name: file, signal, lane })
  }

  async *search(file: string, query: SearchQuery): AsyncGenerator<CallBatch<'search'>> {
    const { signal } = new AbortController()
    const input = { file, name: file, mayBeOpaque: false, query, atMost: 10_000, part: 0, parts: 1 }
    yield* this.#pool.search(input, { signal })
  }

  /** The most memory that one of the processes ever had, in MiB. */
  peakMiB(): number {
    const peaks = this.#pids.map((pid) => {
      const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
      return Number(kib) * 1024
    })
    return Math.round(Math.max(0, ...peaks) / MiB)
  }

  [Symbol.dispose](): void {
    this.#pool[Symbol.dispose]()
  }
}

/** Runs a tool and throws away what it prints: reading a pipe would be part of its time. */
export async function runTool(tool: string, ...args: readonly string[]): Promise<void> {
  const [code] = (await once(spawn(tool, args, { stdio: 'ignore' }), 'close')) as [number | null]
  if (code !== 0) throw new Error(`${tool} ended with ${String(code)}.`)
}
