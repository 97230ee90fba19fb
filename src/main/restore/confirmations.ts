import { randomBytes } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'

const validForMs = 60_000

/** What a person confirms: something with a hash that is done to a device with a name. */
export interface Confirmable {
  readonly deviceName: string
  readonly hash: string
}

/**
 * Tokens that say "a person has confirmed exactly this plan". Made only after the device's name was typed and main's
 * own dialog was answered; single use, one minute, bound to the plan's hash.
 */
export class Confirmations {
  readonly #issued = new Map<string, { readonly planHash: string; readonly at: number }>()

  /** @throws FailureError `confirmation-wrong` where the typed name is not exactly the device's */
  static checkName(plan: Confirmable, typedName: string): void {
    if (typedName !== plan.deviceName) {
      throw new FailureError({ code: 'confirmation-wrong', expected: plan.deviceName })
    }
  }

  issue(plan: Confirmable): string {
    const token = randomBytes(32).toString('base64url')
    this.#issued.set(token, { planHash: plan.hash, at: performance.now() })
    return token
  }

  /** Uses a token up. @throws FailureError `confirmation-missing` where it is unknown, used, too old or of another plan */
  use(token: string, plan: Confirmable): void {
    const issued = this.#issued.get(token)
    this.#issued.delete(token)
    if (!issued) throw new FailureError({ code: 'confirmation-missing', reason: 'unknown or already used' })
    if (issued.planHash !== plan.hash) {
      throw new FailureError({ code: 'confirmation-missing', reason: 'it was for another plan' })
    }
    if (performance.now() - issued.at > validForMs) {
      throw new FailureError({ code: 'confirmation-missing', reason: 'it was more than a minute ago' })
    }
  }
}
