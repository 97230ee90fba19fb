import { expect, test } from 'vitest'
import { linuxRules } from '../../../../src/main/families/linux-host/rules.ts'
import { check } from '../../../../src/shared/compatibility/check.ts'
import type { Finding } from '../../../../src/shared/model/finding.ts'
import type { Identity } from '../../../../src/shared/model/identity.ts'
import { linuxFindings as german } from '../../../../src/shared/text/de/findings-linux.ts'
import { linuxFindings as english } from '../../../../src/shared/text/en/findings-linux.ts'
import type { FindingTexts } from '../../../../src/shared/text/finding-text.ts'
import { sampleIdentity, sampleRecord } from './sample.ts'

const texts: readonly FindingTexts[] = [english, german]

function findings(
  target: Identity | undefined,
  source = sampleIdentity(),
  parts = ['etc', 'opt'],
): readonly Finding[] {
  const scope = { parts: parts.map((id) => ({ id, title: id, chosen: true })), leftOut: [] }
  const result = check(linuxRules, {
    record: sampleRecord({ scope }),
    archive: { source, unsafeEntries: [], hashMatches: true, unpackedBytes: 1 },
    target,
    targetDevice: { name: 'Line 3', pinned: true },
  }).findings
  for (const finding of result) {
    const key = `${finding.rule}.${finding.reason}`
    for (const language of texts) expect(language[key]?.(finding).title, key).toMatch(/\w{3}/)
  }
  return result
}

const reasons = (list: readonly Finding[]): readonly string[] =>
  list.map(({ rule, reason, result }) => `${rule} ${reason} ${result}`).sort()

test('a host fits itself', () => {
  expect(reasons(findings(sampleIdentity()))).toEqual(['L1 equal pass', 'L2 equal pass', 'L3 superuser pass'])
})

test('programs for another processor are a caution with both values and the folders', () => {
  const found = findings(sampleIdentity({ architecture: 'arm64' }))
  expect(found.find(({ rule }) => rule === 'L1')).toMatchObject({
    result: 'caution',
    archiveValue: { value: 'x64' },
    deviceValue: { value: 'arm64' },
    facts: { parts: 'opt' },
  })
})

test('settings alone go to another processor', () => {
  expect(
    reasons(findings(sampleIdentity({ architecture: 'arm64' }), sampleIdentity(), ['etc', 'home'])),
  ).toContain('L1 no-programs pass')
})

test('an archive without recorded parts may hold programs', () => {
  expect(reasons(findings(sampleIdentity({ architecture: 'arm64' }), sampleIdentity(), []))).toContain(
    'L1 differs caution',
  )
})

test('another release and another login than the superuser are cautions', () => {
  expect(reasons(findings(sampleIdentity({ systemVersion: 'debian 11' }, ['user 1000'])))).toEqual([
    'L1 equal pass',
    'L2 differs caution',
    'L3 not-superuser caution',
  ])
})

test('what is not known is never a pass', () => {
  const nobody: Identity = { family: 'linux-host', readAt: '2026-11-21T07:00:00.000Z' }
  expect(reasons(findings(undefined))).toEqual([
    'L1 device-unknown unknown',
    'L2 device-unknown unknown',
    'L3 rights-unknown unknown',
  ])
  expect(reasons(findings(sampleIdentity(), nobody))).toEqual(
    expect.arrayContaining(['L1 archive-unknown unknown', 'L2 archive-unknown unknown']),
  )
})
