import { z } from '../schema.ts'

/** Why an entry is shown and not taken out; `reliability.md` section 5.1. */
export const restrictions = ['unsafe-name', 'link', 'special', 'encrypted', 'collision'] as const
export type Restriction = (typeof restrictions)[number]

/**
 * What an archive that opened is worth. `ok`: everything in it can be used. `view`: it can be looked into, but some
 * entries cannot be taken out, and it goes back only to the device that Ferrite pulled these very bytes from. What is
 * refused never opens: then there is a failure with an `archive-…` code instead of a verdict.
 */
export const archiveVerdictSchema = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('ok') }).readonly(),
  z
    .object({
      verdict: z.literal('view'),
      /** How many entries carry each restriction, with the path of the first. */
      reasons: z
        .array(
          z
            .object({
              restriction: z.enum(restrictions),
              entries: z.number().int().positive(),
              example: z.string(),
            })
            .readonly(),
        )
        .readonly(),
    })
    .readonly(),
])
export type ArchiveVerdict = z.infer<typeof archiveVerdictSchema>
