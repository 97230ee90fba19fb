import type { Rule, RuleInput, RuleOutcome } from '../../../shared/compatibility/rule.ts'
import { sides, valueOf } from '../../../shared/compatibility/rule.ts'
import { isWithin } from './facts.ts'

/**
 * What can be said before a restore to a Linux host. None of it blocks: no vendor states a condition, and files of
 * settings or data go well with another host. All of it is said, with both values.
 */
export const linuxRules: readonly Rule[] = [
  {
    id: 'L1',
    hard: false,
    source: 'Filesystem Hierarchy Standard 3.0, chapters 3.13 and 4: programs for one processor lie there',
    evaluate: sameArchitecture,
  },
  {
    id: 'L2',
    hard: false,
    source: 'os-release(5): ID and VERSION_ID name the operating system and its release',
    evaluate: sameSystem,
  },
  {
    id: 'L3',
    hard: false,
    source: 'GNU tar manual, option --same-owner: only the superuser can give files to other owners',
    evaluate: superuser,
  },
]

/** Where programs and libraries lie, and where package managers and containers keep theirs. */
const programFolders = ['bin', 'boot', 'lib', 'lib64', 'opt', 'sbin', 'snap', 'usr', 'var/lib']

function sameArchitecture({ record, archive, target }: RuleInput): RuleOutcome {
  const source = archive.source.architecture
  const present = target?.architecture
  const both = sides(valueOf(source), valueOf(present))
  if (!source) return { result: 'unknown', reason: 'archive-unknown', ...both }
  if (!present) return { result: 'unknown', reason: 'device-unknown', ...both }
  if (source.value === present.value) return { result: 'pass', reason: 'equal', ...both }
  const parts = record.scope.parts.map(({ id }) => id)
  const withPrograms = parts.filter((part) =>
    programFolders.some((folder) => isWithin(part, folder) || isWithin(folder, part)),
  )
  // An imported archive has no parts on record: it may hold programs.
  if (parts.length > 0 && withPrograms.length === 0) {
    return { result: 'pass', reason: 'no-programs', ...both }
  }
  return { result: 'caution', reason: 'differs', ...both, facts: { parts: withPrograms.join(', ') } }
}

function sameSystem({ archive, target }: RuleInput): RuleOutcome {
  const source = archive.source.systemVersion
  const present = target?.systemVersion
  const both = sides(valueOf(source), valueOf(present))
  if (!source) return { result: 'unknown', reason: 'archive-unknown', ...both }
  if (!present) return { result: 'unknown', reason: 'device-unknown', ...both }
  return source.value === present.value
    ? { result: 'pass', reason: 'equal', ...both }
    : { result: 'caution', reason: 'differs', ...both }
}

function superuser({ target }: RuleInput): RuleOutcome {
  const rights = target?.rights
  if (!rights) return { result: 'unknown', reason: 'rights-unknown' }
  return rights.value.includes('root')
    ? { result: 'pass', reason: 'superuser' }
    : { result: 'caution', reason: 'not-superuser' }
}
