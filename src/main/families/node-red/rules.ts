import { atLeastVersion } from '../../../shared/compatibility/policies.ts'
import {
  sides,
  valueOf,
  type Rule,
  type RuleInput,
  type RuleOutcome,
} from '../../../shared/compatibility/rule.ts'
import { versionNumbers } from '../../../shared/compatibility/version.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import { lines, modulesByType, traits } from './traits.ts'

const adminApi = 'Node-RED, Admin HTTP API: POST /flows'
const observed = 'Node-RED 4.1, observed'

/** Rows P2a to P2d of the rule table. */
export const rules: readonly Rule[] = [
  { id: 'P2a', hard: false, overridable: true, source: observed, evaluate: typesAreInstalled },
  { id: 'P2b', hard: false, source: observed, evaluate: credentialsAreElsewhere },
  { id: 'P2c', hard: false, source: 'Node-RED, release notes', evaluate: targetIsNotOlder },
  { id: 'P2d', hard: false, overridable: true, source: adminApi, evaluate: mayDeploy },
]

/**
 * Node-RED takes flows with unknown node types without a word and then starts none of them, so the types are compared
 * before.
 */
function typesAreInstalled({ archive, target }: RuleInput): RuleOutcome {
  const used = archive.source.traits?.[traits.usedTypes]
  const installed = target?.traits?.[traits.nodeTypes]
  if (!used) return { result: 'unknown', reason: 'archive-unknown' }
  if (!installed) return { result: 'unknown', reason: 'device-unknown' }
  const onTarget = modulesByType(installed.value)
  const missing = lines.split(used.value).filter((type) => !onTarget.has(type))
  if (missing.length === 0) return { result: 'pass', reason: 'installed' }
  const facts = { types: missing.join(', '), modules: modulesOf(missing, archive.source).join(', ') }
  return { result: 'blocker', reason: facts.modules === '' ? 'missing' : 'module-missing', facts }
}

/** The modules that brought these types on the source, with the versions there; none where nobody noted it. */
function modulesOf(types: readonly string[], { traits: known, apps }: Identity): readonly string[] {
  const onSource = modulesByType(known?.[traits.nodeTypes]?.value ?? '')
  const names = new Set(types.flatMap((type) => onSource.get(type) ?? []))
  return [...names].sort().map((name) => {
    const version = apps?.value.find((app) => app.name === name)?.version ?? ''
    return version === '' ? name : `${name} ${version}`
  })
}

/** They lie in a file of their own, encrypted with a secret of the instance, and no interface gives them out. */
function credentialsAreElsewhere({ archive, target }: RuleInput): RuleOutcome {
  const encryption = traits.encryption
  const both = sides(valueOf(archive.source.traits?.[encryption]), valueOf(target?.traits?.[encryption]))
  return { result: 'caution', reason: 'kept-elsewhere', ...both }
}

/** Nodes are made for the versions that came after theirs, seldom for those before. Patch levels do not count. */
function targetIsNotOlder(input: RuleInput): RuleOutcome {
  const outcome = atLeastVersion(({ systemVersion: version }) => {
    if (!version) return undefined
    const [major = 0, minor = 0] = versionNumbers(version.value)
    return versionNumbers(version.value).length === 0
      ? version
      : { ...version, value: `${String(major)}.${String(minor)}` }
  })(input)
  return outcome.result === 'blocker' ? { ...outcome, result: 'caution' } : outcome
}

/** The permissions of the editor's users that allow `POST /flows`. */
const deploying: readonly string[] = ['*', 'write', 'flows.write']

function mayDeploy({ target }: RuleInput): RuleOutcome {
  const rights = target?.rights
  if (!rights) return { result: 'unknown', reason: 'rights-unknown' }
  const shown = valueOf({ ...rights, value: rights.value.join(', ') })
  return rights.value.some((right) => deploying.includes(right))
    ? { result: 'pass', reason: 'may-deploy', ...sides(undefined, shown) }
    : { result: 'blocker', reason: 'right-missing', ...sides(undefined, shown) }
}
