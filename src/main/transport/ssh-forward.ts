import type { OutgoingHttpHeaders } from 'node:http'
import type { ClientChannel } from 'ssh2'
import { until, Watch, type Deadlines } from './deadlines.ts'
import { HttpViolation, type ResponseHead } from './http-head.ts'
import { ResponseReader } from './http-response.ts'
import { headOf } from './https-request.ts'
import { requestError } from './request-error.ts'
import { unexpected } from './socket-failure.ts'
import type { SshLine } from './ssh-line.ts'
import { openOn } from './ssh-open.ts'

/** A request to a service that listens on the device itself. It only reads: nothing is sent but its head. */
export interface ForwardedRequest {
  /** Port on the device, 1..65535. */
  readonly port: number
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  readonly signal: AbortSignal
  readonly idleMs?: number
  readonly totalMs?: number
}

/** An answer, whatever its status; redirects are not followed. At most 1 MiB of body. */
export interface ForwardedAnswer {
  readonly status: number
  readonly headers: ResponseHead['headers']
  readonly body: Buffer
}

const bodyBytes = 1024 * 1024
const loopback = '127.0.0.1'

/**
 * Sends one request through the SSH connection and reads its answer.
 * @throws RequestError with `unexpected-answer` where nobody listens there or no HTTP is spoken, `connection-lost`,
 * `device-silent`, `cancelled`
 */
export async function askThrough(
  line: SshLine,
  deadlines: Deadlines,
  request: ForwardedRequest,
): Promise<ForwardedAnswer> {
  const { port, path } = request
  const name = `GET ${path}`
  using watch = new Watch({
    address: line.address,
    phase: name,
    idleMs: request.idleMs ?? deadlines.idleMs,
    totalMs: request.totalMs ?? deadlines.totalMs,
    signals: [request.signal, line.lost],
  })
  const head = headOf(
    {
      method: 'GET',
      path,
      headers: { ...request.headers, connection: 'close' },
      signal: request.signal,
    },
    { protocol: 'https', host: loopback, port },
  )
  const { answer } = await openOn<ClientChannel, { readonly answer: Promise<ForwardedAnswer> }>(line, watch, {
    name,
    ask: (answer) => {
      line.client.forwardOut(loopback, 0, loopback, port, answer)
    },
    take: (channel) => ({ answer: exchange(channel, { line, watch, head, name }) }),
    letGo: discard,
  })
  return await answer
}

interface Exchange {
  readonly line: SshLine
  readonly watch: Watch
  readonly head: Buffer
  readonly name: string
}

async function exchange(
  channel: ClientChannel,
  { line, watch, head, name }: Exchange,
): Promise<ForwardedAnswer> {
  const { address } = line
  const release = line.hold({ heldBytes: () => channel.readableLength })
  const pieces: Buffer[] = []
  let answer: ResponseHead | undefined
  const reader = new ResponseReader('GET', {
    onHead: (received) => {
      answer = received
    },
    onContent: (content) => {
      pieces.push(Buffer.from(content))
    },
  })
  const whole = new Promise<void>((resolve, reject) => {
    const fail = (detail: string, cause?: unknown): void => {
      reject(unexpected(address, name, detail, cause))
    }
    channel.on('data', (bytes: Buffer) => {
      watch.touch()
      try {
        if (reader.feed(bytes) > 0) fail('more than one answer')
        else if (reader.contentBytes > bodyBytes) fail(`more than ${String(bodyBytes)} bytes`)
        else if (reader.isComplete) resolve()
      } catch (error) {
        fail(error instanceof HttpViolation ? error.message : String(error), error)
      }
    })
    channel.on('error', (error: Error) => {
      fail(error.message, error)
    })
    const over = (): void => {
      if (line.lost.aborted) reject(watch.reason)
      else if (reader.framing?.kind === 'until-close') resolve()
      else fail('closed before its end')
    }
    // A service that has said its last word keeps its side open until ours is closed, too.
    channel.on('end', over)
    channel.on('close', over)
  })
  try {
    channel.write(head)
    await until(whole, watch)
    if (!answer) throw unexpected(address, name, 'no answer')
    return { status: answer.status, headers: answer.headers, body: Buffer.concat(pieces) }
  } catch (error) {
    throw requestError(error, { address, phase: name, bytesDone: reader.contentBytes, requestSent: true })
  } finally {
    release()
    discard(channel)
  }
}

function discard(channel: ClientChannel): void {
  channel.on('error', () => undefined)
  channel.pause()
  channel.close()
}
