import { expect, test } from 'vitest'
import {
  atLeastVersion,
  exactVersion,
  isWithin,
  sameArchitecture,
  sameHardware,
  sameModel,
  trait,
  versionMatrix,
} from '../../../src/shared/compatibility/policies.ts'
import type { RuleInput } from '../../../src/shared/compatibility/rule.ts'
import { fact, type Identity } from '../../../src/shared/model/identity.ts'
import { sampleRecord } from '../../main/families/linux-host/sample.ts'

const at = '2026-11-21T06:00:00.000Z'
const nothing: Identity = { family: 'linux-host', readAt: at }

function pair(source: Partial<Identity>, target: Partial<Identity> | undefined): RuleInput {
  return {
    record: sampleRecord({}),
    archive: {
      source: { ...nothing, ...source },
      unsafeEntries: [],
      hashMatches: true,
      unpackedBytes: undefined,
    },
    target: target && { ...nothing, ...target },
    targetDevice: { name: 'PRESS-7', pinned: true },
  }
}

const version = (value: string): Partial<Identity> => ({ systemVersion: fact(value, 'probed', at) })
const twoNumbers = (value: string): string | undefined => /^\d+\.\d+/.exec(value)?.[0]

test.each([
  ['the same version', '4.6', '4.6', 'equal'],
  ['a version that differs where the vendor does not look', '4.6.1', '4.6.9', 'equal'],
  ['another version', '4.6', '4.4', 'differs'],
  ['two equal spellings that are no version', 'edge', 'edge', 'equal'],
])('exact: %s', (_what, source, target, reason) => {
  expect(exactVersion(twoNumbers)(pair(version(source), version(target))).reason).toBe(reason)
})

test.each([
  ['5.2.4', '5.2.4', 'pass', 'equal'],
  ['5.2.4', '5.10.0', 'pass', 'newer'],
  ['5.10.0', '5.2.4', 'blocker', 'older'],
  ['unreadable', '5.2.4', 'unknown', 'archive-unknown'],
  ['5.2.4', 'unreadable', 'unknown', 'device-unknown'],
] as const)('at least: %s onto %s', (source, target, result, reason) => {
  expect(atLeastVersion()(pair(version(source), version(target)))).toMatchObject({ result, reason })
})

const table = versionMatrix(
  [
    { source: { below: '5.7' }, result: 'blocker', reason: 'too-old' },
    { source: { line: '5.9.4.2' }, target: { atLeast: '2510' }, result: 'pass', reason: 'listed' },
  ],
  { result: 'caution', reason: 'not-listed' },
)

test.each([
  ['5.6.9', '2510', 'too-old'],
  ['5.9.4.2', '2510', 'listed'],
  ['5.9.4.2', '2509', 'not-listed'],
  ['5.9.4.1', '2510', 'not-listed'],
  ['none', '2510', 'archive-unknown'],
])('table: %s onto %s', (source, target, reason) => {
  expect(table(pair(version(source), version(target))).reason).toBe(reason)
})

test('a range ends before its upper bound and a line holds everything below it', () => {
  expect(isWithin('5.7', { atLeast: '5.2', below: '5.7' })).toBe(false)
  expect(isWithin('5.2', { atLeast: '5.2', below: '5.7' })).toBe(true)
  expect(isWithin('5.9.4.2', { line: '5.9' })).toBe(true)
  expect(isWithin('5.90', { line: '5.9' })).toBe(false)
})

test.each([
  ['hardware', sameHardware(), { serial: fact('S-1', 'probed', at) }, { serial: fact('S-2', 'probed', at) }],
  [
    'hardware by a trait',
    sameHardware(trait('tpmId')),
    { traits: { tpmId: fact('T-1', 'stated', at) } },
    { traits: { tpmId: fact('T-2', 'stated', at) } },
  ],
  [
    'architecture',
    sameArchitecture(),
    { architecture: fact('x64', 'probed', at) },
    { architecture: fact('arm64', 'probed', at) },
  ],
  ['model', sameModel(), { model: fact('X3', 'probed', at) }, { model: fact('X7', 'probed', at) }],
] as const)('same %s: equal, other, and missing on either side', (_what, policy, one, other) => {
  expect(policy(pair(one, one)).result).toBe('pass')
  expect(policy(pair(one, other))).toMatchObject({ result: 'blocker', reason: 'differs' })
  expect(policy(pair({}, one)).reason).toBe('archive-unknown')
  expect(policy(pair(one, {})).reason).toBe('device-unknown')
  expect(policy(pair(one, undefined)).reason).toBe('device-unknown')
})
