import { FailureError } from '../../shared/failure.ts'

/** How long a device may take, in milliseconds. Callers and tests may choose other times. */
export interface Deadlines {
  /** For the TCP connection to stand. */
  readonly connectMs: number
  /** For each phase of the handshake and for the login. */
  readonly handshakeMs: number
  /** Between two signs of life while a request or a transfer is under way. */
  readonly idleMs: number
  /** Between two bytes of any kind on an SSH connection; a sign of life is asked for four times as often. */
  readonly quietMs: number
  /** Of a request or command with a short answer, from beginning to end. */
  readonly totalMs: number
  /** Of a transfer, from beginning to end. */
  readonly transferMs: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export const defaultDeadlines: Deadlines = {
  connectMs: 10_000,
  handshakeMs: 20_000,
  idleMs: 30_000,
  quietMs: 20_000,
  totalMs: 15 * minuteMs,
  transferMs: 24 * hourMs,
}

/** A timer that fires this much too late says that this computer slept, not that the device was silent. */
const sleptMs = 1_000
/** What a device gets after such a sleep to show that it is still there. */
const graceMs = 2_000

export interface WatchOptions {
  readonly address: string
  readonly phase: string
  readonly idleMs: number
  /** Limit for everything together; the idle time starts anew with each sign of life, this one does not. */
  readonly totalMs?: number
  /** What else ends the wait: the caller's cancel, the loss of the connection. */
  readonly signals: readonly AbortSignal[]
}

/**
 * Watches one wait and aborts `signal` when it is to end: `device-silent` when nothing has moved for too long or it all
 * took too long, `cancelled` when the caller gave up. Uses a clock that only runs forward, so a change of the wall
 * clock neither ends a wait nor prolongs it.
 */
export class Watch implements Disposable {
  readonly #controller = new AbortController()
  readonly #options: WatchOptions
  readonly #startedAt = performance.now()
  readonly #onAbort: () => void
  #phase: string
  #idleMs: number
  #movedAt = this.#startedAt
  #holds = 0
  #timer: NodeJS.Timeout | undefined
  #dueAt = 0

  constructor(options: WatchOptions) {
    this.#options = options
    this.#phase = options.phase
    this.#idleMs = options.idleMs
    this.#onAbort = () => {
      const cause = options.signals.find(({ aborted }) => aborted)
      if (cause) this.#controller.abort(reasonOf(cause, this.#phase))
    }
    // Not AbortSignal.any: on a signal that lives as long as the session it would leave something behind each time.
    for (const signal of options.signals) signal.addEventListener('abort', this.#onAbort)
    this.#onAbort()
    this.#arm(this.#idleMs)
  }

  /** Aborted with a FailureError as its reason. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why the wait is over. */
  get reason(): Error {
    return reasonOf(this.signal, this.#phase)
  }

  get phase(): string {
    return this.#phase
  }

  /** Something moved. */
  touch(): void {
    this.#movedAt = performance.now()
  }

  /** The wait goes on with something else, for which the idle time starts anew. */
  enter(phase: string, idleMs = this.#idleMs): void {
    this.#phase = phase
    this.#idleMs = idleMs
    this.touch()
    this.#arm(idleMs)
  }

  /** From now on it is not the device that is waited for: its silence does not count until `release`. Counts. */
  hold(): void {
    this.#holds += 1
  }

  release(): void {
    this.#holds -= 1
    this.touch()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const signal of this.#options.signals) signal.removeEventListener('abort', this.#onAbort)
  }

  #arm(delayMs: number): void {
    clearTimeout(this.#timer)
    if (this.signal.aborted) return
    const now = performance.now()
    const restMs = this.#startedAt + (this.#options.totalMs ?? Infinity) - now
    const waitMs = Math.max(1, Math.min(delayMs, restMs, longestTimerMs))
    this.#dueAt = now + waitMs
    this.#timer = setTimeout(() => {
      this.#look()
    }, waitMs)
  }

  #look(): void {
    const now = performance.now()
    if (now - this.#startedAt >= (this.#options.totalMs ?? Infinity)) {
      this.#giveUp(`${this.#phase}, in all`, this.#options.totalMs ?? 0)
      return
    }
    if (now - this.#dueAt > sleptMs) this.#movedAt = Math.max(this.#movedAt, now - this.#idleMs + graceMs)
    if (this.#holds > 0) this.#movedAt = now
    const restMs = this.#movedAt + this.#idleMs - now
    if (restMs <= 0) this.#giveUp(this.#phase, this.#idleMs)
    else this.#arm(restMs)
  }

  #giveUp(phase: string, limitMs: number): void {
    const seconds = Math.round(limitMs / 100) / 10
    this.#controller.abort(
      new FailureError({ code: 'device-silent', address: this.#options.address, phase, seconds }),
    )
  }
}

/** A longer timer would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/** What an aborted signal says: its own failure where it carries one, else `cancelled`. */
export function reasonOf(signal: AbortSignal, phase: string): Error {
  const reason: unknown = signal.reason
  if (reason instanceof FailureError) return reason
  return new FailureError({ code: 'cancelled', phase }, { cause: reason })
}

/**
 * Waits for `work`, but not longer than until `watch` is over; then rejects with its reason. What becomes of `work`
 * later is nobody's business any more, and does not count as unhandled.
 */
export async function until<T>(work: Promise<T>, watch: Watch): Promise<T> {
  const { signal } = watch
  work.catch(() => undefined)
  if (signal.aborted) throw watch.reason
  let onAbort = (): void => undefined
  const over = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(watch.reason)
    }
    signal.addEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([work, over])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
