import { validityProblem } from '../model/certificate.ts'
import { sides, valueOf, type Rule, type RuleInput, type RuleOutcome } from './rule.ts'

const generic = 'Ferrite, generic rules'

/** Rules about the archive alone (`G…` of the rule table); they hold for every family. */
export const archiveRules: readonly Rule[] = [
  { id: 'G1', hard: true, source: generic, evaluate: sameHash },
  { id: 'G2', hard: true, source: generic, evaluate: safeEntries },
]

/**
 * What can be judged of a pair from records alone. The other pair rules need the opened file, or say of every restore
 * that it overwrites what is there.
 */
export const recordRules: readonly Rule[] = [
  { id: 'G3', hard: true, source: generic, evaluate: pinnedDevice },
]

/** Rules about an archive and a device together; they hold for every family. */
export const pairRules: readonly Rule[] = [
  ...recordRules,
  { id: 'G4', hard: false, overridable: true, source: generic, evaluate: enoughRoom },
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

/** An accepted certificate stays the accepted one when its time is over: that is told, and stops nothing. */
function pinnedDevice({ target, targetDevice }: RuleInput): RuleOutcome {
  if (!targetDevice.pinned) {
    return { result: 'unknown', reason: 'not-pinned', facts: { device: targetDevice.name } }
  }
  const problem = target && validityProblem(target)
  if (!problem) return { result: 'pass', reason: 'pinned' }
  return { result: 'caution', reason: problem.kind, ...sides(undefined, valueOf(problem.time)) }
}

/**
 * A restore needs its unpacked size, and as much again for the copy it is unpacked from. On the device the archive came
 * from most of it is there already and is replaced, so too little room is a caution there; families measure it.
 */
function enoughRoom({ record, archive, target }: RuleInput): RuleOutcome {
  const neededBytes = archive.unpackedBytes
  const free = target?.freeBytes
  const sides = {
    ...(neededBytes !== undefined && { archiveValue: { value: mebibytes(neededBytes) } }),
    ...(free && {
      deviceValue: { value: mebibytes(free.value), provenance: free.provenance, readAt: free.readAt },
    }),
  }
  if (neededBytes === undefined) {
    const reason = record.container === 'opaque' ? 'archive-opaque' : 'archive-unknown'
    return { result: 'unknown', reason, ...sides }
  }
  if (!free) return { result: 'unknown', reason: 'device-unknown', ...sides }
  const facts = { neededBytes: String(neededBytes), freeBytes: String(free.value) }
  if (free.value >= 2 * neededBytes) return { result: 'pass', reason: 'enough', facts, ...sides }
  if (free.value >= neededBytes) return { result: 'caution', reason: 'tight', facts, ...sides }
  const serial = archive.source.serial?.value
  return serial !== undefined && serial === target.serial?.value
    ? { result: 'caution', reason: 'replaces', facts, ...sides }
    : { result: 'blocker', reason: 'too-little', facts, ...sides }
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2)} MiB`
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
