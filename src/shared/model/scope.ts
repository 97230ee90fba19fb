import { z } from '../schema.ts'

/** Why something is not in a backup. The sentence for each is in `shared/text`. */
export const leftOutReasons = [
  'operating-system-app',
  'hardware-app',
  'disabled-app',
  'licence',
  'logbook',
  'external-storage',
  'not-readable',
  'secret-without-password',
  'not-chosen',
  'not-found-on-device',
  'sensor-data',
  'kept-in-separate-file',
  'installed-separately',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** One thing that a backup does not hold, and why. `what` is the device's own name for it. */
export const leftOutSchema = z.object({ what: z.string(), reason: z.enum(leftOutReasons) }).readonly()
export type LeftOut = z.infer<typeof leftOutSchema>

/** A part that can go into a backup; `id` is the family's, `sizeBytes` only where the device says it cheaply. */
export const scopePartSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    sizeBytes: z.number().nonnegative().optional(),
    chosen: z.boolean(),
  })
  .readonly()
export type ScopePart = z.infer<typeof scopePartSchema>

/** What would go into a backup now, and what would not. */
export const scopeSchema = z
  .object({ parts: z.array(scopePartSchema).readonly(), leftOut: z.array(leftOutSchema).readonly() })
  .readonly()
export type Scope = z.infer<typeof scopeSchema>
