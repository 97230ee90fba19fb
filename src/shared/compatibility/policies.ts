import type { FindingResult } from '../model/finding.ts'
import type { Fact, Identity } from '../model/identity.ts'
import { mustBeEqual, sides, valueOf, type RuleInput, type RuleOutcome } from './rule.ts'
import { compareVersions, versionNumbers } from './version.ts'

/** One side of a comparison: a fact of an identity as it stands, or what the family reads out of it. */
export type ReadFact = (identity: Identity) => Fact<string> | undefined

type Evaluate = (input: RuleInput) => RuleOutcome

/**
 * Source and target must have the same value. Reasons: `equal`, `differs`, `archive-unknown`, `device-unknown`; a fact
 * that is missing on either side is `unknown`, never a pass.
 */
export function sameFact(read: ReadFact): Evaluate {
  return ({ archive, target }) => mustBeEqual(read(archive.source), target && read(target))
}

/** A fact that only one family knows, by its name in `Identity.traits`. */
export function trait(name: string): ReadFact {
  return ({ traits }) => traits?.[name]
}

/** Same hardware: a fact that no two machines share (a TPM, a serial number). Reasons as `sameFact`. */
export const sameHardware = (read: ReadFact = ({ serial }) => serial): Evaluate => sameFact(read)

/** Same processor architecture. Reasons as `sameFact`. */
export const sameArchitecture = (read: ReadFact = ({ architecture }) => architecture): Evaluate =>
  sameFact(read)

/** Same model. Reasons as `sameFact`. */
export const sameModel = (read: ReadFact = ({ model }) => model): Evaluate => sameFact(read)

const ownVersion: ReadFact = ({ systemVersion }) => systemVersion

/**
 * The target must have the very version of the source. `part` cuts a version to what the vendor compares (`major.minor`);
 * where it finds nothing to compare, the whole spelling is compared. Reasons as `sameFact`.
 */
export function exactVersion(
  part: (version: string) => string | undefined = (version) => version,
  read: ReadFact = ownVersion,
): Evaluate {
  return sameFact((identity) => {
    const version = read(identity)
    return version && { ...version, value: part(version.value) ?? version.value }
  })
}

/**
 * The target must not be older than the source. Reasons: `equal`, `newer` (both pass), `older`, `archive-unknown`,
 * `device-unknown`; a version without a number at its front is not known.
 */
export function atLeastVersion(read: ReadFact = ownVersion): Evaluate {
  return compareKnown(read, (source, present) => {
    const order = compareVersions(present, source)
    if (order < 0) return { result: 'blocker', reason: 'older' }
    return { result: 'pass', reason: order === 0 ? 'equal' : 'newer' }
  })
}

/** Versions from `atLeast` on, up to but without `below`, or beginning with all numbers of `line` (`5.9` holds `5.9.4`). */
export interface VersionRange {
  readonly atLeast?: string
  readonly below?: string
  readonly line?: string
}

/** One row of a vendor's table of version pairs. A side that is left out stands for every version. */
export interface VersionPair {
  readonly source?: VersionRange
  readonly target?: VersionRange
  readonly result: FindingResult
  readonly reason: string
}

/**
 * A vendor's table of version pairs: the first row that holds both versions decides, `otherwise` where none does.
 * Reasons: those of the rows, `archive-unknown`, `device-unknown`.
 */
export function versionMatrix(
  rows: readonly VersionPair[],
  otherwise: Pick<VersionPair, 'result' | 'reason'>,
  read: ReadFact = ownVersion,
): Evaluate {
  return compareKnown(read, (source, present) => {
    const row = rows.find((pair) => isWithin(source, pair.source) && isWithin(present, pair.target))
    const { result, reason } = row ?? otherwise
    return { result, reason }
  })
}

/** True where a version lies in a range; a version without numbers lies in none but the one that holds all. */
export function isWithin(version: string, { atLeast, below, line }: VersionRange = {}): boolean {
  if (atLeast === undefined && below === undefined && line === undefined) return true
  const numbers = versionNumbers(version)
  if (numbers.length === 0) return false
  if (atLeast !== undefined && compareVersions(version, atLeast) < 0) return false
  if (below !== undefined && compareVersions(version, below) >= 0) return false
  return line === undefined || versionNumbers(line).every((number, place) => numbers[place] === number)
}

function compareKnown(
  read: ReadFact,
  compare: (source: string, present: string) => Pick<RuleOutcome, 'result' | 'reason'>,
): Evaluate {
  return ({ archive, target }) => {
    const source = read(archive.source)
    const present = target && read(target)
    const both = sides(valueOf(source), valueOf(present))
    if (!isVersion(source)) return { result: 'unknown', reason: 'archive-unknown', ...both }
    if (!isVersion(present)) return { result: 'unknown', reason: 'device-unknown', ...both }
    return { ...compare(source.value, present.value), ...both }
  }
}

function isVersion(fact: Fact<string> | undefined): fact is Fact<string> {
  return fact !== undefined && versionNumbers(fact.value).length > 0
}
