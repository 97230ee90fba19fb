import type { ClientRequest, IncomingMessage } from 'node:http'
import { FailureError } from '../../shared/failure.ts'
import { reasonOf, type SilenceWatch } from './deadlines.ts'
import { lineFailure } from './socket-failure.ts'

/**
 * A request that got no answer. `requestSent` is false only where it is certain that no byte of it left: the one
 * fact that decides whether a changing call may have happened.
 */
export class RequestError extends FailureError {
  readonly requestSent: boolean

  constructor(failure: FailureError, requestSent: boolean) {
    super(failure.failure, { cause: failure.cause ?? failure })
    this.requestSent = requestSent
  }
}

export interface SendOptions {
  readonly address: string
  readonly phase: string
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  readonly signal: AbortSignal
  readonly watch: SilenceWatch
}

/**
 * Sends a request with its body and waits for the head of the answer. An answer that comes before the body is all sent
 * (a refusal) ends the sending.
 * @throws RequestError
 */
export async function sendRequest(request: ClientRequest, options: SendOptions): Promise<IncomingMessage> {
  const { address, phase, signal, watch } = options
  const either = AbortSignal.any([signal, watch.signal])
  let sent = false
  let bytesSent = 0
  // A socket is given to a request only after its certificate was checked; until then nothing can have left.
  request.once('socket', () => {
    sent = true
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.on('error', reject)
    request.once('close', () => {
      reject(new Error('closed without an answer'))
    })
    const onAbort = (): void => {
      reject(reasonOf(either, phase))
      request.destroy()
    }
    if (either.aborted) onAbort()
    else either.addEventListener('abort', onAbort)
  })
  answered.catch(() => undefined)
  try {
    const over = answered.then(
      () => true,
      () => true,
    )
    for await (const piece of options.body) {
      watch.touch()
      const writable = request.write(piece)
      bytesSent += piece.length
      if (!writable && (await Promise.race([drained(request), over]))) break
    }
    request.end()
    const response = await answered
    watch.touch()
    return response
  } catch (error) {
    request.destroy()
    throw new RequestError(lineFailure(error, address, phase, bytesSent), sent)
  }
}

async function drained(request: ClientRequest): Promise<boolean> {
  await new Promise<void>((resolve) => {
    request.once('drain', resolve)
  })
  return false
}
