import { FailureError } from '../../shared/failure.ts'

/** A bucket of messages that refills with time: a window gone wild cannot keep main from its work. */
export class RateLimit {
  readonly #perSecond: number
  readonly #now: () => number
  #left: number
  #at: number

  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond
    this.#now = now
    this.#left = perSecond
    this.#at = now()
  }

  /** @throws FailureError `request-refused` when messages come faster than the limit for longer than a second */
  take(): void {
    const now = this.#now()
    this.#left = Math.min(this.#perSecond, this.#left + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    if (this.#left < 1) throw new FailureError({ code: 'request-refused', reason: 'too many requests' })
    this.#left -= 1
  }
}
