import { z } from '../schema.ts'
import { provenanceSchema } from './identity.ts'

/** `unknown` means an input is missing: for a hard rule it counts as a blocker, and it is never a pass. */
export const findingResults = ['pass', 'caution', 'blocker', 'unknown'] as const
export type FindingResult = (typeof findingResults)[number]

/** One side's value, ready to show, with where it came from. */
export const findingValueSchema = z
  .object({ value: z.string(), provenance: provenanceSchema.optional(), readAt: z.string().optional() })
  .readonly()
export type FindingValue = z.infer<typeof findingValueSchema>

/**
 * A fact that only a person can know: stating it may settle the finding. `fact` is a name of `stated-facts.ts`, and
 * `about` says whether it is about the archive's source or about the device.
 */
export const questionSchema = z
  .object({ about: z.enum(['archive', 'device']), fact: z.string().max(40) })
  .readonly()
export type Question = z.infer<typeof questionSchema>

/**
 * One result of a compatibility rule. `rule` is the id in the rule table (`C1`, `G2`, …); `reason` picks the
 * sentence and the remedy in `shared/text/…/findings` and `facts` fills it in; `hard` is true where `unknown`
 * blocks; `overridable` where a person may go on with a typed reason. `source` names where the rule comes from.
 */
export const findingSchema = z
  .object({
    rule: z.string(),
    reason: z.string(),
    result: z.enum(findingResults),
    hard: z.boolean(),
    overridable: z.boolean(),
    archiveValue: findingValueSchema.optional(),
    deviceValue: findingValueSchema.optional(),
    facts: z.record(z.string(), z.string()).readonly(),
    asks: z.array(questionSchema).readonly().optional(),
    source: z.string(),
  })
  .readonly()
export type Finding = z.infer<typeof findingSchema>

/** The worst finding in one word. `unknown`: a hard rule lacks an input, so a restore is refused. */
export const verdicts = ['fits', 'cautions', 'blocked', 'unknown'] as const
export type Verdict = (typeof verdicts)[number]

/** The answer to "does this archive fit this device". `identityReadAt` is absent where the device was never read. */
export const fitSchema = z
  .object({
    verdict: z.enum(verdicts),
    findings: z.array(findingSchema).readonly(),
    identityReadAt: z.string().optional(),
  })
  .readonly()
export type Fit = z.infer<typeof fitSchema>
