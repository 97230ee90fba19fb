import { setTimeout as wait } from 'node:timers/promises'
import { FailureError, type Failure } from '../../../shared/failure.ts'
import { identityName } from '../../../shared/model/identity-name.ts'
import { mayPass } from '../../transport/retry.ts'
import type { ObserveRequest } from '../family.ts'
import { LinuxSession } from './session.ts'

const shortestPauseMs = 250
const longestPauseMs = 15_000

/** Why a device cannot be observed any longer. */
export class ObservationEnded extends Error {
  override readonly name = 'ObservationEnded'
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.code, options)
    this.failure = failure
  }
}

/**
 * The way to a device after a restore: uses the session that is there, and logs in again when the line breaks, until
 * the time is up. For reading only: what is asked may be asked again.
 */
export class Line implements AsyncDisposable {
  readonly #request: ObserveRequest
  readonly #endsAt: number
  #session: LinuxSession | undefined

  constructor(request: ObserveRequest) {
    this.#request = request
    this.#endsAt = performance.now() + request.limitMs
    this.#session = request.session instanceof LinuxSession ? request.session : undefined
  }

  get signal(): AbortSignal {
    return this.#request.restore.signal
  }

  get isTimeUp(): boolean {
    return performance.now() >= this.#endsAt
  }

  /** Waits, but not beyond the time there is. Rejects when cancelled. */
  async pause(ms: number): Promise<void> {
    const left = Math.max(0, this.#endsAt - performance.now())
    await wait(Math.min(ms, left), undefined, { signal: this.signal })
  }

  /**
   * Does something that only reads.
   * @throws ObservationEnded where the time is up or another try would not help; the reason when cancelled
   */
  async use<T>(read: (session: LinuxSession) => Promise<T>): Promise<T> {
    for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        return await read(await this.#open())
      } catch (error) {
        this.signal.throwIfAborted()
        await this.#close()
        const failure = error instanceof FailureError ? error.failure : undefined
        if (failure === undefined) throw error
        if (!mayPass(error) || this.isTimeUp) throw new ObservationEnded(failure, { cause: error })
      }
      await this.pause(pauseMs)
    }
  }

  /** The live session, if there is one, without a new login. */
  get session(): LinuxSession | undefined {
    return this.#session?.shell.ssh.alive === true ? this.#session : undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close()
  }

  async #open(): Promise<LinuxSession> {
    if (this.session) return this.session
    await this.#close()
    const session = await this.#request.reconnect(this.signal)
    if (!(session instanceof LinuxSession)) throw new TypeError('reconnect gave a session of another family')
    this.#session = session
    await this.#confirmHost(session)
    return session
  }

  /**
   * What is cleared away and restarted here is so on this host alone. Its machine id may by now be the archive's; any
   * other one is that of another host, whose key was brought back by a restore.
   * @throws FailureError `wrong-device`
   */
  async #confirmHost(session: LinuxSession): Promise<void> {
    const { before, restore } = this.#request
    const now = await session.identify(this.signal)
    const expected = [before.serial?.value, restore.record.source.serial?.value]
    if (!before.serial || !now.serial || expected.includes(now.serial.value)) return
    throw new FailureError({
      code: 'wrong-device',
      expected: identityName(before),
      actual: identityName(now),
    })
  }

  async #close(): Promise<void> {
    await this.#session?.[Symbol.asyncDispose]()
    this.#session = undefined
  }
}
