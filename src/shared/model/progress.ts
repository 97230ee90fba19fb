import { z } from '../schema.ts'

/** What a job is doing now; the words for each are in `shared/text`. */
export const phases = [
  'connecting',
  'reading-identity',
  'preparing-scope',
  'device-preparing',
  'transferring',
  'reading-back',
  'opening',
  'storing',
  'checking-archive',
  'checking-fit',
  'safety-backup',
  'uploading',
  'confirming-identity',
  'applying',
  'waiting-for-device',
  'verifying',
  'restoring-state',
  'running-step',
  'taking-out',
] as const
export type Phase = (typeof phases)[number]

/**
 * A snapshot of how far a job is. `bytesTotal` is absent where nobody knows it; `percent` (0..100) is the
 * device's own figure where it gives one; `secondsLeft` is an estimate and absent until there is ground for one.
 */
export const progressSchema = z
  .object({
    phase: z.enum(phases),
    bytesDone: z.number().nonnegative(),
    bytesTotal: z.number().nonnegative().optional(),
    bytesPerSecond: z.number().nonnegative().optional(),
    secondsLeft: z.number().nonnegative().optional(),
    percent: z.number().min(0).max(100).optional(),
    /** The device's own words for its current step: untrusted text. */
    deviceStep: z.string().max(300).optional(),
  })
  .readonly()
export type Progress = z.infer<typeof progressSchema>
