import { FailureError } from '../../shared/failure.ts'
import type { Failure } from '../../shared/failure.ts'
import { calls, type CallBatch, type CallInput, type CallName, type CallOutput } from './contract.ts'
import { fromParserSchema, type FromParser } from './messages.ts'
import type { ParserPort, StartParser } from './parser-port.ts'
import { PendingCall } from './pending-call.ts'

/** Why a parser process was ended; `ended`: by itself or by somebody else. */
export type ParserEnd = Failure<'parser-died'>['reason']

export interface ParserTiming {
  readonly pingEveryMs: number
  /** A process that leaves so many pings unanswered is frozen. */
  readonly pingsMissed: number
  /** A call that says nothing for so long, while it has leave to speak, is stuck. */
  readonly silenceMs: number
  readonly rssBytes: number
}

export const parserTiming: ParserTiming = {
  pingEveryMs: 2_000,
  pingsMissed: 5,
  silenceMs: 60_000,
  rssBytes: 1024 * 1024 * 1024,
}

export interface CallOptions {
  /** What failures call the archive that is being read. */
  readonly name: string
  readonly signal: AbortSignal
  readonly onProgress?: (bytesDone: number) => void
}

/**
 * One parser process and the calls to it. It is watched while something is asked of it: where it ends, freezes, grows
 * or answers with something else than the contract says, it is killed and every call fails with `parser-died`.
 */
export class ParserClient {
  readonly #port: ParserPort
  readonly #timing: ParserTiming
  readonly #pending = new Map<number, PendingCall>()
  #lastCall = 0
  #lastPing = 0
  #lastPong = 0
  #bytesRead = 0
  #watch: NodeJS.Timeout | undefined
  #end: ParserEnd | undefined

  constructor(start: StartParser, timing: ParserTiming = parserTiming) {
    this.#timing = timing
    this.#port = start()
    this.#port.onMessage((message) => {
      this.#take(message)
    })
    this.#port.onExit(() => {
      this.#die('ended')
    })
  }

  /** False once the process has ended; another client has to be made then. */
  get isAlive(): boolean {
    return this.#end === undefined
  }

  get callsRunning(): number {
    return this.#pending.size
  }

  /** @throws FailureError what the operation throws, `cancelled`, `parser-died` */
  async call<N extends CallName>(name: N, input: CallInput<N>, options: CallOptions): Promise<CallOutput<N>> {
    const answers = this.#begin(name, input, options)
    let next = await answers.next()
    while (next.done !== true) next = await answers.next()
    return next.value
  }

  /** As `call`, with what comes on the way. Ending early cancels the call. */
  stream<N extends CallName>(
    name: N,
    input: CallInput<N>,
    options: CallOptions,
  ): AsyncGenerator<CallBatch<N>, CallOutput<N>> {
    return this.#begin(name, input, options)
  }

  /** Ends the process; what still runs fails with `parser-died`. */
  close(): void {
    this.#die('ended')
  }

  async *#begin<N extends CallName>(
    name: N,
    input: CallInput<N>,
    { name: archive, signal, onProgress }: CallOptions,
  ): AsyncGenerator<CallBatch<N>, CallOutput<N>> {
    signal.throwIfAborted()
    if (this.#end !== undefined) throw died(archive, this.#end)
    const call = (this.#lastCall += 1)
    const pending = new PendingCall({
      archive,
      onProgress,
      post: (message) => this.#port.post(message),
      call,
    })
    this.#pending.set(call, pending)
    const cancel = (): void => {
      pending.cancel(signal.reason)
    }
    signal.addEventListener('abort', cancel, { once: true })
    try {
      this.#port.post({ kind: 'call', call, name, input, window: PendingCall.window })
      this.#startWatch()
      const { batch, output } = calls[name]
      for await (const each of pending.batches())
        yield this.#checked(batch.safeParse(each), archive) as CallBatch<N>
      return this.#checked(output.safeParse(pending.output()), archive) as CallOutput<N>
    } finally {
      signal.removeEventListener('abort', cancel)
      pending.leave()
      this.#pending.delete(call)
      if (this.#pending.size === 0) this.#stopWatch()
    }
  }

  #checked(parsed: { readonly success: boolean; readonly data?: unknown }, archive: string): unknown {
    if (parsed.success) return parsed.data
    this.#die('answer')
    throw died(archive, 'answer')
  }

  #take(message: unknown): void {
    const parsed = fromParserSchema.safeParse(message)
    if (!parsed.success) {
      this.#die('answer')
      return
    }
    this.#heard(parsed.data)
  }

  #heard(message: FromParser): void {
    if (message.kind === 'ready') return
    if (message.kind === 'pong') {
      this.#lastPong = message.ping
      if (message.bytesRead !== this.#bytesRead) for (const pending of this.#pending.values()) pending.lives()
      this.#bytesRead = message.bytesRead
      if (message.rssBytes > this.#timing.rssBytes) this.#die('memory')
      return
    }
    // A call that was given up may still have spoken in the meantime.
    if (message.call > this.#lastCall) this.#die('answer')
    else this.#pending.get(message.call)?.take(message)
  }

  #startWatch(): void {
    if (this.#watch !== undefined) return
    this.#lastPong = this.#lastPing
    this.#watch = setInterval(() => {
      this.#look()
    }, this.#timing.pingEveryMs)
  }

  #stopWatch(): void {
    clearInterval(this.#watch)
    this.#watch = undefined
  }

  // Pings are counted instead of milliseconds: while a laptop sleeps, neither side counts.
  #look(): void {
    if (this.#lastPing - this.#lastPong >= this.#timing.pingsMissed) {
      this.#die('frozen')
      return
    }
    const ticks = Math.ceil(this.#timing.silenceMs / this.#timing.pingEveryMs)
    for (const pending of this.#pending.values()) {
      if (pending.tick() > ticks) {
        this.#die('silent')
        return
      }
    }
    this.#port.post({ kind: 'ping', ping: (this.#lastPing += 1) })
  }

  #die(reason: ParserEnd): void {
    if (this.#end !== undefined) return
    this.#end = reason
    this.#stopWatch()
    this.#port.kill()
    for (const pending of this.#pending.values()) pending.fail((archive) => died(archive, reason))
  }
}

function died(archive: string, reason: ParserEnd): FailureError {
  return new FailureError({ code: 'parser-died', archive, reason })
}
