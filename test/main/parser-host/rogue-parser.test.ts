import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { ToParser } from '../../../src/main/parser-host/messages.ts'
import { ParserClient } from '../../../src/main/parser-host/parser-client.ts'
import { never, quick } from './bench.ts'

/** A process that has been taken over: it says what the test wants, and remembers that it was ended. */
class Rogue {
  isKilled = false
  readonly heard: ToParser[] = []
  #say: (message: unknown) => void = () => undefined
  readonly #reply: (message: ToParser, say: (message: unknown) => void) => void

  constructor(reply: (message: ToParser, say: (message: unknown) => void) => void) {
    this.#reply = reply
  }

  readonly start = () => ({
    post: (message: ToParser) => {
      this.heard.push(message)
      queueMicrotask(() => {
        this.#reply(message, this.#say)
      })
    },
    onMessage: (listener: (message: unknown) => void) => {
      this.#say = listener
    },
    onExit: () => undefined,
    kill: () => {
      this.isKilled = true
    },
  })
}

const opened = {
  archive: 1,
  container: 'zip',
  archiveBytes: 1,
  count: 0,
  unpackedBytes: 0,
  verdict: { verdict: 'ok' },
}
const open = { file: '/x.zip', name: 'x.zip', mayBeOpaque: false }
const options = { name: 'x.zip', signal: never }

describe('I24: what a parser process says is believed only where it fits', () => {
  const impossible: Readonly<Record<string, (call: number) => unknown>> = {
    'no object': () => 'hello',
    'an unknown kind': (call) => ({ kind: 'shell', call }),
    'an answer with another shape': (call) => ({
      kind: 'answer',
      call,
      output: { ...opened, count: 'many' },
    }),
    'an answer to a call that was never made': () => ({ kind: 'answer', call: 99, output: opened }),
    'a failure with an unknown code': (call) => ({ kind: 'failure', call, failure: { code: 'all-is-well' } }),
    'a message with something extra': (call) => ({ kind: 'progress', call, bytesDone: 1, path: '/etc' }),
    'a batch where none may come': (call) => ({ kind: 'batch', call, batch: { rows: [] } }),
  }
  test.each(Object.entries(impossible))('%s ends it', async (_what, message) => {
    const rogue = new Rogue((heard, say) => {
      if (heard.kind === 'call') say(message(heard.call))
    })
    const client = new ParserClient(rogue.start, quick)
    await expect(client.call('open', open, options)).rejects.toMatchObject({
      failure: { code: 'parser-died', archive: 'x.zip', reason: 'answer' },
    })
    expect(rogue.isKilled).toBe(true)
    expect(client.isAlive).toBe(false)
  })

  test('one that answers pings and nothing else is ended as silent', async () => {
    const rogue = new Rogue((heard, say) => {
      if (heard.kind === 'ping') say({ kind: 'pong', ping: heard.ping, rssBytes: 1, bytesRead: 0 })
    })
    const client = new ParserClient(rogue.start, { ...quick, pingEveryMs: 10, silenceMs: 100 })
    await expect(client.call('open', open, options)).rejects.toMatchObject({
      failure: { code: 'parser-died', reason: 'silent' },
    })
  })

  test('one that still reads is not silent', async () => {
    let bytesRead = 0
    const rogue = new Rogue((heard, say) => {
      if (heard.kind !== 'ping') return
      bytesRead += 1
      say({ kind: 'pong', ping: heard.ping, rssBytes: 1, bytesRead })
    })
    const client = new ParserClient(rogue.start, { ...quick, pingEveryMs: 10, silenceMs: 100 })
    const cancel = new AbortController()
    const opening = client.call('open', open, { name: 'x.zip', signal: cancel.signal })
    const outcome = expect(opening).rejects.toThrow('given up')
    await sleep(400)
    expect(client.isAlive).toBe(true)
    cancel.abort(new Error('given up'))
    await outcome
    client.close()
  })
})

test('a cancelled call says so to the process and fails with the reason', async () => {
  const rogue = new Rogue(() => undefined)
  const client = new ParserClient(rogue.start, quick)
  const cancel = new AbortController()
  const opening = client.call('open', open, { name: 'x.zip', signal: cancel.signal })
  const outcome = expect(opening).rejects.toThrow('enough')
  cancel.abort(new Error('enough'))
  await outcome
  expect(rogue.heard.map(({ kind }) => kind)).toEqual(['call', 'cancel'])
  client.close()
})

test('a reader that stops early cancels what it reads', async () => {
  const rogue = new Rogue((heard, say) => {
    if (heard.kind === 'call')
      for (let at = 0; at < 4; at += 1) say({ kind: 'batch', call: heard.call, batch: new Uint8Array(1) })
  })
  const client = new ParserClient(rogue.start, quick)
  for await (const piece of client.stream('read', { archive: 1 as never, path: 'a' }, options)) {
    expect(piece.length).toBe(1)
    break
  }
  expect(rogue.heard.at(-1)).toEqual({ kind: 'cancel', call: 1 })
  client.close()
})
