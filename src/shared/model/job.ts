import { z } from '../schema.ts'
import { failureSchema } from '../failure.ts'
import { appJobReportSchema } from './bridge.ts'
import { deviceIdSchema } from './device.ts'
import { procedureIdSchema } from './procedure.ts'
import { progressSchema } from './progress.ts'
import { archiveIdSchema } from './record.ts'
import { restoreReportSchema } from './restore.ts'

/** Id of a job. */
export type JobId = string & { readonly __brand: 'JobId' }
export const jobIdSchema = z
  .string()
  .regex(/^job-[a-z0-9]{12}$/)
  .transform((id) => id as JobId)

/** What a job is for. */
export const jobKinds = [
  'backup',
  'restore',
  'probe',
  'verify',
  'import',
  'procedure',
  'bridge',
  'extract',
] as const
export type JobKind = (typeof jobKinds)[number]

/** What a job gave. */
export const jobResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('archive'), archiveId: archiveIdSchema }).readonly(),
  z.object({ kind: z.literal('report'), report: restoreReportSchema }).readonly(),
  /** A procedure that waits for a person, or has ended: its own report says so. */
  z.object({ kind: z.literal('procedure'), procedureId: procedureIdSchema }).readonly(),
  z.object({ kind: z.literal('apps'), report: appJobReportSchema }).readonly(),
  /** What was taken out of an archive. `skipped` is still only in the archive; `renamed` has other names outside. */
  z
    .object({
      kind: z.literal('folder'),
      folderName: z.string(),
      files: z.number().int().nonnegative(),
      skipped: z.number().int().nonnegative(),
      renamed: z.number().int().nonnegative(),
    })
    .readonly(),
  z.object({ kind: z.literal('none') }).readonly(),
])
export type JobResult = z.infer<typeof jobResultSchema>

/** A job is in exactly one state. `cancellable` is false once a device is being changed. */
export const jobStateSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('queued') }).readonly(),
  z.object({ phase: z.literal('running'), progress: progressSchema, cancellable: z.boolean() }).readonly(),
  z.object({ phase: z.literal('done'), result: jobResultSchema }).readonly(),
  z.object({ phase: z.literal('cancelled') }).readonly(),
  z.object({ phase: z.literal('failed'), failure: failureSchema }).readonly(),
])
export type JobState = z.infer<typeof jobStateSchema>

/** A running or finished piece of work on one device; one at a time per device. */
export const jobSchema = z
  .object({
    id: jobIdSchema,
    kind: z.enum(jobKinds),
    deviceId: deviceIdSchema.optional(),
    /** Name of the device or file, as it was when the job began. */
    subject: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
    state: jobStateSchema,
  })
  .readonly()
export type Job = z.infer<typeof jobSchema>
