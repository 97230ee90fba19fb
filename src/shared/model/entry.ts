import { z } from '../schema.ts'

/**
 * One thing inside an archive. `path` uses `/`, never starts with one and is checked by the name policy; a name that
 * could escape a folder never becomes an entry (the archive is refused). Sizes are bytes as the archive declares them.
 */
export const entrySchema = z
  .object({
    path: z.string(),
    kind: z.enum(['file', 'folder', 'link', 'other']),
    sizeBytes: z.number().nonnegative(),
    compressedBytes: z.number().nonnegative().optional(),
    modifiedAt: z.string().optional(),
    /** POSIX permission bits, where the container keeps them. */
    mode: z.number().int().nonnegative().optional(),
    owner: z.string().optional(),
    linkTarget: z.string().optional(),
    crc32: z.number().int().nonnegative().optional(),
    /** Why this entry can be seen but not taken out, e.g. a name Windows cannot hold. */
    restriction: z.enum(['unsafe-name', 'link', 'special', 'encrypted', 'collision']).optional(),
  })
  .readonly()
export type Entry = z.infer<typeof entrySchema>

/** One row of a folder of the tree: an entry, or a folder that exists only as part of other names. */
export const treeRowSchema = z
  .object({
    name: z.string(),
    path: z.string(),
    kind: z.enum(['file', 'folder', 'link', 'other']),
    sizeBytes: z.number().nonnegative(),
    /** Files below, for folders. */
    files: z.number().int().nonnegative().optional(),
    modifiedAt: z.string().optional(),
    restriction: z.string().optional(),
  })
  .readonly()
export type TreeRow = z.infer<typeof treeRowSchema>

/** As many files as a search within an archive gives at most. */
export const foundAtMost = 2000

/** What can be shown of an entry. `truncated` where only the first part is given. */
export const previewSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('text'),
      language: z.enum(['plain', 'json', 'xml']),
      encoding: z.string(),
      text: z.string(),
      sizeBytes: z.number(),
      truncated: z.boolean(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal('hex'),
      bytesBase64: z.string(),
      sizeBytes: z.number(),
      truncated: z.boolean(),
    })
    .readonly(),
])
export type Preview = z.infer<typeof previewSchema>

/** One line of a comparison of two archives. */
export const entryChangeSchema = z
  .object({
    path: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    before: z.object({ sizeBytes: z.number(), modifiedAt: z.string().optional() }).readonly().optional(),
    after: z.object({ sizeBytes: z.number(), modifiedAt: z.string().optional() }).readonly().optional(),
  })
  .readonly()
export type EntryChange = z.infer<typeof entryChangeSchema>

/** Two archives compared by entry; equal content with another date counts as unchanged. */
export const comparisonSchema = z
  .object({
    changes: z.array(entryChangeSchema).readonly(),
    unchanged: z.number().int().nonnegative(),
  })
  .readonly()
export type Comparison = z.infer<typeof comparisonSchema>
