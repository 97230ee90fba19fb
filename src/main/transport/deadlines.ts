import { FailureError, type Failure } from '../../shared/failure.ts'

/** How long a device may be silent, in milliseconds. Bytes that move, in either direction, start the time anew. */
export interface Deadlines {
  /** For the TCP connection to stand. */
  readonly connectMs: number
  /** For each phase of the handshake and the login. */
  readonly handshakeMs: number
  /** Between two signs of life while a request or a transfer is under way. */
  readonly idleMs: number
}

export const defaultDeadlines: Deadlines = { connectMs: 10_000, handshakeMs: 20_000, idleMs: 30_000 }

/**
 * Watches one wait: aborts with `device-silent` when nothing has moved for too long. Uses a clock that only runs
 * forward, so a change of the wall clock neither ends a wait nor prolongs it.
 */
export class SilenceWatch implements Disposable {
  readonly #controller = new AbortController()
  readonly #address: string
  #phase: string
  #limitMs: number
  #timer: NodeJS.Timeout

  constructor(address: string, phase: string, limitMs: number) {
    this.#address = address
    this.#phase = phase
    this.#limitMs = limitMs
    this.#timer = this.#start()
  }

  /** Aborted when the silence lasted too long. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Something moved. */
  touch(): void {
    this.#timer.refresh()
  }

  /** The wait goes on with something else. */
  enter(phase: string, limitMs: number): void {
    clearTimeout(this.#timer)
    this.#phase = phase
    this.#limitMs = limitMs
    this.#timer = this.#start()
  }

  get phase(): string {
    return this.#phase
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#controller.abort(new FailureError(this.#failure()))
    }, this.#limitMs)
  }

  #failure(): Failure {
    const seconds = Math.round(this.#limitMs / 100) / 10
    return { code: 'device-silent', address: this.#address, phase: this.#phase, seconds }
  }
}

/** What an aborted signal says: its own failure where it carries one, else `cancelled`. */
export function reasonOf(signal: AbortSignal, phase: string): Error {
  const reason: unknown = signal.reason
  if (reason instanceof FailureError) return reason
  return new FailureError({ code: 'cancelled', phase }, { cause: reason })
}

/** Waits for `work`, but not longer than until one of the signals is aborted; then rejects with its reason. */
export async function until<T>(work: Promise<T>, signals: readonly AbortSignal[], phase: string): Promise<T> {
  const signal = AbortSignal.any([...signals])
  // Whoever comes too late is not listened to any more, and must not count as unhandled.
  work.catch(() => undefined)
  if (signal.aborted) throw reasonOf(signal, phase)
  let onAbort: () => void = () => undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(reasonOf(signal, phase))
    }
    signal.addEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
