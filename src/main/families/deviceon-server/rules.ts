import type { Rule, RuleInput, RuleOutcome } from '../../../shared/compatibility/rule.ts'
import { sides, valueOf } from '../../../shared/compatibility/rule.ts'
import { compareVersions } from '../../../shared/compatibility/version.ts'
import type { Question } from '../../../shared/model/finding.ts'
import type { Fact } from '../../../shared/model/identity.ts'
import { isBackupName } from './archive-name.ts'
import { daysBetween, longestAgeMs, type Schedule } from './schedule.ts'
import { isVersion } from './values.ts'
import { firstWithBackup, routeTo } from './versions.ts'

const backupPage = 'DeviceOn manual, Enabling Automated Backups and Restores from Backup Archives'

/** What stands between a backup of a DeviceOn server and a server it shall go to. Numbers as in the rule table. */
export const deviceOnRules: readonly Rule[] = [
  { id: 'D1', hard: true, source: backupPage, evaluate: sameVersion },
  { id: 'D2', hard: true, source: `${backupPage}; version 5.2.4, TPM encryption`, evaluate: sameTpm },
  { id: 'D4', hard: false, source: backupPage, evaluate: sensorData },
  { id: 'D7', hard: false, source: backupPage, evaluate: nameOfServer },
  {
    id: 'D8',
    hard: true,
    overridable: true,
    source: `${backupPage}: recovery.bat; a Linux counterpart is not documented`,
    evaluate: sameSystem,
  },
  { id: 'D9', hard: false, source: 'DeviceOn manual, server management tools', evaluate: sameAddress },
  { id: 'D10', hard: false, source: 'DeviceOn manual, server installation on Windows', evaluate: licence },
  { id: 'D11', hard: false, source: 'DeviceOn release notes 5.2.4', evaluate: hasSystemBackup },
  { id: 'D12', hard: false, source: 'DeviceOn release notes 5.2.4 and 5.3.12', evaluate: upgradeRoute },
  { id: 'D13', hard: false, source: backupPage, evaluate: keepsSchedule },
]

const ask = (about: Question['about'], ...facts: readonly string[]): readonly Question[] =>
  facts.map((fact) => ({ about, fact }))

type Pair = readonly [archive: Fact<string> | undefined, device: Fact<string> | undefined]

function traitsOf({ archive, target }: RuleInput, name: string): Pair {
  return [archive.source.traits?.[name], target?.traits?.[name]]
}

/** Unknown with both sides and the question that would settle it; `undefined` where both are known. */
function unknownOf([archive, device]: Pair, fact: string): RuleOutcome | undefined {
  const both = sides(valueOf(archive), valueOf(device))
  if (!archive) {
    return { result: 'unknown', reason: 'archive-unknown', ...both, asks: ask('archive', fact) }
  }
  if (!device) return { result: 'unknown', reason: 'device-unknown', ...both, asks: ask('device', fact) }
  return undefined
}

function versionsOf({ archive, target }: RuleInput): Pair {
  const usable = (fact: Fact<string> | undefined): Fact<string> | undefined =>
    fact && isVersion(fact.value) ? fact : undefined
  return [usable(archive.source.systemVersion), usable(target?.systemVersion)]
}

/** All three numbers: that a restore between patch releases works is nowhere said. */
function sameVersion(input: RuleInput): RuleOutcome {
  const pair = versionsOf(input)
  const both = sides(valueOf(pair[0]), valueOf(pair[1]))
  const unknown = unknownOf(pair, 'version')
  if (unknown) return unknown
  return pair[0]?.value === pair[1]?.value
    ? { result: 'pass', reason: 'equal', ...both }
    : { result: 'blocker', reason: 'differs', ...both }
}

/** A chip that is there says nothing: whether DeviceOn uses it was chosen at installation, and only a person knows. */
function sameTpm(input: RuleInput): RuleOutcome {
  const [choice] = traitsOf(input, 'tpm')
  const [source, present] = traitsOf(input, 'tpmId')
  const both = sides(valueOf(source), valueOf(present))
  if (choice?.value === 'no') return { result: 'pass', reason: 'not-used', ...both }
  if (choice?.value !== 'yes') {
    return { result: 'unknown', reason: 'use-unknown', ...both, asks: ask('archive', 'tpm') }
  }
  const unknown = unknownOf([source, present], 'tpmId')
  if (unknown) return unknown
  return source?.value === present?.value
    ? { result: 'pass', reason: 'same', ...both }
    : { result: 'blocker', reason: 'other', ...both, facts: { machine: input.record.device.name } }
}

function sensorData(): RuleOutcome {
  return { result: 'caution', reason: 'not-contained' }
}

function nameOfServer({ record }: RuleInput): RuleOutcome {
  const archiveValue = { value: record.fileName, provenance: 'recorded' as const, readAt: record.takenAt }
  return isBackupName(record.fileName)
    ? { result: 'pass', reason: 'as-made', archiveValue }
    : { result: 'caution', reason: 'renamed', archiveValue }
}

function sameSystem(input: RuleInput): RuleOutcome {
  const pair = traitsOf(input, 'os')
  const both = sides(valueOf(pair[0]), valueOf(pair[1]))
  const unknown = unknownOf(pair, 'os')
  if (unknown) return unknown
  if (pair[0]?.value !== pair[1]?.value) return { result: 'blocker', reason: 'differs', ...both }
  return pair[1]?.value === 'windows'
    ? { result: 'pass', reason: 'windows', ...both }
    : { result: 'caution', reason: 'linux', ...both }
}

function sameAddress(input: RuleInput): RuleOutcome {
  const pair = traitsOf(input, 'serverAddress')
  const both = sides(valueOf(pair[0]), valueOf(pair[1]))
  const unknown = unknownOf(pair, 'serverAddress')
  if (unknown) return unknown
  return pair[0]?.value === pair[1]?.value
    ? { result: 'pass', reason: 'equal', ...both }
    : { result: 'caution', reason: 'differs', ...both }
}

function licence(input: RuleInput): RuleOutcome {
  const pair = traitsOf(input, 'mac')
  const both = sides(valueOf(pair[0]), valueOf(pair[1]))
  const unknown = unknownOf(pair, 'mac')
  if (unknown) return unknown
  return pair[0]?.value === pair[1]?.value
    ? { result: 'pass', reason: 'equal', ...both }
    : { result: 'caution', reason: 'differs', ...both }
}

function hasSystemBackup(input: RuleInput): RuleOutcome {
  const [source] = versionsOf(input)
  const archiveValue = valueOf(source)
  if (!source) {
    return { result: 'unknown', reason: 'archive-unknown', asks: ask('archive', 'version') }
  }
  return {
    ...(compareVersions(source.value, firstWithBackup) >= 0
      ? { result: 'pass', reason: 'known' }
      : { result: 'caution', reason: 'too-old' }),
    ...(archiveValue && { archiveValue }),
  }
}

/** Says the way where the target has to be upgraded; an older archive cannot be brought to a newer server by upgrades. */
function upgradeRoute(input: RuleInput): RuleOutcome {
  const pair = versionsOf(input)
  const both = sides(valueOf(pair[0]), valueOf(pair[1]))
  const unknown = unknownOf(pair, 'version')
  if (unknown) return unknown
  const [archive = '', device = ''] = pair.map((fact) => fact?.value)
  if (compareVersions(device, archive) >= 0) return { result: 'pass', reason: 'no-upgrade', ...both }
  const route = [device, ...routeTo(device, archive)].join(' → ')
  return { result: 'caution', reason: 'upgrade', ...both, facts: { route } }
}

/** Judged by the time the target was read: rules have no clock. */
function keepsSchedule({ record, archive, target }: RuleInput): RuleOutcome {
  const schedule = archive.source.traits?.['schedule'] ?? target?.traits?.['schedule']
  if (!isSchedule(schedule?.value)) {
    return { result: 'unknown', reason: 'schedule-unknown', asks: ask('device', 'schedule') }
  }
  if (!target) return { result: 'unknown', reason: 'device-unknown' }
  const isSame = archive.source.serial !== undefined && archive.source.serial.value === target.serial?.value
  const onServer = isSame ? target.traits?.['newestBackup']?.value : undefined
  const newest = onServer !== undefined && onServer > record.takenAt ? onServer : record.takenAt
  const facts = {
    schedule: schedule.value,
    newest,
    days: String(daysBetween(newest, target.readAt)),
  }
  const isLate = Date.parse(target.readAt) - Date.parse(newest) > longestAgeMs(schedule.value)
  return isLate ? { result: 'caution', reason: 'late', facts } : { result: 'pass', reason: 'kept', facts }
}

function isSchedule(value: string | undefined): value is Schedule {
  return value === 'daily' || value === 'monthly'
}
