import type { IncomingMessage } from 'node:http'
import { FailureError } from '../../shared/failure.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { reasonOf, type SilenceWatch } from './deadlines.ts'
import { lineFailure } from './socket-failure.ts'

/** What a failure of a body names, and what ends the wait for it. The watch is disposed when the body is over. */
export interface BodyFacts {
  readonly address: string
  readonly request: string
  readonly signal: AbortSignal
  readonly watch: SilenceWatch
}

/** Reads a body whole. @throws FailureError `unexpected-answer` where it is larger than `atMostBytes` or encoded */
export async function readBody(
  response: IncomingMessage,
  atMostBytes: number,
  facts: BodyFacts,
): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of streamBody(response, facts).content) {
    bytes += piece.length
    if (bytes > atMostBytes) throw unexpected(facts, `more than ${String(atMostBytes)} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Gives a body as a stream that is exactly as long as it was announced. */
export function streamBody(
  response: IncomingMessage,
  facts: BodyFacts,
): { readonly announcedBytes: number | undefined; readonly content: AsyncIterable<Buffer> } {
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    response.destroy()
    throw unexpected(facts, `encoded as ${escapeUntrusted(encoding, 60)}`)
  }
  const announced = response.headers['content-length']
  const announcedBytes = announced === undefined ? undefined : Number(announced)
  return { announcedBytes, content: pieces(response, announcedBytes, facts) }
}

async function* pieces(
  response: IncomingMessage,
  announcedBytes: number | undefined,
  { address, request, signal, watch }: BodyFacts,
): AsyncGenerator<Buffer> {
  const either = AbortSignal.any([signal, watch.signal])
  const onAbort = (): void => {
    response.destroy(reasonOf(either, request))
  }
  if (either.aborted) onAbort()
  else either.addEventListener('abort', onAbort)
  let receivedBytes = 0
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      watch.touch()
      receivedBytes += piece.length
      yield piece
    }
    if (announcedBytes !== undefined && receivedBytes !== announcedBytes) {
      throw new FailureError({ code: 'length-mismatch', what: request, announcedBytes, receivedBytes })
    }
  } catch (error) {
    throw either.aborted ? reasonOf(either, request) : lineFailure(error, address, request, receivedBytes)
  } finally {
    either.removeEventListener('abort', onAbort)
    watch[Symbol.dispose]()
    response.destroy()
  }
}

/** The beginning of a body, safe to show, for answers that nobody expected. */
export function beginningOf(body: Uint8Array): string {
  return escapeUntrusted(Buffer.from(body.subarray(0, 80)).toString('utf8'), 80)
}

function unexpected({ address, request }: BodyFacts, detail: string): FailureError {
  return new FailureError({ code: 'unexpected-answer', address, request, detail })
}
