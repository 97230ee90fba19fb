import { randomUUID } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'
import type { Address } from '../../shared/model/address.ts'
import { formatAddress } from '../../shared/model/address.ts'
import type { Pin } from '../../shared/model/device.ts'
import type { PinOffer } from '../../shared/model/pin-offer.ts'

/** Connects without credentials and reads the key or certificate; the transport's job. */
export type ReadOfferedPin = (
  address: Address,
  signal: AbortSignal,
) => Promise<{
  readonly kind: Pin['kind']
  readonly fingerprint: string
  readonly detail: Readonly<Record<string, string>>
}>

const keptForMs = 15 * 60 * 1000
const keptAtMost = 100

/**
 * Fingerprints that devices have shown and nobody has accepted yet. They stay here under an id, so that what is
 * pinned is what was read, whatever the window says.
 */
export class PinOffers {
  readonly #offers = new Map<string, { readonly offer: PinOffer; readonly at: number }>()
  readonly #read: ReadOfferedPin

  constructor(read: ReadOfferedPin) {
    this.#read = read
  }

  /**
   * Reads what the device shows now.
   * @throws FailureError `device-unreachable`, `device-silent`, …
   */
  async take(address: Address, pinned: string | undefined, signal: AbortSignal): Promise<PinOffer> {
    const { kind, fingerprint, detail } = await this.#read(address, signal)
    const offer: PinOffer = {
      offerId: `offer-${randomUUID().replaceAll('-', '').slice(0, 12)}`,
      address: formatAddress(address),
      kind,
      fingerprint,
      detail,
      ...(pinned !== undefined && { pinned }),
    }
    this.#forgetOld()
    this.#offers.set(offer.offerId, { offer, at: performance.now() })
    return offer
  }

  /**
   * Uses an offer up.
   * @throws FailureError `not-found` where it is unknown, used, older than 15 minutes or of another address
   */
  accept(offerId: string, address: string, compared: boolean, now: Date): Pin {
    this.#forgetOld()
    const kept = this.#offers.get(offerId)
    if (kept?.offer.address !== address) {
      throw new FailureError({ code: 'not-found', kind: 'fingerprint', id: offerId })
    }
    this.#offers.delete(offerId)
    const { kind, fingerprint } = kept.offer
    return { kind, fingerprint, acceptedAt: now.toISOString(), compared }
  }

  /** The offer itself, e.g. to compare what a person typed; stays valid. */
  peek(offerId: string): PinOffer | undefined {
    return this.#offers.get(offerId)?.offer
  }

  #forgetOld(): void {
    for (const [id, { at }] of this.#offers) {
      if (performance.now() - at > keptForMs || this.#offers.size >= keptAtMost) this.#offers.delete(id)
    }
  }
}
