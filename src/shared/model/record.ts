import { z } from '../schema.ts'
import { archiveVerdictSchema } from './archive-verdict.ts'
import { deviceIdSchema } from './device.ts'
import { familyIdSchema } from './family-id.ts'
import { identitySchema } from './identity.ts'
import { scopeSchema } from './scope.ts'

/** Id of an archive: `<UTC time>-<device slug>-<6 characters>`, also the name of its folder in the vault. */
export type ArchiveId = string & { readonly __brand: 'ArchiveId' }
export const archiveIdSchema = z
  .string()
  .max(120)
  .regex(/^[0-9]{8}t[0-9]{6}z-[a-z0-9-]+-[a-z0-9]{6}$/)
  .transform((id) => id as ArchiveId)

/** The container formats Ferrite opens; `opaque`: a file whose inside Ferrite does not read. */
export const containerSchema = z.enum(['zip', 'tar', 'tar.gz', 'json', 'opaque'])
export type Container = z.infer<typeof containerSchema>

/**
 * How far an archive is proven: L0 pulled, L1 read back with equal hash, L2 opened and parsed.
 * (L3 planned against a target and L4 restored and compared come from restores, not from the record.)
 */
export const proofSchema = z.enum(['L0', 'L1', 'L2'])
export type Proof = z.infer<typeof proofSchema>

/** `backup` was asked for, `safety` was taken of a target before a restore, `import` came from a file. */
export const originSchema = z.enum(['backup', 'safety', 'import'])

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * The small readable file beside an archive (`record.json`); described in `docs/vault-format.md`, a promise.
 * `fileName` is the name the device gave the file, made safe for every file system.
 */
export const archiveRecordSchema = z
  .object({
    format: z.literal(1),
    id: archiveIdSchema,
    origin: originSchema,
    family: familyIdSchema,
    device: z.object({ id: deviceIdSchema.optional(), name: z.string(), address: z.string() }).readonly(),
    /** What the source said it was at backup time, or what the archive says of it after an import. */
    source: identitySchema,
    takenAt: z.iso.datetime(),
    fileName: z.string().min(1).max(200),
    container: containerSchema,
    sizeBytes: z.number().int().nonnegative(),
    sha256: sha256Schema,
    scope: scopeSchema,
    proof: proofSchema,
    /**
     * What it was found to be when it was opened to be stored. Absent for what Ferrite does not open, and for archives
     * of a time when this was not written down. A word of a newer Ferrite counts as absent: the archive stays usable.
     */
    verdict: archiveVerdictSchema.optional().catch(undefined),
    /** True where a password was given for the secrets inside; the password itself is never written. */
    passwordProtected: z.boolean(),
    /** Fingerprint of the connection the archive came over; absent for imports. */
    pinFingerprint: z.string().optional(),
    note: z.string().max(2000).optional(),
    /** What the device itself said while it made the file (severities as the device names them). */
    deviceMessages: z
      .array(z.object({ severity: z.string(), text: z.string() }).readonly())
      .readonly()
      .optional(),
  })
  .readonly()
export type ArchiveRecord = z.infer<typeof archiveRecordSchema>
