import { z } from '../schema.ts'
import { deviceIdSchema, deviceRoles } from './device.ts'
import { archiveIdSchema, sha256Schema, type ArchiveRecord } from './record.ts'

/**
 * How far an archive is proven: L0 pulled, L1 read back with equal hash, L2 opened and parsed, L3 a plan was made
 * against a named target and nothing stood against it, L4 restored to a spare or practice device and compared equal.
 */
export const restorabilities = ['L0', 'L1', 'L2', 'L3', 'L4'] as const
export type Restorability = (typeof restorabilities)[number]

/** What was really done to earn a level; without such a line no archive is above its record's `proof`. */
export const proofLineSchema = z
  .object({
    level: z.enum(['L3', 'L4']),
    at: z.iso.datetime(),
    deviceId: deviceIdSchema,
    deviceName: z.string(),
    deviceRole: z.enum(deviceRoles),
    /** Hash of the plan that was made, or carried out. */
    planHash: sha256Schema,
  })
  .readonly()
export type ProofLine = z.infer<typeof proofLineSchema>

/**
 * The key that opens an archive, as far as it may be shown: its last four characters and the first eight hex digits of
 * its SHA-256, so that a person recognises it. The key itself is only in the keychain.
 */
export const keyHintSchema = z
  .object({
    lastFour: z.string().max(4),
    sha256Start: z.string().regex(/^[0-9a-f]{8}$/),
    storedAt: z.iso.datetime(),
  })
  .readonly()
export type KeyHint = z.infer<typeof keyHintSchema>

/**
 * What was learnt about an archive after it was stored. Kept beside the archives, never in them: the archive's folder
 * stays as it was acknowledged (docs/vault-format.md).
 */
export const annotationsSchema = z
  .object({
    format: z.literal(1),
    archiveId: archiveIdSchema,
    /** Facts about the source that a person stated, by the names of `stated-facts.ts`. */
    stated: z
      .record(
        z.string().max(40),
        z.object({ value: z.string().max(4000), statedAt: z.iso.datetime() }).readonly(),
      )
      .readonly(),
    proofs: z.array(proofLineSchema).readonly(),
    key: keyHintSchema.optional(),
  })
  .readonly()
export type Annotations = z.infer<typeof annotationsSchema>

/** The highest level that an archive has earned. */
export function restorabilityOf(
  { proof }: Pick<ArchiveRecord, 'proof'>,
  annotations: Pick<Annotations, 'proofs'> | undefined,
): Restorability {
  const earned = annotations?.proofs.map(({ level }) => level) ?? []
  return earned.includes('L4') ? 'L4' : earned.includes('L3') ? 'L3' : proof
}
