import { z } from '../schema.ts'
import { pinSchema } from './device.ts'

/**
 * The key or certificate that a device showed when it was asked without any credential. Kept in main under
 * `offerId`, so that what a person accepts is exactly what main saw. Everything in `detail` is untrusted text.
 */
export const pinOfferSchema = z
  .object({
    offerId: z.string().regex(/^offer-[a-z0-9]{12}$/),
    address: z.string(),
    kind: pinSchema.unwrap().shape.kind,
    fingerprint: z.string(),
    detail: z.record(z.string(), z.string()).readonly(),
    /** The fingerprint accepted until now, where there is one. */
    pinned: z.string().optional(),
  })
  .readonly()
export type PinOffer = z.infer<typeof pinOfferSchema>
