import { FailureError } from '../../shared/failure.ts'
import { FrontCache } from '../archives/front-cache.ts'
import { MemoryBudget } from '../archives/memory-budget.ts'
import { nestedBytesAtMost } from '../archives/nested.ts'
import { archiveReaderOf } from '../families/readers.ts'
import type { ArchiveReaderOf } from '../families/archive-reader.ts'
import type { CallName } from './contract.ts'
import { OpenHandles } from './handle-shelf.ts'
import type { FromParser, ToParser } from './messages.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations/index.ts'

const maxErrorText = 20_000
const progressEveryMs = 50

interface Running {
  readonly controller: AbortController
  /** Batches that may still be sent before the reader has to take some. */
  credit: number
  wake: (() => void) | undefined
}

/** Answers calls until the process ends; gives what takes a message from main. The one loop of the parser process. */
export function serveCalls(
  send: (message: FromParser) => void,
  readerOf: ArchiveReaderOf = archiveReaderOf,
): (message: ToParser) => void {
  const handles = new OpenHandles()
  const memory = { nested: new MemoryBudget(nestedBytesAtMost), fronts: new FrontCache() }
  const running = new Map<number, Running>()
  let bytesRead = 0
  const onRead = (bytes: number): void => {
    bytesRead += bytes
  }

  async function answer(message: ToParser & { readonly kind: 'call' }): Promise<void> {
    const { call, name, input } = message
    const state: Running = { controller: new AbortController(), credit: message.window, wake: undefined }
    const { signal } = state.controller
    running.set(call, state)
    try {
      // The name is one of the contract, so the input is that of its operation; the compiler cannot follow the map.
      const run = operations[name as CallName] as Operation<CallName>
      const output = await run(input as never, {
        archive: handles.get,
        signal,
        shelf: handles,
        memory,
        readerOf,
        progress: throttled((bytesDone) => {
          send({ kind: 'progress', call, bytesDone })
        }),
        onRead,
        emit: async (batch) => {
          signal.throwIfAborted()
          state.credit -= 1
          send({ kind: 'batch', call, batch })
          if (state.credit > 0) return
          await new Promise<void>((resolve) => {
            state.wake = resolve
          })
          signal.throwIfAborted()
        },
      })
      send({ kind: 'answer', call, output })
    } catch (error) {
      send(
        error instanceof FailureError
          ? { kind: 'failure', call, failure: error.failure }
          : { kind: 'error', call, text: textOf(error) },
      )
    } finally {
      running.delete(call)
    }
  }

  return (message) => {
    if (message.kind === 'ping') {
      send({ kind: 'pong', ping: message.ping, rssBytes: process.memoryUsage.rss(), bytesRead })
      return
    }
    if (message.kind === 'call') {
      void answer(message)
      return
    }
    const state = running.get(message.call)
    if (state === undefined) return
    if (message.kind === 'cancel') state.controller.abort(cancelled())
    else state.credit += message.batches
    if (state.credit > 0 || state.controller.signal.aborted) {
      state.wake?.()
      state.wake = undefined
    }
  }
}

function throttled(report: (bytesDone: number) => void): (bytesDone: number) => void {
  let last = 0
  return (bytesDone) => {
    const now = performance.now()
    if (now - last < progressEveryMs) return
    last = now
    report(bytesDone)
  }
}

function cancelled(): FailureError {
  return new FailureError({ code: 'cancelled', phase: 'reading' })
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.slice(0, maxErrorText)
}
