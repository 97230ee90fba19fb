import { fact, type Fact, type Identity } from './identity.ts'

/** When a certificate holds, as it says itself (ISO 8601). */
export interface Validity {
  readonly from: string
  readonly until: string
}

const fromTrait = 'certificateFrom'
const untilTrait = 'certificateUntil'

/** An identity that also knows when the certificate holds that was shown while it was read. */
export function withValidity(identity: Identity, { from, until }: Validity): Identity {
  const { readAt, traits } = identity
  return {
    ...identity,
    traits: {
      ...traits,
      [fromTrait]: fact(from, 'probed', readAt),
      [untilTrait]: fact(until, 'probed', readAt),
    },
  }
}

/**
 * What is wrong with the time of an accepted certificate, at the moment the device was read, by this computer's clock. An
 * accepted certificate is the device's own whatever its time (policy: warn and go on); `undefined` where it holds, or
 * where nobody knows.
 */
export function validityProblem({
  readAt,
  traits,
}: Identity): { readonly kind: 'expired' | 'not-yet-valid'; readonly time: Fact<string> } | undefined {
  const [from, until] = [traits?.[fromTrait], traits?.[untilTrait]]
  const at = Date.parse(readAt)
  // A time that is none is no reason to warn: both comparisons are false then.
  if (until && Date.parse(until.value) < at) return { kind: 'expired', time: until }
  if (from && Date.parse(from.value) > at) return { kind: 'not-yet-valid', time: from }
  return undefined
}
