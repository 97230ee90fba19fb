import { z } from '../schema.ts'
import { previewSchema } from './entry.ts'
import { noiseCodes } from './noise.ts'

/** A comparison gives so many changes; the totals count all of them. */
export const changesAtMost = 20_000
/** A comparison by meaning gives so many changes that matter, and so many that are noise. */
export const meaningChangesAtMost = 2000

const count = z.number().int().nonnegative()
const noiseSchema = z.enum(noiseCodes)
const sideSchema = z.object({ sizeBytes: z.number(), modifiedAt: z.string().optional() }).readonly()

/** One line of a comparison of two archives. */
export const entryChangeSchema = z
  .object({
    path: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    before: sideSchema.optional(),
    after: sideSchema.optional(),
    /** The codes of the noise filters, where nothing else is different. */
    noise: z.array(noiseSchema).min(1).readonly().optional(),
  })
  .readonly()
export type EntryChange = z.infer<typeof entryChangeSchema>

/** Two archives compared by entry; equal content with another date counts as unchanged. */
export const comparisonSchema = z
  .object({
    /** By path, at most `changesAtMost`. */
    changes: z.array(entryChangeSchema).max(changesAtMost).readonly(),
    totals: z.object({ added: count, removed: count, changed: count }).readonly(),
    unchanged: count,
  })
  .readonly()
export type Comparison = z.infer<typeof comparisonSchema>

/**
 * One difference in meaning: a value of a document. `path` as `a.b[name].c`; `before` and `after` are JSON, clipped and
 * untrusted, with secrets inside covered. `reordered`: the same things in another order, named by what tells them apart.
 */
export const meaningChangeSchema = z
  .object({
    path: z.string(),
    change: z.enum(['added', 'removed', 'changed', 'reordered']),
    before: z.string().optional(),
    after: z.string().optional(),
    /** A secret: that it differs is said, what it is is not. */
    isSecret: z.literal(true).optional(),
    noise: noiseSchema.optional(),
  })
  .readonly()
export type MeaningChange = z.infer<typeof meaningChangeSchema>

/** Two documents compared by what they mean. No changes: they mean the same. */
export const meaningSchema = z
  .object({
    /** In the order of the documents; of each kind, noise and other, at most `meaningChangesAtMost`. */
    changes: z
      .array(meaningChangeSchema)
      .max(2 * meaningChangesAtMost)
      .readonly(),
    /** All of them, and how many of these are noise. */
    total: count,
    noise: count,
  })
  .readonly()
export type Meaning = z.infer<typeof meaningSchema>

/** The settings in an archive compared with those that the device told at `readAt` (ISO 8601, UTC). */
export const liveComparisonSchema = z.object({ readAt: z.string(), meaning: meaningSchema }).readonly()
export type LiveComparison = z.infer<typeof liveComparisonSchema>

/** Both sides of one entry; a side that does not have it is absent. `meaning` where both are JSON documents. */
export const entryComparisonSchema = z
  .object({
    before: previewSchema.optional(),
    after: previewSchema.optional(),
    meaning: meaningSchema.optional(),
    /** Byte for byte, whatever the dates. */
    isSame: z.boolean(),
    /** As in `EntryChange`. */
    noise: z.array(noiseSchema).min(1).readonly().optional(),
  })
  .readonly()
export type EntryComparison = z.infer<typeof entryComparisonSchema>
