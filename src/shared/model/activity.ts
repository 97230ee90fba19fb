import { z } from '../schema.ts'

/** One line of the append-only history. `previous` is the hash of the line before: a changed line breaks the chain. */
export const activityEntrySchema = z
  .object({
    sequence: z.number().int().positive(),
    at: z.iso.datetime(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    facts: z.record(z.string(), z.string()).readonly(),
    previous: z.string(),
    hash: z.string(),
  })
  .readonly()
export type ActivityEntry = z.infer<typeof activityEntrySchema>

/** What can be written to the history; the log adds number, time, actor and hashes. */
export const activityActions = [
  'device-added',
  'device-removed',
  'pin-accepted',
  'backup-made',
  'archive-imported',
  'archive-exported',
  'files-taken-out',
  'archive-refused',
  'refusal-opened',
  'restore-intended',
  'restore-ended',
  'safety-backup-skipped',
  'step-confirmed',
  'procedure-begun',
  'fact-stated',
  'key-stored',
  'key-shown',
  'key-forgotten',
  'app-change-intended',
  'app-changed',
  'proof-earned',
  'job-failed',
] as const
export type ActivityAction = (typeof activityActions)[number]
