import { z } from '../schema.ts'
import { familyIdSchema } from './family-id.ts'

/** Where a fact came from. Order of trust: `probed` > `archive` > `recorded` > `stated`. */
export const provenanceSchema = z.enum(['probed', 'archive', 'recorded', 'stated'])
export type Provenance = z.infer<typeof provenanceSchema>

const factOf = <T extends z.ZodType>(value: T) =>
  z.object({ value, provenance: provenanceSchema, readAt: z.iso.datetime() }).readonly()

/** A value with where it came from and when it was read (ISO 8601, UTC). */
export interface Fact<T> {
  readonly value: T
  readonly provenance: Provenance
  readonly readAt: string
}

/**
 * An app on a device.
 * `kind`: `system` belongs to the operating system, `hardware` to the hardware, `user` was installed by a person.
 */
export const appSchema = z
  .object({
    name: z.string(),
    title: z.string().optional(),
    version: z.string(),
    kind: z.enum(['system', 'hardware', 'user']),
    enabled: z.boolean(),
  })
  .readonly()
export type App = z.infer<typeof appSchema>

const text = factOf(z.string())

/**
 * What a device says it is. Every fact is optional: what was not learnt is absent, never guessed.
 *
 * - `architecture`: normalised by `normaliseArchitecture` (`x64`, `arm64`, …)
 * - `systemVersion`: the version the family's rules compare
 * - `serial`: what tells two devices of one model apart
 * - `rights`: what the login may do, in the family's own words
 * - `freeBytes`: room left for a restore
 * - `operatingState`: the family's own word, e.g. `OPERATING`
 * - `traits`: what only this family's rules ask for, by the names of `stated-facts.ts` and of the family's own probes
 */
export const identitySchema = z
  .object({
    family: familyIdSchema,
    readAt: z.iso.datetime(),
    model: text.optional(),
    architecture: text.optional(),
    systemVersion: text.optional(),
    serial: text.optional(),
    hostname: text.optional(),
    operatingSystem: text.optional(),
    operatingState: text.optional(),
    apps: factOf(z.array(appSchema).readonly()).optional(),
    rights: factOf(z.array(z.string()).readonly()).optional(),
    freeBytes: factOf(z.number().nonnegative()).optional(),
    traits: z.record(z.string().max(40), text).readonly().optional(),
  })
  .readonly()
export type Identity = z.infer<typeof identitySchema>

/** Makes a fact. */
export function fact<T>(value: T, provenance: Provenance, readAt: string): Fact<T> {
  return { value, provenance, readAt }
}

const architectures: Readonly<Record<string, string>> = {
  x64: 'x64',
  'x86-64': 'x64',
  x86_64: 'x64',
  amd64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
  armv7l: 'arm',
  armhf: 'arm',
}

/** One spelling per processor architecture (`uname -m`, Debian and vendor spellings). Unknown ones pass through in lower case. */
export function normaliseArchitecture(spelling: string): string {
  const lower = spelling.trim().toLowerCase()
  return architectures[lower] ?? lower
}

/**
 * What is known, completed by what a person stated. What a device or an archive told wins; an earlier statement does not.
 */
export function completed(known: Identity, stated: Partial<Identity>): Identity {
  const { traits: statedTraits, ...statedFacts } = stated
  const gaps = Object.entries(statedFacts).filter(([name]) => isGap(known[name as keyof Identity]))
  const traitGaps = Object.entries(statedTraits ?? {}).filter(([name]) => isGap(known.traits?.[name]))
  const traits = { ...known.traits, ...Object.fromEntries(traitGaps) }
  return {
    ...known,
    ...Object.fromEntries(gaps),
    ...(Object.keys(traits).length > 0 && { traits }),
  }
}

function isGap(value: unknown): boolean {
  if (value === undefined) return true
  return typeof value === 'object' && value !== null && 'provenance' in value && value.provenance === 'stated'
}

/** The text facts that must stay equal between two readings for it to be the same, unchanged device. */
const sameDeviceFacts = ['serial', 'model', 'architecture', 'systemVersion'] as const
export type SameDeviceFact = (typeof sameDeviceFacts)[number]

/** The first fact in which two readings of one device differ, or `undefined`. A fact known on one side only counts as a difference. */
export function firstDifference(
  before: Identity,
  now: Identity,
): { readonly fact: SameDeviceFact; readonly before: string; readonly now: string } | undefined {
  for (const name of sameDeviceFacts) {
    const was = before[name]?.value ?? ''
    const is = now[name]?.value ?? ''
    if (was !== is) return { fact: name, before: was, now: is }
  }
  return undefined
}
