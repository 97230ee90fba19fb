import { FailureError, type Failure } from '../../../shared/failure.ts'
import type { RestoreReport } from '../../../shared/model/restore.ts'
import type { DeviceSession } from '../family.ts'
import { mayPass } from '../../transport/retry.ts'
import type { CtrlxClient } from './client.ts'
import { CtrlxSession } from './session.ts'
import { now, pause, type Timing } from './timing.ts'

export type Remark = RestoreReport['remarks'][number]

/** Either what was asked for, or why the device cannot be asked any more. */
export type Reached<T> =
  { readonly reached: true; readonly value: T } | { readonly reached: false; readonly remark: Remark }

export interface LifelineOptions {
  /** The session that sent the call; it is closed here. */
  readonly session: DeviceSession | undefined
  readonly reconnect: (signal: AbortSignal) => Promise<DeviceSession>
  readonly signal: AbortSignal
  readonly limitMs: number
  readonly timing: Timing
  /** Called when the device is out of reach. */
  readonly onOutage: () => void
}

/** An answer that makes no sense is asked for again so often: a web server comes up before what stands behind it. */
const senselessAnswers = 40

/**
 * Keeps asking a device that reboots, drops connections and forgets logins. Only reading calls go through here.
 *
 * A refused login or another certificate ends it at once: asking again could lock the account, and whoever shows
 * another certificate gets no credentials.
 */
export class Lifeline implements AsyncDisposable {
  readonly #options: LifelineOptions
  readonly #deadline: number
  #session: CtrlxSession | undefined

  constructor(options: LifelineOptions) {
    this.#options = options
    this.#deadline = now() + options.limitMs
    this.#session = options.session instanceof CtrlxSession ? options.session : undefined
  }

  /**
   * Does `work` as soon as the device lets it.
   * @throws FailureError `cancelled`, and nothing else
   */
  async reach<T>(work: (client: CtrlxClient, signal: AbortSignal) => Promise<T>): Promise<Reached<T>> {
    const { timing, limitMs, onOutage } = this.#options
    let senseless = 0
    for (let attempt = 0; ; attempt += 1) {
      this.#stopWhenCancelled()
      const leftMs = this.#deadline - now()
      if (leftMs <= 0) return { reached: false, remark: notBack(limitMs) }
      const signal = AbortSignal.any([this.#options.signal, AbortSignal.timeout(Math.ceil(leftMs))])
      try {
        const session = (this.#session ??= await this.#connect(signal))
        return { reached: true, value: await work(session.client, signal) }
      } catch (error) {
        this.#stopWhenCancelled()
        if (signal.aborted) return { reached: false, remark: notBack(limitMs) }
        senseless += isSenseless(error) ? 1 : 0
        const mayGoOn = this.#session ? isPassing(error) || isOtherKey(error) : isPassing(error)
        if (!mayGoOn || senseless >= senselessAnswers) return { reached: false, remark: remarkOf(error) }
        if (hasEnded(error)) await this.#drop()
        onOutage()
        await this.pause(Math.min(timing.reachMaxMs, timing.reachMs * 2 ** Math.min(attempt, 10)))
      }
    }
  }

  /** Waits. @throws FailureError `cancelled` */
  async pause(milliseconds: number): Promise<void> {
    try {
      await pause(Math.max(0, Math.min(milliseconds, this.#deadline - now())), this.#options.signal)
    } catch (cause) {
      throw new FailureError({ code: 'cancelled', phase: 'waiting-for-device' }, { cause })
    }
  }

  /** Ends the last session, be it the one that was handed in or one that was opened here. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#drop()
  }

  async #connect(signal: AbortSignal): Promise<CtrlxSession> {
    const session = await this.#options.reconnect(signal)
    if (!(session instanceof CtrlxSession)) throw new Error('The session is not one of this family')
    return session
  }

  async #drop(): Promise<void> {
    const session = this.#session
    this.#session = undefined
    await session?.[Symbol.asyncDispose]()
  }

  #stopWhenCancelled(): void {
    if (!this.#options.signal.aborted) return
    throw new FailureError({ code: 'cancelled', phase: 'waiting-for-device' })
  }
}

/** Errors after which the session is of no use: its login is over, or it holds to a certificate that is gone. */
function hasEnded(error: unknown): boolean {
  const failure = failureOf(error)
  return isOtherKey(error) || (failure?.code === 'device-refused' && failure.status === 401)
}

/** Another certificate than that of the session: a new session decides, which knows all accepted ones. */
function isOtherKey(error: unknown): boolean {
  return failureOf(error)?.code === 'pin-changed'
}

/** Answers that are not of a ctrlX device at work: a maintenance page, a redirect to it, a service that is missing. */
function isSenseless(error: unknown): boolean {
  const code = failureOf(error)?.code ?? ''
  return ['unexpected-answer', 'redirect-refused', 'wrong-family', 'length-mismatch'].includes(code)
}

function isPassing(error: unknown): boolean {
  const failure = failureOf(error)
  if (failure === undefined) return false
  if (mayPass(error) || isSenseless(error) || failure.code === 'sessions-exhausted') return true
  // 401 is a login that died with a reboot; a new one decides.
  return (
    failure.code === 'device-refused' &&
    (failure.status >= 500 || [401, 408, 425, 429].includes(failure.status))
  )
}

function failureOf(error: unknown): Failure | undefined {
  return error instanceof FailureError ? error.failure : undefined
}

/** Why the device cannot be asked any more, for the report. */
export function remarkOf(error: unknown): Remark {
  const failure = failureOf(error)
  switch (failure?.code) {
    case 'login-refused':
      return { remark: 'login-refused', facts: { user: failure.user } }
    case 'pin-changed':
    case 'pin-unknown':
      return { remark: 'certificate-changed', facts: { offered: failure.offered } }
    case 'rights-missing':
      return { remark: 'rights-changed', facts: { right: failure.right } }
    default: {
      const detail = failure?.code ?? (error instanceof Error ? error.message : String(error))
      return { remark: 'read-back-failed', facts: { detail: detail.slice(0, 300) } }
    }
  }
}

function notBack(limitMs: number): Remark {
  return { remark: 'device-not-back', facts: { minutes: String(Math.max(1, Math.round(limitMs / 60_000))) } }
}
