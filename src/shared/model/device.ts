import { z } from '../schema.ts'
import { familyIdSchema } from './family-id.ts'
import { identitySchema } from './identity.ts'

/** Id of a device: opaque, stable, never reused. */
export type DeviceId = string & { readonly __brand: 'DeviceId' }
export const deviceIdSchema = z
  .string()
  .regex(/^dev-[a-z0-9]{12}$/)
  .transform((id) => id as DeviceId)

/**
 * The fingerprint a person has accepted for a device.
 * - `ssh`: as `ssh-keygen -lf` prints it, `SHA256:` and 43 base64 characters
 * - `tls`: SHA-256 of the certificate in DER, 64 lower-case hex digits (`openssl x509 -fingerprint -sha256` without colons)
 * `compared` is true where the person said that they compared it out of band.
 */
export const pinSchema = z
  .object({
    kind: z.enum(['ssh', 'tls']),
    fingerprint: z.string().min(1).max(200),
    acceptedAt: z.iso.datetime(),
    compared: z.boolean(),
  })
  .readonly()
export type Pin = z.infer<typeof pinSchema>

/** Names are shown, typed to confirm a restore and used in folder names: one line, no control characters. */
export const deviceNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)

/** Extra facts a family needs about a device (`--fact k=v`), e.g. the paths of a Linux host. Keys are the family's. */
export const deviceFactsSchema = z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/), z.string().max(4000))
export type DeviceFacts = Readonly<Record<string, string>>

/**
 * What a device is for. Only on a `spare` or `practice` device a restore may be a drill, because nobody needs what it
 * does now.
 */
export const deviceRoles = ['production', 'spare', 'practice'] as const
export type DeviceRole = (typeof deviceRoles)[number]

/** A thing in the inventory that can be backed up or restored to. */
export const deviceSchema = z
  .object({
    id: deviceIdSchema,
    name: deviceNameSchema,
    family: familyIdSchema,
    /** Canonical spelling of `formatAddress`. */
    address: z.string().max(300),
    user: z.string().max(200),
    pin: pinSchema.optional(),
    tags: z.array(z.string().min(1).max(60)).readonly(),
    facts: deviceFactsSchema.readonly(),
    role: z.enum(deviceRoles).default('production'),
    addedAt: z.iso.datetime(),
    /** The last identity read from the device. */
    identity: identitySchema.optional(),
  })
  .readonly()
export type Device = z.infer<typeof deviceSchema>

/** What a person says about a device to add it. */
export const deviceDraftSchema = z
  .object({
    name: deviceNameSchema,
    family: familyIdSchema,
    address: z.string().min(1).max(300),
    user: z.string().max(200),
    tags: z.array(z.string().min(1).max(60)).readonly().default([]),
    facts: deviceFactsSchema.readonly().default({}),
    role: z.enum(deviceRoles).default('production'),
  })
  .readonly()
export type DeviceDraft = z.infer<typeof deviceDraftSchema>
