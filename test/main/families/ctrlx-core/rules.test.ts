import { describe, expect, test } from 'vitest'
import { check } from '../../../../src/shared/compatibility/check.ts'
import type { RuleInput } from '../../../../src/shared/compatibility/rule.ts'
import type { Finding } from '../../../../src/shared/model/finding.ts'
import { fact, type Identity } from '../../../../src/shared/model/identity.ts'
import type { ArchiveRecord } from '../../../../src/shared/model/record.ts'
import type { LeftOut } from '../../../../src/shared/model/scope.ts'
import { ctrlxFindings as german } from '../../../../src/shared/text/de/findings-ctrlx.ts'
import { ctrlxFindings as english } from '../../../../src/shared/text/en/findings-ctrlx.ts'
import { fullAccess, rules } from '../../../../src/main/families/ctrlx-core/rules.ts'

const readAt = '2026-11-21T06:00:00.000Z'

function identity(facts: {
  readonly model?: string
  readonly architecture?: string
  readonly version?: string
  readonly rights?: readonly string[]
  readonly apps?: readonly string[]
}): Identity {
  const { model, architecture, version, rights, apps } = facts
  return {
    family: 'ctrlx-core',
    readAt,
    ...(model !== undefined && { model: fact(model, 'probed', readAt) }),
    ...(architecture !== undefined && { architecture: fact(architecture, 'probed', readAt) }),
    ...(version !== undefined && { systemVersion: fact(version, 'probed', readAt) }),
    ...(rights && { rights: fact(rights, 'probed', readAt) }),
    ...(apps && {
      apps: fact(
        apps.map((name) => ({ name, version: '1.0.0', kind: 'system' as const, enabled: true })),
        'probed',
        readAt,
      ),
    }),
  }
}

const x7 = identity({ model: 'ctrlX CORE X7', architecture: 'x64', version: '4.6' })
const ready = identity({
  model: 'ctrlX CORE virtual',
  architecture: 'x64',
  version: '4.6',
  rights: [fullAccess],
  apps: ['rexroth-arch02-hw'],
})

function findings(
  source: Identity,
  target: Identity | undefined,
  leftOut: readonly LeftOut[] = [],
  origin: ArchiveRecord['origin'] = 'backup',
): ReadonlyMap<string, Finding> {
  const record = { origin, takenAt: readAt, scope: { parts: [], leftOut } } as unknown as ArchiveRecord
  const input: RuleInput = {
    record,
    archive: { source, unsafeEntries: [], hashMatches: true, unpackedBytes: undefined },
    target,
    targetDevice: { name: 'Line 4', pinned: true },
  }
  return new Map(check(rules, input).findings.map((finding) => [finding.rule, finding]))
}

describe('C1', () => {
  test('an archive of an X7 fits a virtual one of the same version', () => {
    const found = findings(x7, ready)
    expect([...found.values()].map(({ rule, result }) => `${rule} ${result}`).sort()).toEqual([
      'C1 pass',
      'C2 pass',
      'C3 pass',
      'C4 pass',
      'C5 pass',
    ])
  })

  test('an archive of an X3 does not fit an X7', () => {
    const x3 = identity({ model: 'ctrlX CORE X3', architecture: 'arm64', version: '4.6' })
    const finding = findings(x3, x7).get('C1')!
    expect(finding).toMatchObject({ result: 'blocker', reason: 'differs', hard: true, overridable: false })
    expect(english['C1.differs'](finding)).toEqual({
      title:
        'The archive is from a ctrlX CORE X3 (arm64), the target is a ctrlX CORE X7 (x64): their processor architectures differ.',
      remedy:
        'Choose a target with the same architecture. X7 and virtual are interchangeable, X3 only with X3.',
    })
  })

  test('a model stands in for an architecture that is not known', () => {
    const found = findings(identity({ model: 'ctrlX CORE X3', version: '4.6' }), ready)
    expect(found.get('C1')).toMatchObject({ result: 'blocker', archiveValue: { value: 'arm64' } })
  })

  test('an architecture that nobody knows is no pass', () => {
    expect(findings(identity({ version: '4.6' }), ready).get('C1')).toMatchObject({
      result: 'unknown',
      reason: 'archive-unknown',
      hard: true,
    })
    expect(findings(x7, undefined).get('C1')).toMatchObject({ result: 'unknown', reason: 'device-unknown' })
  })
})

describe('C2', () => {
  test('another system version blocks and the remedy names both', () => {
    const finding = findings(identity({ architecture: 'x64', version: '4.4' }), ready).get('C2')!
    expect(finding).toMatchObject({ result: 'blocker', hard: true })
    const { remedy } = english['C2.differs'](finding)
    expect(remedy).toContain('4.4')
    expect(remedy).toContain('4.6')
  })

  test('only major and minor count', () => {
    expect(findings(identity({ architecture: 'x64', version: '4.6.3' }), ready).get('C2')?.result).toBe(
      'pass',
    )
  })

  test('a version that nobody knows is no pass', () => {
    expect(findings(identity({ architecture: 'x64' }), ready).get('C2')?.result).toBe('unknown')
  })
})

describe('C3 and C4', () => {
  const leftOut: readonly LeftOut[] = [
    { what: 'rexroth-arch02-hw', reason: 'hardware-app' },
    { what: 'core24', reason: 'operating-system-app' },
    { what: 'rexroth-plc', reason: 'disabled-app' },
    { what: 'licences', reason: 'licence' },
  ]

  test('apps that the target lacks are named', () => {
    expect(findings(x7, ready, leftOut).get('C3')).toMatchObject({
      result: 'caution',
      reason: 'not-on-device',
      facts: { apps: 'core24' },
    })
  })

  test('without the apps of the target every one of them is named', () => {
    expect(findings(x7, x7, leftOut).get('C3')).toMatchObject({
      reason: 'not-in-archive',
      facts: { apps: 'rexroth-arch02-hw, core24' },
    })
  })

  test('disabled apps are named', () => {
    expect(findings(x7, ready, leftOut).get('C4')).toMatchObject({
      result: 'caution',
      facts: { apps: 'rexroth-plc' },
    })
  })

  test('an imported file does not say what it leaves out', () => {
    const found = findings(x7, ready, [], 'import')
    expect(found.get('C3')).toMatchObject({ result: 'unknown', hard: false })
    expect(found.get('C4')).toMatchObject({ result: 'unknown', hard: false })
  })
})

describe('C5', () => {
  test('a login without full access is stopped, and a person may go on with a reason', () => {
    const target = identity({ architecture: 'x64', version: '4.6', rights: ['networkmanager.all.r'] })
    expect(findings(x7, target).get('C5')).toMatchObject({ result: 'blocker', overridable: true })
  })

  test('rights that nobody knows are no pass', () => {
    expect(findings(x7, x7).get('C5')?.result).toBe('unknown')
  })
})

test('every value that a finding rests on says where it came from and when', () => {
  const left: readonly LeftOut[] = [
    { what: 'core24', reason: 'operating-system-app' },
    { what: 'rexroth-plc', reason: 'disabled-app' },
  ]
  const found = [
    ...findings(x7, ready, left).values(),
    ...findings(identity({ model: 'ctrlX CORE X3' }), ready).values(),
  ]
  const values = found.flatMap(({ rule, archiveValue, deviceValue }) =>
    [archiveValue, deviceValue].flatMap((value) => (value ? [{ rule, ...value }] : [])),
  )
  expect(values.filter(({ provenance, readAt: at }) => provenance === undefined || at === undefined)).toEqual(
    [],
  )
  expect([...new Set(values.map(({ rule }) => rule))].sort()).toEqual(['C1', 'C2', 'C3', 'C4', 'C5'])
  expect(values).toContainEqual({ rule: 'C3', value: 'core24', provenance: 'recorded', readAt })
  expect(values).toContainEqual({ rule: 'C4', value: 'rexroth-plc', provenance: 'recorded', readAt })
})

test('the rows are C1 to C5, and what is hard cannot be argued away', () => {
  expect(rules.map(({ id, hard, overridable = false }) => [id, hard, overridable])).toEqual([
    ['C1', true, false],
    ['C2', true, false],
    ['C3', false, false],
    ['C4', false, false],
    ['C5', false, true],
  ])
})

test('every finding has words in both languages', () => {
  const all = [
    findings(x7, ready),
    findings(x7, undefined),
    findings(identity({}), ready),
    findings(identity({ architecture: 'arm64', version: '1.20' }), ready),
    findings(x7, ready, [], 'import'),
  ].flatMap((found) => [...found.values()])
  for (const finding of all) {
    for (const texts of [english, german]) {
      const words = (texts as Record<string, (finding: Finding) => { title: string; remedy: string }>)[
        `${finding.rule}.${finding.reason}`
      ]
      expect(words, `${finding.rule}.${finding.reason}`).toBeDefined()
      expect(words!(finding).title).toMatch(/\.$/)
      if (finding.result === 'blocker') expect(words!(finding).remedy).not.toBe('')
    }
  }
})
