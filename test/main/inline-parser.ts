import { MessageChannel } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import type { OpenFile } from '../../src/main/backup/take-backup.ts'
import { Browser } from '../../src/main/browsing/browse.ts'
import type { ArchiveReaderOf } from '../../src/main/families/archive-reader.ts'
import type { HostedArchive } from '../../src/main/parser-host/hosted-archive.ts'
import type { ToParser } from '../../src/main/parser-host/messages.ts'
import { ParserPool, type OpenRequest } from '../../src/main/parser-host/parser-pool.ts'
import type { StartParser } from '../../src/main/parser-host/parser-port.ts'
import { serveCalls } from '../../src/main/parser-host/serve-calls.ts'
import type { Vault } from '../../src/main/vault/vault.ts'

/**
 * The parser's loop in this process: every message is copied as between processes, but nothing is isolated. For tests of
 * what stands in front of it; the process itself is tested in `parser-process.test.ts`.
 */
export function inlineParser(readerOf?: ArchiveReaderOf): StartParser {
  return () => {
    const { port1: near, port2: far } = new MessageChannel()
    const take = serveCalls((message) => {
      far.postMessage(message)
    }, readerOf)
    far.on('message', (message) => {
      take(message as ToParser)
    })
    near.unref()
    far.unref()
    return {
      post: (message) => {
        near.postMessage(message)
      },
      onMessage: (listener) => {
        near.on('message', listener)
        near.unref()
      },
      onExit: (listener) => {
        far.once('close', listener)
      },
      kill: () => {
        near.close()
      },
    }
  }
}

/** A pool over the parser in this process, ended with the test. */
export function inlinePool(readerOf?: ArchiveReaderOf): ParserPool {
  const pool = new ParserPool(inlineParser(readerOf))
  onTestFinished(() => {
    pool[Symbol.dispose]()
  })
  return pool
}

/** Opens a file as main does, through the parser in this process. */
export async function openHosted(
  file: string,
  options: Partial<Pick<OpenRequest, 'name' | 'password' | 'mayBeOpaque' | 'signal'>> = {},
): Promise<HostedArchive> {
  const { name = file, signal = new AbortController().signal } = options
  return await inlinePool().open({ ...options, file, name, signal, lane: 'front' })
}

/** What use cases open archives with, over the parser in this process. Close it at the end. */
export function hostedOn(
  vault: Vault,
  readerOf?: ArchiveReaderOf,
): { readonly openFile: OpenFile; readonly browser: Browser; readonly close: () => Promise<void> } {
  const pool = new ParserPool(inlineParser(readerOf))
  const browser = new Browser({
    read: (id) => vault.read(id),
    open: async ({ id, fileName, container }, options) =>
      await pool.open({
        ...options,
        file: await vault.contentPath(id),
        name: fileName,
        mayBeOpaque: container === 'opaque',
        lane: 'front',
      }),
  })
  return {
    browser,
    openFile: (file, name, signal, mayBeOpaque = false) =>
      pool.open({ file, name, signal, mayBeOpaque, lane: 'background' }),
    close: async () => {
      await browser[Symbol.asyncDispose]()
      pool[Symbol.dispose]()
    },
  }
}
