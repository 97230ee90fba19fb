import { FailureError } from '../../shared/failure.ts'
import { ParserFault } from './parser-fault.ts'
import type { FromParser, ToParser } from './messages.ts'

interface PendingOptions {
  readonly call: number
  readonly archive: string
  readonly onProgress: ((bytesDone: number) => void) | undefined
  readonly post: (message: ToParser) => void
}

type Spoken = Extract<FromParser, { readonly call: number }>

/** A call that has been sent: what came of it so far, and what its reader has taken. */
export class PendingCall {
  /** Batches that may be on their way at once. */
  static readonly window = 4

  readonly #options: PendingOptions
  readonly #batches: unknown[] = []
  #ended: { readonly output: unknown } | { readonly error: unknown } | undefined
  #wake: (() => void) | undefined
  #ticks = 0

  constructor(options: PendingOptions) {
    this.#options = options
  }

  take(message: Spoken): void {
    this.#ticks = 0
    switch (message.kind) {
      case 'progress':
        this.#options.onProgress?.(message.bytesDone)
        return
      case 'batch':
        this.#batches.push(message.batch)
        break
      case 'answer':
        this.#ended ??= { output: message.output }
        break
      case 'failure':
        this.#ended ??= { error: new FailureError(message.failure) }
        break
      case 'error':
        this.#ended ??= { error: new ParserFault(message.text) }
    }
    this.#wake?.()
  }

  /** What comes on the way, to its end. Throws what the call failed with. */
  async *batches(): AsyncGenerator {
    for (;;) {
      const batch = this.#batches.shift()
      if (batch !== undefined) {
        yield batch
        this.#ticks = 0
        if (this.#ended === undefined)
          this.#options.post({ kind: 'taken', call: this.#options.call, batches: 1 })
      } else if (this.#ended === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      } else {
        if ('error' in this.#ended) throw this.#ended.error
        return
      }
    }
  }

  output(): unknown {
    return this.#ended !== undefined && 'output' in this.#ended ? this.#ended.output : undefined
  }

  /** The process does something, be it for this call or another. */
  lives(): void {
    this.#ticks = 0
  }

  /** Counts a tick of silence; while the reader has something to take, the call may not speak and is not counted. */
  tick(): number {
    if (this.#batches.length > 0) this.#ticks = 0
    else this.#ticks += 1
    return this.#ticks
  }

  cancel(reason: unknown): void {
    if (this.#ended !== undefined) return
    this.#ended = { error: reason }
    this.#batches.length = 0
    this.#options.post({ kind: 'cancel', call: this.#options.call })
    this.#wake?.()
  }

  fail(makeError: (archive: string) => Error): void {
    this.#ended ??= { error: makeError(this.#options.archive) }
    this.#wake?.()
  }

  /** The reader is gone: a call that has not ended is cancelled. */
  leave(): void {
    if (this.#ended === undefined) this.#options.post({ kind: 'cancel', call: this.#options.call })
  }
}
