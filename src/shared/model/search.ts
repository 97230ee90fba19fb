import { z } from '../schema.ts'
import { failureSchema } from '../failure.ts'
import { deviceIdSchema } from './device.ts'
import { insideSchema } from './place.ts'
import { archiveIdSchema } from './record.ts'

/** Id of a search that runs or has ended. */
export type SearchId = string & { readonly __brand: 'SearchId' }
export const searchIdSchema = z
  .string()
  .regex(/^search-[a-z0-9]{12}$/)
  .transform((id) => id as SearchId)

/** A search keeps so many hits; it says when there were more. */
export const hitsAtMost = 10_000

/** In one file, matches are counted up to here. */
export const matchesCountedAtMost = 1000

/** What is looked for, as plain text: no patterns. `names`: in the paths of files; `contents`: in what they hold. */
export const searchQuerySchema = z
  .strictObject({
    text: z.string().min(1).max(200),
    in: z.enum(['names', 'contents']),
    matchCase: z.boolean(),
  })
  .readonly()
export type SearchQuery = z.infer<typeof searchQuerySchema>

/** Where: one archive, the archives of one device, or the whole vault. */
export const searchScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('archive'), archiveId: archiveIdSchema }).readonly(),
  z.strictObject({ kind: z.literal('device'), deviceId: deviceIdSchema }).readonly(),
  z.strictObject({ kind: z.literal('vault') }).readonly(),
])
export type SearchScope = z.infer<typeof searchScopeSchema>

/** One file in which the text was found. `line` counts from 1; texts are clipped and are untrusted. */
export const searchHitSchema = z
  .object({
    archiveId: archiveIdSchema,
    inside: insideSchema,
    path: z.string(),
    sizeBytes: z.number().nonnegative(),
    modifiedAt: z.string().optional(),
    /** Where in the content it was found first, and how often in what was read of it. */
    content: z
      .object({
        matches: z.number().int().positive(),
        line: z.number().int().positive().optional(),
        before: z.string(),
        match: z.string(),
        after: z.string(),
      })
      .readonly()
      .optional(),
  })
  .readonly()
export type SearchHit = z.infer<typeof searchHitSchema>

/** What could not be searched: an archive, one that lies at `inside` in it, or a file there that the failure names. */
export const searchSkippedSchema = z
  .object({ archiveId: archiveIdSchema, inside: insideSchema, failure: failureSchema })
  .readonly()
export type SearchSkipped = z.infer<typeof searchSkippedSchema>

/** A search names so many places that it could not look into; `skippedCount` tells of all. */
export const skippedNamedAtMost = 200

/** How far a search is. `skipped` is there so that a silent gap never looks like "not there". */
export const searchStateSchema = z
  .object({
    id: searchIdSchema,
    query: searchQuerySchema,
    scope: searchScopeSchema,
    phase: z.enum(['running', 'done', 'cancelled']),
    archivesDone: z.number().int().nonnegative(),
    archivesTotal: z.number().int().nonnegative(),
    /** Archives in which something was found. */
    archivesWithHits: z.number().int().nonnegative(),
    bytesDone: z.number().nonnegative(),
    hits: z.number().int().nonnegative(),
    /** More was found than is kept; the search ended with that. */
    isCapped: z.boolean(),
    skipped: z.array(searchSkippedSchema).readonly(),
    skippedCount: z.number().int().nonnegative(),
  })
  .readonly()
export type SearchState = z.infer<typeof searchStateSchema>
