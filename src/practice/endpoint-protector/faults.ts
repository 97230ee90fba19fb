import type { Aim, ExchangeEffect } from '../ctrlx-core/faults.ts'
import { Faults as ExchangeFaults } from '../ctrlx-core/faults.ts'

/** What is wrong with an appliance until the fault is taken back. */
export type Condition =
  /** The port takes connections and never sends a byte. */
  | { readonly effect: 'tcp-silent' }
  /** The TLS handshake succeeds, and no request is ever answered. */
  | { readonly effect: 'tls-silent' }
  /** Only the login page answers; whoever is logged in waits for ever. */
  | { readonly effect: 'console-hangs' }
  /** `powerOff` has no effect: the machine that was switched off was another one, or came back by itself. */
  | { readonly effect: 'survives-power-off' }
  /** The pages show this version, whatever the appliance really is. */
  | { readonly effect: 'wrong-version-page'; readonly version: string }

/** An import that is answered with HTTP 500, once: carried out nevertheless, or not. */
export interface ImportFault {
  readonly effect: 'import-http-500'
  readonly isCarriedOut: boolean
}

/** Effects on one exchange strike once unless aimed otherwise; conditions last until they are taken back. */
export type Fault = Condition | ImportFault | (ExchangeEffect & Aim)

type Named<E extends string> = Extract<Condition, { effect: E }>

const conditions: Readonly<Record<Condition['effect'], true>> = {
  'tcp-silent': true,
  'tls-silent': true,
  'console-hangs': true,
  'survives-power-off': true,
  'wrong-version-page': true,
}

/** The faults of one appliance. They can be added and removed while it runs. */
export class Faults {
  readonly #conditions = new Set<Condition>()
  readonly #imports = new Set<ImportFault>()
  readonly #exchanges = new ExchangeFaults()

  /** Adds a fault and answers how to take it back. */
  inject(fault: Fault): () => void {
    if (isCondition(fault)) return addTo(this.#conditions, fault)
    if (fault.effect === 'import-http-500') return addTo(this.#imports, fault)
    return this.#exchanges.inject(fault)
  }

  clear(): void {
    this.#conditions.clear()
    this.#imports.clear()
    this.#exchanges.clear()
  }

  /** The condition of this name, while it lasts. */
  condition<E extends Condition['effect']>(effect: E): Named<E> | undefined {
    // The name decides the member of the union; TypeScript cannot follow that through a generic.
    return [...this.#conditions].find((condition) => condition.effect === effect) as Named<E> | undefined
  }

  /** The fault that strikes this import, used up. */
  takeImport(): ImportFault | undefined {
    const [fault] = this.#imports
    if (fault !== undefined) this.#imports.delete(fault)
    return fault
  }

  /** The fault that strikes this exchange, used up by one. */
  takeExchange(method: string, path: string): ExchangeEffect | undefined {
    return this.#exchanges.takeExchange(method, path)
  }
}

function isCondition(fault: Fault): fault is Condition {
  return fault.effect in conditions
}

function addTo<T extends object>(set: Set<T>, fault: T): () => void {
  // A copy: the same fault injected twice is two faults.
  const added = { ...fault }
  set.add(added)
  return () => {
    set.delete(added)
  }
}
