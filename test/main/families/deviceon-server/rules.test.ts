import { expect, test } from 'vitest'
import { deviceOnRules } from '../../../../src/main/families/deviceon-server/rules.ts'
import { check } from '../../../../src/shared/compatibility/check.ts'
import type { Finding } from '../../../../src/shared/model/finding.ts'
import type { Identity } from '../../../../src/shared/model/identity.ts'
import type { ArchiveRecord } from '../../../../src/shared/model/record.ts'
import { deviceOnFindings as german } from '../../../../src/shared/text/de/findings-deviceon.ts'
import { deviceOnFindings as english } from '../../../../src/shared/text/en/findings-deviceon.ts'
import type { FindingTexts } from '../../../../src/shared/text/finding-text.ts'
import { sampleIdentity, sampleRecord, tpmOf } from './sample.ts'

const texts: readonly FindingTexts[] = [english, german]

interface Pair {
  readonly source?: Readonly<Record<string, string>>
  /** `undefined` for a device that was never read. */
  readonly target?: Readonly<Record<string, string>> | undefined
  readonly record?: Partial<ArchiveRecord>
}

function findings(pair: Pair): readonly Finding[] {
  const target: Identity | undefined =
    'target' in pair && pair.target === undefined ? undefined : sampleIdentity(pair.target)
  return check(deviceOnRules, {
    record: sampleRecord(pair.record),
    archive: {
      source: sampleIdentity(pair.source, 'recorded'),
      unsafeEntries: [],
      hashMatches: true,
      unpackedBytes: 1,
    },
    target,
    targetDevice: { name: 'PLANT-1', pinned: true },
  }).findings
}

const asked = (about: 'archive' | 'device', fact: string) => [{ about, fact }]

/** Each row fails when its rule is taken out of the table, or says something else. */
const rows: readonly (readonly [what: string, pair: Pair, rule: string, expected: Partial<Finding>])[] = [
  ['the same version', {}, 'D1', { result: 'pass', reason: 'equal' }],
  [
    'another third number of the version',
    { target: { version: '5.3.11' } },
    'D1',
    { result: 'blocker', reason: 'differs' },
  ],
  [
    'a version of two numbers',
    { target: { version: '5.3' } },
    'D1',
    { result: 'unknown', reason: 'device-unknown', hard: true, asks: asked('device', 'version') },
  ],
  [
    'no version of the source',
    { source: { version: '' } },
    'D1',
    { result: 'unknown', reason: 'archive-unknown', hard: true, asks: asked('archive', 'version') },
  ],
  [
    'a source without TPM encryption',
    { target: { tpmId: '' } },
    'D2',
    { result: 'pass', reason: 'not-used' },
  ],
  ['a TPM archive on the same TPM', { source: { tpm: 'yes' } }, 'D2', { result: 'pass', reason: 'same' }],
  [
    'a TPM archive on another TPM',
    { source: { tpm: 'yes' }, target: { tpmId: tpmOf('b') } },
    'D2',
    { result: 'blocker', reason: 'other', overridable: false },
  ],
  [
    'a source of which nobody said whether it uses its TPM',
    { source: { tpm: '' } },
    'D2',
    { result: 'unknown', reason: 'use-unknown', hard: true, asks: asked('archive', 'tpm') },
  ],
  [
    'a TPM archive without the identity of its TPM',
    { source: { tpm: 'yes', tpmId: '' } },
    'D2',
    { result: 'unknown', reason: 'archive-unknown', hard: true, asks: asked('archive', 'tpmId') },
  ],
  [
    'a TPM archive on a server whose TPM is not known',
    { source: { tpm: 'yes' }, target: { tpmId: '' } },
    'D2',
    { result: 'unknown', reason: 'device-unknown', hard: true, asks: asked('device', 'tpmId') },
  ],
  ['any archive', {}, 'D4', { result: 'caution', reason: 'not-contained' }],
  ['a file as the server named it', {}, 'D7', { result: 'pass', reason: 'as-made' }],
  [
    'a file of another name',
    { record: { fileName: 'Backup_20261121_0200Z (1).zip' } },
    'D7',
    { result: 'caution', reason: 'renamed' },
  ],
  ['two servers with Windows', {}, 'D8', { result: 'pass', reason: 'windows' }],
  [
    'two servers with Linux',
    { source: { os: 'linux' }, target: { os: 'linux' } },
    'D8',
    { result: 'caution', reason: 'linux' },
  ],
  [
    'Windows to Linux',
    { target: { os: 'linux' } },
    'D8',
    { result: 'blocker', reason: 'differs', overridable: true },
  ],
  [
    'no system of the source',
    { source: { os: '' } },
    'D8',
    { result: 'unknown', reason: 'archive-unknown', hard: true, asks: asked('archive', 'os') },
  ],
  ['the same address', {}, 'D9', { result: 'pass', reason: 'equal' }],
  [
    'another address',
    { target: { serverAddress: '10.0.0.6' } },
    'D9',
    { result: 'caution', reason: 'differs' },
  ],
  [
    'no address of the server',
    { target: { serverAddress: '' } },
    'D9',
    { result: 'unknown', reason: 'device-unknown', hard: false, asks: asked('device', 'serverAddress') },
  ],
  ['the same network adapter', {}, 'D10', { result: 'pass', reason: 'equal' }],
  [
    'another network adapter',
    { target: { mac: '02-00-00-00-00-02' } },
    'D10',
    { result: 'caution', reason: 'differs' },
  ],
  [
    'no adapter of the source',
    { source: { mac: '' } },
    'D10',
    { result: 'unknown', reason: 'archive-unknown', asks: asked('archive', 'mac') },
  ],
  ['the first version with System Backup', { source: { version: '5.2.4' } }, 'D11', { result: 'pass' }],
  [
    'a version before System Backup',
    { source: { version: '5.1.2' } },
    'D11',
    { result: 'caution', reason: 'too-old' },
  ],
  ['no version at all', { source: { version: '' } }, 'D11', { result: 'unknown', reason: 'archive-unknown' }],
  [
    'a server that is not older',
    { target: { version: '5.3.13' } },
    'D12',
    { result: 'pass', reason: 'no-upgrade' },
  ],
  [
    'a server that has to be upgraded from far',
    { target: { version: '4.3.10' } },
    'D12',
    { result: 'caution', reason: 'upgrade', facts: { route: '4.3.10 → 5.1.2 → 5.2.4 → 5.3.12' } },
  ],
  [
    'a server that has to be upgraded from near',
    { target: { version: '5.2.4' } },
    'D12',
    { result: 'caution', facts: { route: '5.2.4 → 5.3.12' } },
  ],
  [
    'no version of the server',
    { target: { version: '' } },
    'D12',
    { result: 'unknown', reason: 'device-unknown' },
  ],
  ['a backup of today', {}, 'D13', { result: 'pass', reason: 'kept' }],
  [
    'a backup older than its daily schedule',
    { record: { takenAt: '2026-11-18T02:00:00.000Z' } },
    'D13',
    {
      result: 'caution',
      reason: 'late',
      facts: { days: '3', schedule: 'daily', newest: '2026-11-18T02:00:00.000Z' },
    },
  ],
  [
    'an old archive of a server that has a newer one',
    { record: { takenAt: '2026-11-18T02:00:00.000Z' }, target: { newestBackup: '2026-11-21T02:00:00.000Z' } },
    'D13',
    { result: 'pass', reason: 'kept' },
  ],
  [
    'a backup within its monthly schedule',
    { source: { schedule: 'monthly' }, record: { takenAt: '2026-11-01T02:00:00.000Z' } },
    'D13',
    { result: 'pass' },
  ],
  [
    'no schedule',
    { source: { schedule: '' }, target: { schedule: '' } },
    'D13',
    { result: 'unknown', reason: 'schedule-unknown', asks: asked('device', 'schedule') },
  ],
]

test.each(rows)('%s', (_what, pair, rule, expected) => {
  const found = findings(pair).filter((finding) => finding.rule === rule)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject(expected)
  expect(found[0]?.facts).toEqual(expected.facts ?? found[0]?.facts)
})

test('every finding has a title with both values, and a remedy where something is to be done', () => {
  for (const [, pair] of rows) {
    for (const finding of findings(pair)) {
      const key = `${finding.rule}.${finding.reason}`
      for (const language of texts) {
        const { title, remedy } = language[key]?.(finding) ?? { title: '', remedy: '' }
        expect(title, key).toMatch(/\w.{10,}\.$|\w.{10,}\?$/)
        expect(`${title}${remedy}`, key).not.toMatch(/undefined|\?\)| \? /)
        if (finding.result !== 'pass') expect(remedy, key).toMatch(/\w.{10,}/)
        if (finding.reason === 'differs') {
          expect(title).toContain(shown(finding.archiveValue?.value))
          expect(title).toContain(shown(finding.deviceValue?.value))
        }
      }
    }
  }
})

test('both languages say the same things', () => {
  expect(Object.keys(german).toSorted()).toEqual(Object.keys(english).toSorted())
})

test('a server that was never read passes nothing but what the archive alone decides', () => {
  const passed = findings({ target: undefined }).filter(({ result }) => result === 'pass')
  expect(passed.map(({ rule }) => rule)).toEqual(['D2', 'D7', 'D11'])
})

function shown(value = ''): string {
  return value === 'windows' ? 'Windows' : value === 'linux' ? 'Linux' : value
}
