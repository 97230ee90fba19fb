import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check, mayRestore, verdictOf } from '../../../src/shared/compatibility/check.ts'
import { archiveRules, pairRules } from '../../../src/shared/compatibility/generic-rules.ts'
import { mustBeEqual, type RuleInput } from '../../../src/shared/compatibility/rule.ts'
import { compareVersions } from '../../../src/shared/compatibility/version.ts'
import { findingResults, type Finding } from '../../../src/shared/model/finding.ts'
import { fact, type Identity } from '../../../src/shared/model/identity.ts'
import { archiveRecordSchema } from '../../../src/shared/model/record.ts'

const at = '2026-11-21T06:00:00.000Z'
const identity: Identity = {
  family: 'ctrlx-core',
  readAt: at,
  serial: fact('S-1', 'probed', at),
}
const record = archiveRecordSchema.parse({
  format: 1,
  id: '20261121t060000z-press-7-abc123',
  origin: 'backup',
  family: 'ctrlx-core',
  device: { name: 'PRESS-7', address: 'https://127.0.0.1' },
  source: identity,
  takenAt: at,
  fileName: 'a.zip',
  container: 'zip',
  sizeBytes: 1,
  sha256: 'a'.repeat(64),
  scope: { parts: [], leftOut: [] },
  proof: 'L2',
  passwordProtected: false,
})
const good: RuleInput = {
  record,
  archive: { source: identity, unsafeEntries: [], hashMatches: true, unpackedBytes: 1 },
  target: identity,
  targetDevice: { name: 'PRESS-7', pinned: true },
}
const generic = [...archiveRules, ...pairRules]

function resultOf(rule: string, input: RuleInput): string | undefined {
  return check(generic, input).findings.find((finding) => finding.rule === rule)?.result
}

test.each([
  ['G1', { ...good, archive: { ...good.archive, hashMatches: false } }, 'blocker'],
  ['G1', { ...good, archive: { ...good.archive, hashMatches: undefined } }, 'unknown'],
  ['G2', { ...good, archive: { ...good.archive, unsafeEntries: ['../x'] } }, 'blocker'],
  ['G2', { ...good, archive: { ...good.archive, unsafeEntries: undefined } }, 'unknown'],
  ['G3', { ...good, targetDevice: { name: 'PRESS-7', pinned: false } }, 'unknown'],
  ['G5', { ...good, target: undefined }, 'caution'],
  ['G5', good, 'caution'],
] as const)('%s sees what is wrong', (rule, input, result) => {
  expect(resultOf(rule, input)).toBe(result)
})

test.each(['G1', 'G2', 'G3', 'G5'])('without the row of %s its finding is gone', (rule) => {
  expect(resultOf(rule, good)).toBeDefined()
  const others = generic.filter(({ id }) => id !== rule)
  expect(check(others, good).findings.some((finding) => finding.rule === rule)).toBe(false)
})

test('nothing checked is unknown, never a fit', () => {
  expect(verdictOf([])).toBe('unknown')
})

const findings = fc.array(
  fc.record({
    rule: fc.constantFrom('A', 'B', 'C'),
    reason: fc.constant('x'),
    result: fc.constantFrom(...findingResults),
    hard: fc.boolean(),
    overridable: fc.boolean(),
    facts: fc.constant({}),
    source: fc.constant('test'),
  }),
)

test('a missing input of a hard rule is never offered for restore', () => {
  fc.assert(
    fc.property(findings, (some: readonly Finding[]) => {
      const lacking = [
        ...some,
        {
          rule: 'H',
          reason: 'x',
          result: 'unknown',
          hard: true,
          overridable: false,
          facts: {},
          source: 't',
        } as const,
      ]
      expect(mayRestore(verdictOf(lacking))).toBe(false)
    }),
  )
})

test('one more finding never makes a verdict better', () => {
  const rank = { fits: 3, cautions: 2, unknown: 1, blocked: 0 }
  fc.assert(
    fc.property(findings, findings, (some: readonly Finding[], more: readonly Finding[]) => {
      if (some.length === 0) return
      expect(rank[verdictOf([...some, ...more])]).toBeLessThanOrEqual(rank[verdictOf(some)])
    }),
  )
})

test('accepting a rule turns only overridable findings into cautions, never into passes', () => {
  fc.assert(
    fc.property(findings, (some: readonly Finding[]) => {
      const verdict = verdictOf(some, ['A', 'B', 'C'])
      const bad = some.filter(({ result }) => result === 'blocker' || result === 'unknown')
      if (bad.some(({ overridable, result }) => !overridable && result === 'blocker'))
        expect(verdict).toBe('blocked')
      if (bad.length > 0) expect(verdict).not.toBe('fits')
    }),
  )
})

test('values that must be equal pass only when both are known and equal', () => {
  const known = (value: string) => fact(value, 'probed', at)
  expect(mustBeEqual(known('4.6'), known('4.6')).result).toBe('pass')
  expect(mustBeEqual(known('4.6'), known('4.4'))).toMatchObject({
    result: 'blocker',
    archiveValue: { value: '4.6' },
    deviceValue: { value: '4.4' },
  })
  expect(mustBeEqual(undefined, known('4.6')).result).toBe('unknown')
  expect(mustBeEqual(known('4.6'), undefined).result).toBe('unknown')
  expect(mustBeEqual(undefined, undefined).result).toBe('unknown')
})

test.each([
  ['4.6.0', '4.6', 0],
  ['4.10', '4.9', 1],
  ['4.6.0+6.12', '4.6.1', -1],
  ['', '1', -1],
] as const)('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign)
})
