import { z } from '../schema.ts'
import { deviceIdSchema } from './device.ts'
import { identitySchema } from './identity.ts'
import { archiveIdSchema, sha256Schema } from './record.ts'
import { restoreOptionsSchema, restoreReportSchema } from './restore.ts'

/** One step on the way to a pair that fits. `step` picks the sentence in `shared/text/…/bridge-<family>`. */
export const bridgeStepSchema = z
  .object({
    step: z.string().max(60),
    facts: z.record(z.string(), z.string()).readonly(),
    /** `job`: Ferrite can do it; `person`: somebody does it by hand; `wait`: time has to pass. */
    by: z.enum(['job', 'person', 'wait']),
  })
  .readonly()
export type BridgeStep = z.infer<typeof bridgeStepSchema>

/**
 * A system app that has to be brought to another version, in the order in which that is done. `to` is a version, or a
 * release (`4.6`) where only that is known: then any version of it will do. `from` is absent for an app to be installed.
 */
export const appChangeSchema = z
  .object({ app: z.string(), from: z.string().optional(), to: z.string() })
  .readonly()
export type AppChange = z.infer<typeof appChangeSchema>

/**
 * How a blocked pair of archive and device can be made to fit: the ordered steps, what must be on the laptop before
 * leaving, and the way back. `settles` names the rules it answers; a rule that blocks and is not among them still will.
 * `appChanges` is there where a job can carry it out.
 */
export const bridgePlanSchema = z
  .object({
    settles: z.array(z.string()).readonly(),
    steps: z.array(bridgeStepSchema).readonly(),
    /** Ids with facts: files, images, keys and licences to have before leaving for the machine. */
    bring: z
      .array(z.object({ item: z.string(), facts: z.record(z.string(), z.string()).readonly() }).readonly())
      .readonly(),
    wayBack: z.array(bridgeStepSchema).readonly(),
    appChanges: z.array(appChangeSchema).readonly().optional(),
  })
  .readonly()
export type BridgePlan = z.infer<typeof bridgePlanSchema>

/** True where a version is the wanted one, or one of the wanted release. */
export function reaches(version: string, wanted: string): boolean {
  return version === wanted || (/^\d+\.\d+$/.test(wanted) && version.startsWith(`${wanted}.`))
}

/** Why a file that a person chose is of no use for the changes. */
export const unfitReasons = [
  'no-app',
  'not-needed',
  'other-version',
  'other-architecture',
  'second-of-its-kind',
] as const

/** A change with the file that makes it; without one the change cannot be made yet. */
const matchedChangeSchema = z
  .object({
    change: appChangeSchema,
    file: z
      .object({
        name: z.string(),
        version: z.string(),
        sizeBytes: z.number().int().nonnegative(),
        sha256: sha256Schema,
      })
      .readonly()
      .optional(),
  })
  .readonly()
export type MatchedChange = z.infer<typeof matchedChangeSchema>

/** A file that was chosen and is of no use; `says` is what it calls itself: untrusted text. */
export const unfitFileSchema = z
  .object({ name: z.string(), reason: z.enum(unfitReasons), says: z.string().optional() })
  .readonly()
export type UnfitFile = z.infer<typeof unfitFileSchema>

/**
 * The files of a person held against the changes that a device needs: what a job will do, to be reviewed and confirmed.
 * `hash` covers the device as it was read, the changes with the bytes of their files, and the choice of a safety backup.
 */
export const appJobPlanSchema = z
  .object({
    id: z.string().regex(/^apps-[a-z0-9]{12}$/),
    hash: sha256Schema,
    archiveId: archiveIdSchema,
    deviceId: deviceIdSchema,
    deviceName: z.string(),
    target: identitySchema,
    changes: z.array(matchedChangeSchema).readonly(),
    unfit: z.array(unfitFileSchema).readonly(),
    options: z.object({ safetyBackup: restoreOptionsSchema.unwrap().shape.safetyBackup }).readonly(),
  })
  .readonly()
export type AppJobPlan = z.infer<typeof appJobPlanSchema>

/** True where there is a file for every change and nothing else was chosen. */
export function isComplete({ changes, unfit }: Pick<AppJobPlan, 'changes' | 'unfit'>): boolean {
  return unfit.length === 0 && changes.every(({ file }) => file !== undefined)
}

/** What a job that changed system apps left: every app with the version that was seen to run. */
export const appJobReportSchema = z
  .object({
    deviceId: deviceIdSchema,
    deviceName: z.string(),
    changes: z.array(z.object({ change: appChangeSchema, running: z.string() }).readonly()).readonly(),
    remarks: restoreReportSchema.unwrap().shape.remarks,
    safetyArchiveId: archiveIdSchema.optional(),
  })
  .readonly()
export type AppJobReport = z.infer<typeof appJobReportSchema>
