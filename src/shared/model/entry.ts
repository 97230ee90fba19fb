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

/** Text is shown up to here; of what is no text, bytes can be asked for up to `hexBytesAtMost`. */
export const textBytesAtMost = 1024 * 1024
export const hexBytesAtMost = 16 * 1024 * 1024

/** Languages that a viewer colours and folds. */
export const textLanguages = ['plain', 'json', 'xml', 'sql', 'yaml'] as const
export type TextLanguage = (typeof textLanguages)[number]

/**
 * What can be shown of an entry. `truncated` where only the first part is given. Markup and documents are text like
 * everything else: nothing is rendered but pictures of the kinds named here, whose size was read from their header.
 */
export const previewSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('text'),
      language: z.enum(textLanguages),
      encoding: z.string(),
      text: z.string(),
      /** Secrets that were covered; asking with `reveal` shows them. */
      masked: z.number().int().nonnegative(),
      sizeBytes: z.number(),
      truncated: z.boolean(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal('image'),
      type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      bytesBase64: z.string(),
      sizeBytes: z.number(),
      truncated: z.literal(false),
    })
    .readonly(),
  z
    .object({
      kind: z.literal('hex'),
      /** The first bytes; more are asked for by offset. */
      bytesBase64: z.string(),
      sizeBytes: z.number(),
      truncated: z.boolean(),
      /** Its bytes look like an archive that can be opened. */
      opensAs: z.enum(['zip', 'tar', 'tar.gz']).optional(),
    })
    .readonly(),
])
export type Preview = z.infer<typeof previewSchema>
