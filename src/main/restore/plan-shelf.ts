import { FailureError } from '../../shared/failure.ts'
import type { RestorePlan } from '../../shared/model/restore.ts'

const keptForMs = 30 * 60 * 1000

/** The plans that were shown and not yet run. Each can be taken once, within 30 minutes. */
export class PlanShelf<P extends { readonly id: string } = RestorePlan> {
  readonly #plans = new Map<string, { readonly plan: P; readonly at: number }>()

  put(plan: P): void {
    for (const [id, { at }] of this.#plans) {
      if (performance.now() - at > keptForMs) this.#plans.delete(id)
    }
    this.#plans.set(plan.id, { plan, at: performance.now() })
  }

  /** @throws FailureError `not-found` where the plan is unknown, too old or already taken */
  get(id: string): P {
    const kept = this.#plans.get(id)
    if (!kept || performance.now() - kept.at > keptForMs) {
      throw new FailureError({ code: 'not-found', kind: 'plan', id })
    }
    return kept.plan
  }

  /** Like `get`, and the plan cannot be run again. */
  take(id: string): P {
    const plan = this.get(id)
    this.#plans.delete(id)
    return plan
  }
}
