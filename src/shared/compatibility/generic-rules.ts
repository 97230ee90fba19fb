import type { Rule, RuleInput, RuleOutcome } from './rule.ts'

const generic = 'Ferrite, generic rules'

/** Rules about the archive alone (`G…` of the rule table); they hold for every family. */
export const archiveRules: readonly Rule[] = [
  { id: 'G1', hard: true, source: generic, evaluate: sameHash },
  { id: 'G2', hard: true, source: generic, evaluate: safeEntries },
]

/** Rules about an archive and a device together; they hold for every family. */
export const pairRules: readonly Rule[] = [
  { id: 'G3', hard: true, source: generic, evaluate: pinnedDevice },
  { id: 'G5', hard: false, source: generic, evaluate: overwrites },
]

function sameHash({ record, archive }: RuleInput): RuleOutcome {
  const archiveValue = { value: record.sha256, provenance: 'recorded' as const, readAt: record.takenAt }
  if (archive.hashMatches === undefined) return { result: 'unknown', reason: 'not-hashed', archiveValue }
  return archive.hashMatches
    ? { result: 'pass', reason: 'equal', archiveValue }
    : { result: 'blocker', reason: 'differs', archiveValue }
}

function safeEntries({ archive }: RuleInput): RuleOutcome {
  const unsafe = archive.unsafeEntries
  if (unsafe === undefined) return { result: 'unknown', reason: 'not-opened' }
  const [first] = unsafe
  if (first === undefined) return { result: 'pass', reason: 'safe' }
  return {
    result: 'blocker',
    reason: 'unsafe',
    archiveValue: { value: first, provenance: 'archive' },
    facts: { count: String(unsafe.length) },
  }
}

function pinnedDevice({ targetDevice }: RuleInput): RuleOutcome {
  return targetDevice.pinned
    ? { result: 'pass', reason: 'pinned' }
    : { result: 'unknown', reason: 'not-pinned', facts: { device: targetDevice.name } }
}

function overwrites({ archive, target, targetDevice }: RuleInput): RuleOutcome {
  const facts = { device: targetDevice.name }
  const source = archive.source.serial
  const serial = target?.serial
  const values = {
    ...(source && {
      archiveValue: { value: source.value, provenance: source.provenance, readAt: source.readAt },
    }),
    ...(serial && {
      deviceValue: { value: serial.value, provenance: serial.provenance, readAt: serial.readAt },
    }),
  }
  if (!source || !serial) return { result: 'caution', reason: 'not-compared', facts, ...values }
  return source.value === serial.value
    ? { result: 'caution', reason: 'same-device', facts, ...values }
    : { result: 'caution', reason: 'other-device', facts, ...values }
}
