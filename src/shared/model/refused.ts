import { z } from '../schema.ts'
import type { Failure } from '../failure.ts'
import { familyIdSchema } from './family-id.ts'
import { archiveIdSchema, archiveRecordSchema } from './record.ts'

/** Id of a refusal: made as that of an archive, and the name of its folder in the vault. */
export type RefusedId = string & { readonly __brand: 'RefusedId' }
export const refusedIdSchema = archiveIdSchema.transform((id) => id as string as RefusedId)

/** What is said of a hostile file may be as long as the file likes; the vault keeps so much of each fact. */
export const longestKeptFact = 1000

/** A code that a newer Ferrite wrote is kept as it is: the file is refused all the same. */
const keptFailureSchema = z
  .object({ code: z.string().max(60) })
  .catchall(z.union([z.string().max(longestKeptFact), z.number()]))
  .transform((failure) => failure as unknown as Failure)

const { device, source, scope, passwordProtected } = archiveRecordSchema.unwrap().shape

/**
 * The small readable file beside bytes that the reader refused (`refusal.json`); described in `docs/vault-format.md`.
 * It holds all that is known of the file, so that a later version that opens it makes the same archive of it. A
 * refused file is no archive: it has no proof, is not looked into and goes to no device.
 */
export const refusalSchema = z
  .object({
    ...archiveRecordSchema.unwrap().pick({
      format: true,
      origin: true,
      takenAt: true,
      fileName: true,
      sizeBytes: true,
      sha256: true,
      pinFingerprint: true,
      note: true,
      deviceMessages: true,
    }).shape,
    id: refusedIdSchema,
    refusedAt: z.iso.datetime(),
    /** The device's own, or what a person named at an import. */
    family: familyIdSchema.optional(),
    device: device.optional(),
    /** What the device said it was just before it gave the file. */
    source: source.optional(),
    scope,
    passwordProtected,
    failure: keptFailureSchema,
  })
  .readonly()
export type Refusal = z.infer<typeof refusalSchema>

/** What the use case knows of a refused file; the vault adds the rest. */
export type RefusalDraft = Omit<Refusal, 'format' | 'id' | 'refusedAt' | 'fileName' | 'sizeBytes' | 'sha256'>

/** A failure with every fact short enough to be kept and shown. */
export function clipFailure(failure: Failure): Failure {
  const facts = Object.entries(failure).map(([name, fact]: [string, unknown]) => [
    name,
    typeof fact === 'number' ? fact : clipKept(String(fact)),
  ])
  return Object.fromEntries(facts) as Failure
}

/** The start of a text of a hostile file, short enough to be kept and shown. */
export function clipKept(text: string): string {
  if (text.length <= longestKeptFact) return text
  // Never half of a pair of surrogates: it would be no character at all.
  return `${text.slice(0, longestKeptFact - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
