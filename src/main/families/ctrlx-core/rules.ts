import { exactVersion, sameFact } from '../../../shared/compatibility/policies.ts'
import {
  sides,
  valueOf,
  type Rule,
  type RuleInput,
  type RuleOutcome,
} from '../../../shared/compatibility/rule.ts'
import type { FindingValue } from '../../../shared/model/finding.ts'
import type { Fact, Identity } from '../../../shared/model/identity.ts'
import type { LeftOutReason } from '../../../shared/model/scope.ts'
import { architectureOfModel, majorMinor } from './hardware.ts'

const functionalPrinciple = 'ctrlX CORE, Backing up and restoring: Functional principle'
const introduction = 'ctrlX CORE, Backing up and restoring: Introduction'
const userRights = 'ctrlX CORE, Backing up and restoring: Required user rights'

/** The right that the vendor calls "Full access"; a device lets only its holders fetch and apply backups. */
export const fullAccess = 'rexroth-device.all.rwx'

/** Rows C1 to C5 of the rule table. System versions are compared as major and minor, as the device itself makes them. */
export const rules: readonly Rule[] = [
  { id: 'C1', hard: true, source: functionalPrinciple, evaluate: sameArchitectureOfModels },
  { id: 'C2', hard: true, source: functionalPrinciple, evaluate: exactVersion(majorMinor) },
  { id: 'C3', hard: false, source: introduction, evaluate: systemAppsAreMissing },
  { id: 'C4', hard: false, source: introduction, evaluate: disabledAppsAreMissing },
  { id: 'C5', hard: false, overridable: true, source: userRights, evaluate: mayRestore },
]

const sameArchitecture = sameFact(architecture)

function sameArchitectureOfModels(input: RuleInput): RuleOutcome {
  return {
    ...sameArchitecture(input),
    facts: {
      archiveModel: input.archive.source.model?.value ?? '',
      deviceModel: input.target?.model?.value ?? '',
    },
  }
}

/** The architecture itself, or what the model says of it. */
function architecture(identity: Identity): Fact<string> | undefined {
  if (identity.architecture) return identity.architecture
  const model = identity.model
  const value = model && architectureOfModel(model.value)
  return model && value !== undefined ? { ...model, value } : undefined
}

function systemAppsAreMissing(input: RuleInput): RuleOutcome {
  const left = namesLeftOut(input, ['operating-system-app', 'hardware-app'])
  if (left === undefined) return { result: 'unknown', reason: 'apps-unknown' }
  if (left.length === 0) return { result: 'pass', reason: 'none-missing' }
  const onTarget = input.target?.apps
  const present = left.filter((name) => onTarget?.value.some((app) => app.name === name))
  const both = sides(recorded(input, left), onTarget && valueOf({ ...onTarget, value: present.join(', ') }))
  const missing = left.filter((name) => !present.includes(name))
  if (!onTarget)
    return { result: 'caution', reason: 'not-in-archive', ...both, facts: { apps: left.join(', ') } }
  return missing.length === 0
    ? { result: 'caution', reason: 'kept-on-device', ...both, facts: { apps: left.join(', ') } }
    : { result: 'caution', reason: 'not-on-device', ...both, facts: { apps: missing.join(', ') } }
}

function disabledAppsAreMissing(input: RuleInput): RuleOutcome {
  const left = namesLeftOut(input, ['disabled-app'])
  if (left === undefined) return { result: 'unknown', reason: 'apps-unknown' }
  if (left.length === 0) return { result: 'pass', reason: 'none-disabled' }
  const both = sides(recorded(input, left), undefined)
  return { result: 'caution', reason: 'left-out', ...both, facts: { apps: left.join(', ') } }
}

/** Names that were noted when the backup was made. */
function recorded({ record }: RuleInput, names: readonly string[]): FindingValue {
  return { value: names.join(', '), provenance: 'recorded', readAt: record.takenAt }
}

/** What was left out for one of these reasons; `undefined` where nobody noted it (an imported file does not say). */
function namesLeftOut(
  { record }: RuleInput,
  reasons: readonly LeftOutReason[],
): readonly string[] | undefined {
  const { leftOut } = record.scope
  if (record.origin === 'import' && leftOut.length === 0) return undefined
  return leftOut.filter(({ reason }) => reasons.includes(reason)).map(({ what }) => what)
}

function mayRestore({ target }: RuleInput): RuleOutcome {
  const rights = target?.rights
  if (!rights) return { result: 'unknown', reason: 'rights-unknown', facts: { right: fullAccess } }
  const shown = { value: rights.value.join(', '), provenance: rights.provenance, readAt: rights.readAt }
  const both = sides(undefined, valueOf(shown))
  return rights.value.includes(fullAccess)
    ? { result: 'pass', reason: 'full-access', ...both }
    : { result: 'blocker', reason: 'right-missing', ...both, facts: { right: fullAccess } }
}
