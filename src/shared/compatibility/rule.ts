import type { Finding, FindingResult, FindingValue, Question } from '../model/finding.ts'
import type { Fact, Identity } from '../model/identity.ts'
import type { ArchiveRecord } from '../model/record.ts'
import type { SizePoint } from '../size-forecast.ts'

/**
 * What an archive says about itself when it is opened, beside its record.
 * `unsafeEntries` lists entry names a restore must not use (rule G2); `undefined` means it was not looked into.
 */
export interface ArchiveFacts {
  readonly source: Identity
  readonly unsafeEntries: readonly string[] | undefined
  /** True where the re-hash of the stored file equals the record; `undefined` where it was not re-hashed now. */
  readonly hashMatches: boolean | undefined
  /** Unpacked size, where known. */
  readonly unpackedBytes: number | undefined
  /** True where the key that opens the archive is kept; `undefined` where nobody asked. */
  readonly keyKept?: boolean | undefined
  /** The sizes of the backups of the same device, this one among them; `undefined` where nobody looked. */
  readonly pastSizes?: readonly SizePoint[] | undefined
}

/** Everything a rule may look at. `target` is the last or the fresh identity; `undefined` when never read. */
export interface RuleInput {
  readonly record: ArchiveRecord
  readonly archive: ArchiveFacts
  readonly target: Identity | undefined
  readonly targetDevice: {
    readonly name: string
    readonly pinned: boolean
    /** Canonical address; absent where a test does not care. */
    readonly address?: string
  }
}

/** What a rule found; the engine adds the rule's name and source. */
export interface RuleOutcome {
  readonly result: FindingResult
  readonly reason: string
  readonly archiveValue?: FindingValue
  readonly deviceValue?: FindingValue
  readonly facts?: Readonly<Record<string, string>>
  /** What a person could state to settle it. */
  readonly asks?: readonly Question[]
}

/**
 * One row of a rule table. `hard`: a missing input refuses the restore. `evaluate` is pure and total; it gives
 * one outcome or several (e.g. one per app), and an outcome of `unknown` wherever an input is missing.
 */
export interface Rule {
  readonly id: string
  readonly hard: boolean
  /** A person may go on against this rule with a typed reason, which is recorded (`block?` in the rule table). */
  readonly overridable?: true
  readonly source: string
  readonly evaluate: (input: RuleInput) => RuleOutcome | readonly RuleOutcome[]
}

/** Shows a fact as one side of a finding. */
export function valueOf(fact: Fact<string> | undefined): FindingValue | undefined {
  return fact && { value: fact.value, provenance: fact.provenance, readAt: fact.readAt }
}

/** Both sides of a finding, leaving out what is not known. */
export function sides(
  archiveValue: FindingValue | undefined,
  deviceValue: FindingValue | undefined,
): Pick<RuleOutcome, 'archiveValue' | 'deviceValue'> {
  return { ...(archiveValue && { archiveValue }), ...(deviceValue && { deviceValue }) }
}

/** The common shape "both sides must be known and equal": unknown where either is missing, else pass or blocker. */
export function mustBeEqual(
  archiveFact: Fact<string> | undefined,
  deviceFact: Fact<string> | undefined,
): RuleOutcome {
  const both = sides(valueOf(archiveFact), valueOf(deviceFact))
  if (!archiveFact) return { result: 'unknown', reason: 'archive-unknown', ...both }
  if (!deviceFact) return { result: 'unknown', reason: 'device-unknown', ...both }
  return archiveFact.value === deviceFact.value
    ? { result: 'pass', reason: 'equal', ...both }
    : { result: 'blocker', reason: 'differs', ...both }
}

/** Marks an outcome as a finding of its rule. */
export function toFinding(rule: Rule, outcome: RuleOutcome): Finding {
  return {
    rule: rule.id,
    hard: rule.hard,
    overridable: rule.overridable ?? false,
    source: rule.source,
    facts: {},
    ...outcome,
  }
}
