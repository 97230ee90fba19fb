import type { RuleInput, RuleOutcome } from '../../../shared/compatibility/rule.ts'
import { sides, valueOf } from '../../../shared/compatibility/rule.ts'
import { compareVersions } from '../../../shared/compatibility/version.ts'
import type { Question } from '../../../shared/model/finding.ts'
import { compareAppliances, isDocumentedTarget, lineOf, migrationOf, type Migration } from './versions.ts'

type Sides = Pick<RuleOutcome, 'archiveValue' | 'deviceValue'>

/** What both versions are, or the answer where one is missing: nobody can read them from outside. */
function versionsOf({
  archive,
  target,
}: RuleInput):
  | { readonly known: true; readonly source: string; readonly present: string; readonly both: Sides }
  | { readonly known: false; readonly unknown: RuleOutcome } {
  const source = archive.source.systemVersion
  const present = target?.systemVersion
  const both = sides(valueOf(source), valueOf(present))
  if (source && present) return { known: true, source: source.value, present: present.value, both }
  const asks: readonly Question[] = [
    ...(source ? [] : [{ about: 'archive' as const, fact: 'version' }]),
    ...(present ? [] : [{ about: 'device' as const, fact: 'version' }]),
  ]
  const reason = source ? 'device-unknown' : 'archive-unknown'
  return { known: false, unknown: { result: 'unknown', reason, ...both, asks } }
}

const resultOf: Readonly<Record<Migration, RuleOutcome['result']>> = {
  'step-by-step': 'blocker',
  'patch-first': 'blocker',
  fits: 'pass',
  possible: 'caution',
  'upgrade-recommended': 'caution',
  'best-tested': 'pass',
  'not-documented': 'caution',
}

/** E3: what the vendor's guides say to this pair. A pair within 5.x is E5's, one that goes back is E6's. */
export function migrationPair(input: RuleInput): RuleOutcome | readonly RuleOutcome[] {
  const versions = versionsOf(input)
  if (!versions.known) return versions.unknown
  const { source, present, both } = versions
  const line = lineOf(present)
  if (line === '5.x' || compareAppliances(source, present) > 0) return []
  const found = migrationOf(source, line)
  const migration = isDocumentedTarget(present) || resultOf[found] === 'blocker' ? found : 'not-documented'
  return { result: resultOf[migration], reason: migration, ...both, facts: { source, target: present, line } }
}

/** E4: the target has to be higher than 5.2.0.6. */
export function targetAge({ target }: RuleInput): RuleOutcome {
  const present = target?.systemVersion
  if (!present)
    return { result: 'unknown', reason: 'device-unknown', asks: [{ about: 'device', fact: 'version' }] }
  const deviceValue = { deviceValue: { ...present } }
  return compareAppliances(present.value, '5.2.0.6') > 0
    ? { result: 'pass', reason: 'young', ...deviceValue }
    : { result: 'blocker', reason: 'old', ...deviceValue }
}

/** E5: within 5.x one page asks for the same version, another for a newer target; the same is right for both. */
export function sameLine(input: RuleInput): RuleOutcome | readonly RuleOutcome[] {
  const versions = versionsOf(input)
  if (!versions.known || lineOf(versions.present) !== '5.x' || lineOf(versions.source) !== '5.x') return []
  const { source, present, both } = versions
  const order = compareVersions(source, present)
  if (order === 0) return { result: 'pass', reason: 'equal', ...both }
  return order < 0 ? { result: 'caution', reason: 'newer', ...both } : []
}

/** E6: a backup never goes onto an older version, on no path. */
export function noDowngrade(input: RuleInput): RuleOutcome {
  const versions = versionsOf(input)
  if (!versions.known) return versions.unknown
  const { source, present, both } = versions
  return compareAppliances(source, present) > 0
    ? { result: 'blocker', reason: 'older', ...both }
    : { result: 'pass', reason: 'not-older', ...both }
}

/** E21: from before 5.2.0.6 to 5.7.0.0, database partitions have to be enabled first. */
export function partitionsFirst(input: RuleInput): RuleOutcome | readonly RuleOutcome[] {
  const versions = versionsOf(input)
  if (!versions.known || compareVersions(versions.source, '5.2.0.6') >= 0) return []
  return compareVersions(versions.present, '5.7.0.0') < 0
    ? []
    : { result: 'blocker', reason: 'partitions', ...versions.both }
}
