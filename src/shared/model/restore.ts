import { z } from '../schema.ts'
import { deviceIdSchema } from './device.ts'
import { fitSchema } from './finding.ts'
import { identitySchema } from './identity.ts'
import { archiveIdSchema, sha256Schema } from './record.ts'
import { leftOutSchema } from './scope.ts'

/**
 * The choices of a person. `mode`: `merge` keeps what the archive does not hold, `replace` removes it; a family
 * that knows only one of them says so in its plan. `safetyBackup.reason` is what the person typed to go without.
 */
export const restoreOptionsSchema = z
  .object({
    mode: z.enum(['merge', 'replace']).default('merge'),
    parts: z.array(z.string().max(400)).max(1000).readonly().optional(),
    /** Overridable findings that the person goes on against, each with the typed reason. */
    accepted: z
      .array(z.object({ rule: z.string().max(20), reason: z.string().trim().min(8).max(500) }).readonly())
      .max(50)
      .readonly()
      .default([]),
    safetyBackup: z
      .discriminatedUnion('take', [
        z.object({ take: z.literal(true) }).readonly(),
        z.object({ take: z.literal(false), reason: z.string().trim().min(8).max(500) }).readonly(),
      ])
      .default({ take: true }),
    /** Ids of `identityChoices` that the person decided to keep as they are on the target. */
    keep: z
      .array(z.enum(['hostname', 'address', 'users', 'certificates']))
      .max(4)
      .readonly()
      .default([]),
    /** For families whose own tool restores: whether Ferrite may run it. By hand where it is left out. */
    tool: z.enum(['run', 'by-hand']).optional(),
  })
  .readonly()
export type RestoreOptions = z.infer<typeof restoreOptionsSchema>

/** What a restore will do, step by step. `step` picks the sentence in `shared/text`; `changes` marks the point of no return. */
export const planStepSchema = z
  .object({ step: z.string(), facts: z.record(z.string(), z.string()).readonly(), changes: z.boolean() })
  .readonly()
export type PlanStep = z.infer<typeof planStepSchema>

/**
 * A step of a restore that is a procedure.
 * - `kind`: `automatic` Ferrite does it and keeps the evidence; `assisted` Ferrite prepares, a person acts and says so;
 *   `confirmed` a person does it and says so
 * - `changes`: from here on the device may be another one; no such step begins before the way back is there
 * - `needsNote`: a person has to write down what was found (a snapshot's name, a version), at least 3 characters
 * - `verifies`: a person who confirms it has looked at the restored device and says that it is the archive's state
 * - `aids`: what Ferrite offers beside the words: the address to open, things to put on the clipboard, the dialog
 *   in which the device gets the address of the fact `address`
 */
export const stepDraftSchema = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
    kind: z.enum(['automatic', 'assisted', 'confirmed']),
    facts: z.record(z.string(), z.string()).readonly(),
    changes: z.boolean(),
    needsNote: z.boolean(),
    verifies: z.boolean(),
    aids: z
      .array(z.enum(['open-address', 'copy-path', 'copy-key', 'copy-text', 'show-file', 'move-device']))
      .readonly(),
    /** Source of the step: the vendor's page, or the rule's id. */
    source: z.string(),
  })
  .readonly()
export type StepDraft = z.infer<typeof stepDraftSchema>

/** Something on the target that a restore with these choices would take away. `kind` picks the word. */
export const removalSchema = z.object({ kind: z.string().max(40), what: z.string().max(400) }).readonly()
export type Removal = z.infer<typeof removalSchema>

/**
 * Something that makes the target itself: `keep` it or take it from the archive. `taken` and `kept` are both values,
 * where they are known; `offered` is false where this archive or device cannot keep it, and `reason` says why.
 */
export const identityChoiceSchema = z
  .object({
    id: z.enum(['hostname', 'address', 'users', 'certificates']),
    offered: z.boolean(),
    reason: z.string().max(60).optional(),
    taken: z.string().max(400).optional(),
    kept: z.string().max(400).optional(),
  })
  .readonly()
export type IdentityChoice = z.infer<typeof identityChoiceSchema>

/**
 * The ordered, reviewable list of what a restore will do. It is data: `hash` covers the archive's hash, the
 * target's identity and the options, and the plan is refused when any of them has changed since it was shown.
 */
export const restorePlanSchema = z
  .object({
    id: z.string().regex(/^plan-[a-z0-9]{12}$/),
    hash: sha256Schema,
    createdAt: z.iso.datetime(),
    archiveId: archiveIdSchema,
    archiveSha256: sha256Schema,
    deviceId: deviceIdSchema,
    deviceName: z.string(),
    target: identitySchema,
    options: restoreOptionsSchema,
    fit: fitSchema,
    steps: z.array(planStepSchema).readonly(),
    /** What this restore does not bring back. */
    notRestored: z.array(leftOutSchema).readonly(),
    /** Sentences (ids) on what this family's restore may change beside the data, e.g. address, users, state. */
    sideEffects: z.array(z.string()).readonly(),
    /** What the chosen mode would remove from this device; absent where it could not be asked. */
    removals: z.array(removalSchema).max(2000).readonly().optional(),
    identityChoices: z.array(identityChoiceSchema).readonly().default([]),
    /** There where the family restores by procedure: its steps in their order. */
    procedure: z.array(stepDraftSchema).max(100).readonly().optional(),
  })
  .readonly()
export type RestorePlan = z.infer<typeof restorePlanSchema>

/** The three end states. `unknown` is never shown as done or as failed. */
export const restoreOutcomes = ['verified-new', 'verified-old', 'unknown'] as const
export type RestoreOutcome = (typeof restoreOutcomes)[number]

/** A line the device itself wrote while it applied the archive: untrusted text. */
export const protocolLineSchema = z
  .object({ severity: z.string(), time: z.string().optional(), text: z.string() })
  .readonly()
export type ProtocolLine = z.infer<typeof protocolLineSchema>

/** One difference found when the target was read back. */
export const differenceSchema = z
  .object({ what: z.string(), expected: z.string().optional(), actual: z.string().optional() })
  .readonly()
export type Difference = z.infer<typeof differenceSchema>

/**
 * What came of a restore. `clean` is true only for `verified-new` without errors in the device's own protocol and
 * without differences: done is not success.
 */
export const restoreReportSchema = z
  .object({
    format: z.literal(1),
    planId: z.string(),
    planHash: sha256Schema,
    archiveId: archiveIdSchema,
    deviceId: deviceIdSchema,
    deviceName: z.string(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    outcome: z.enum(restoreOutcomes),
    clean: z.boolean(),
    protocol: z.array(protocolLineSchema).readonly(),
    errorCount: z.number().int().nonnegative(),
    warningCount: z.number().int().nonnegative(),
    differences: z.array(differenceSchema).readonly(),
    /** Sentences (ids, with facts) on what is left to do, e.g. the device stays in SERVICE. */
    remarks: z
      .array(z.object({ remark: z.string(), facts: z.record(z.string(), z.string()) }).readonly())
      .readonly(),
    safetyArchiveId: archiveIdSchema.optional(),
    safetyOverride: z.string().optional(),
  })
  .readonly()
export type RestoreReport = z.infer<typeof restoreReportSchema>
