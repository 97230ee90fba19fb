import { z } from '../schema.ts'
import { archiveVerdictSchema } from '../model/archive-verdict.ts'
import { insideSchema } from '../model/place.ts'
import { deviceSchema, deviceIdSchema } from '../model/device.ts'
import { containerSchema, archiveIdSchema, archiveRecordSchema } from '../model/record.ts'
import { findingSchema, verdicts } from '../model/finding.ts'
import { failureSchema } from '../failure.ts'

/** A device as the window shows it: never with a secret, only whether one is there. */
export const deviceViewSchema = z
  .object({
    device: deviceSchema,
    credentials: z.enum(['stored', 'for-this-session', 'none']),
    /** Time of the newest whole archive of this device. */
    lastBackupAt: z.string().optional(),
    archives: z.number().int().nonnegative(),
  })
  .readonly()
export type DeviceView = z.infer<typeof deviceViewSchema>

/** What the vault holds; damaged folders are shown, not hidden. */
export const archiveListSchema = z
  .object({
    records: z.array(archiveRecordSchema).readonly(),
    damaged: z.array(z.object({ folder: z.string(), failure: failureSchema }).readonly()).readonly(),
  })
  .readonly()
export type ArchiveList = z.infer<typeof archiveListSchema>

/** An opened archive. */
export const openedArchiveSchema = z
  .object({
    archiveId: archiveIdSchema,
    inside: insideSchema,
    container: containerSchema,
    entries: z.number().int().nonnegative(),
    archiveBytes: z.number().nonnegative(),
    unpackedBytes: z.number().nonnegative(),
    verdict: archiveVerdictSchema,
  })
  .readonly()
export type OpenedArchive = z.infer<typeof openedArchiveSchema>

/** How one archive fits one device, with the finding that decides. */
export const deviceFitSchema = z
  .object({
    deviceId: deviceIdSchema,
    verdict: z.enum(verdicts),
    deciding: findingSchema.optional(),
    identityReadAt: z.string().optional(),
  })
  .readonly()
export type DeviceFit = z.infer<typeof deviceFitSchema>

/** Facts about this installation, for settings and the about box. Places are shown, never sent back. */
export const appFactsSchema = z
  .object({
    version: z.string(),
    platform: z.string(),
    vaultPlace: z.string(),
    homePlace: z.string(),
    keychain: z.object({ usable: z.boolean(), backend: z.string() }).readonly(),
    practice: z.boolean(),
  })
  .readonly()
export type AppFacts = z.infer<typeof appFactsSchema>
