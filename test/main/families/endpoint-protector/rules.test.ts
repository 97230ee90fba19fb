import { expect, test } from 'vitest'
import { verdictOf } from '../../../../src/shared/compatibility/check.ts'
import type { Finding } from '../../../../src/shared/model/finding.ts'
import { endpointProtectorFindings as german } from '../../../../src/shared/text/de/findings-endpoint-protector.ts'
import { endpointProtectorFindings as english } from '../../../../src/shared/text/en/findings-endpoint-protector.ts'
import type { FindingTexts } from '../../../../src/shared/text/finding-text.ts'
import { findingsOf, type Pair } from './sample.ts'

const texts: readonly FindingTexts[] = [english, german]

/** The findings of one rule as `reason result`; each has words in both languages, and a remedy where it is no pass. */
function of(rule: string, pair: Pair = {}): readonly string[] {
  return findingsOf(pair)
    .filter((finding) => finding.rule === rule)
    .map((finding) => {
      const { reason, result } = finding
      for (const language of texts) {
        const text = language[`${rule}.${reason}`]?.(finding)
        expect(text?.title, `${rule}.${reason}`).toMatch(/\w{3}/)
        if (result !== 'pass') expect(text?.remedy, `${rule}.${reason}`).toMatch(/\w{3}/)
      }
      return `${reason} ${result}`
    })
}

const asked = (findings: readonly Finding[], rule: string): readonly string[] =>
  findings.filter((finding) => finding.rule === rule).flatMap(({ asks = [] }) => asks.map(({ fact }) => fact))

/** A pair in which one fact is not stated. */
const without = (about: 'source' | 'target', fact: string): Pair => ({ [about]: { [fact]: '' } })

test('a pair about which everything is stated goes on with what the vendor warns of, and nothing else', () => {
  const findings = findingsOf({})
  expect(findings.filter(({ result }) => result !== 'pass').map(({ rule }) => rule)).toEqual(['E8'])
  expect(verdictOf(findings)).toBe('cautions')
})

test('every row of the table is there, each once and with its source', () => {
  const rules = [...new Set(findingsOf({ target: { version: '5.9.4.2' } }).map(({ rule }) => rule))]
  const others = [...new Set(findingsOf({ source: { version: '5.2.0.1' } }).map(({ rule }) => rule))]
  const all = [...new Set([...rules, ...others])]
    .map((rule) => Number(rule.slice(1)))
    .toSorted((a, b) => a - b)
  expect(all).toEqual(Array.from({ length: 22 }, (_, index) => index + 1))
  for (const { source } of findingsOf({})) expect(source).toMatch(/Netwrix/)
})

test('E1: without its key a backup of the newer kind is refused, and it counts as missing where nobody knows', () => {
  expect(of('E1')).toEqual(['kept pass'])
  expect(of('E1', { archive: { keyKept: false } })).toEqual(['missing blocker'])
  expect(of('E1', { archive: { keyKept: undefined } })).toEqual(['not-asked unknown'])
  expect(verdictOf(findingsOf({ archive: { keyKept: undefined } }))).toBe('unknown')
  expect(of('E1', { record: { fileName: 'a.eppb' }, archive: { keyKept: false } })).toEqual(['no-key pass'])
})

test('E2: what past sizes foresee is told in words, and decides nothing', () => {
  const sized = (...millions: readonly number[]) => ({
    archive: {
      pastSizes: millions.map((size, week) => ({
        at: new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString(),
        sizeBytes: size * 1_000_000,
      })),
    },
  })
  const said = (pair: Pair): readonly (string | undefined)[] =>
    findingsOf(pair)
      .filter(({ rule }) => rule === 'E2')
      .flatMap((finding) => texts.map((words) => words[`E2.${finding.reason}`]?.(finding).title))
  expect(said(sized(130, 140))).toEqual([
    expect.stringContaining('Too few backups'),
    expect.stringContaining('Zu wenige Backups'),
  ])
  expect(said(sized(130, 140, 150))).toEqual([
    expect.stringContaining('in about 5 weeks'),
    expect.stringContaining('in etwa 5 Wochen'),
  ])
  expect(said(sized(150, 140, 130))).toEqual([
    expect.stringContaining('do not grow'),
    expect.stringContaining('wachsen nicht'),
  ])
  expect(said(sized(180, 190, 201))).toEqual([
    expect.stringContaining('above the limit'),
    expect.stringContaining('über der Grenze'),
  ])
  expect(said({})).toEqual([expect.stringMatching(/200 MB\.$/), expect.stringMatching(/200 MB\.$/)])
  expect(of('E2', sized(180, 190, 201))).toEqual(['below pass'])
})

test('E2: between the two meanings of 200 MB is a caution, above both a blocker', () => {
  expect(of('E2', { record: { sizeBytes: 200_000_000 } })).toEqual(['below pass'])
  expect(of('E2', { record: { sizeBytes: 200_000_001 } })).toEqual(['near-limit caution'])
  expect(of('E2', { record: { sizeBytes: 209_715_200 } })).toEqual(['near-limit caution'])
  expect(of('E2', { record: { sizeBytes: 209_715_201 } })).toEqual(['too-large blocker'])
  const former = { fileName: 'old.eppb', sizeBytes: 209_715_201 }
  expect(of('E2', { record: former })).toEqual(['too-large-v1 blocker'])
})

test.each([
  ['5.6.0.0', '2604.0.1.0', 'step-by-step blocker'],
  ['5.6.9.9', '2608.0.0.1', 'step-by-step blocker'],
  ['5.7.0.0', '2604.0.1.0', 'patch-first blocker'],
  ['5.9.4.1', '2608.0.0.1', 'patch-first blocker'],
  ['5.9.4.3', '2604.0.1.0', 'patch-first blocker'],
  ['5.9.4.2', '2604.0.1.0', 'fits pass'],
  ['5.9.4.2', '2608.0.0.1', 'fits pass'],
  ['5.9.4.2', '2609.0.0.1', 'not-documented caution'],
  ['2509', '2602', 'possible caution'],
  ['2602.0.0.0', '2604.0.1.0', 'possible caution'],
  ['2602.0.0.0', '2608.0.0.1', 'upgrade-recommended caution'],
  ['2604.0.1.0', '2604', 'fits pass'],
  ['2604.0.1.0', '2608.0.0.1', 'best-tested pass'],
  ['2511', '2604', 'not-documented caution'],
  ['2603', '2608', 'not-documented caution'],
])('E3: a backup of %s onto %s: %s', (source, target, expected) => {
  expect(of('E3', { source: { version: source }, target: { version: target } })).toEqual([expected])
})

test.each([
  ['E3', ['version']],
  ['E6', ['version']],
] as const)('%s: a version that nobody stated is unknown and asked for', (rule, facts) => {
  for (const about of ['source', 'target'] as const) {
    const pair = without(about, 'version')
    expect(of(rule, pair)).toEqual([`${about === 'source' ? 'archive' : 'device'}-unknown unknown`])
    expect(asked(findingsOf(pair), rule)).toEqual(facts)
    expect(verdictOf(findingsOf(pair))).toBe('unknown')
  }
})

test('E4: the target is higher than 5.2.0.6', () => {
  expect(of('E4')).toEqual(['young pass'])
  expect(of('E4', { target: { version: '5.2.0.6' } })).toEqual(['old blocker'])
  expect(of('E4', without('target', 'version'))).toEqual(['device-unknown unknown'])
})

test('E5: within 5.x the same version is right, a newer target is doubtful', () => {
  expect(of('E5')).toEqual([])
  expect(of('E5', { target: { version: '5.9.4.2' } })).toEqual(['equal pass'])
  const newer = { source: { version: '5.9.4.1' }, target: { version: '5.9.4.2' } }
  expect(of('E5', newer)).toEqual(['newer caution'])
  expect(of('E3', newer)).toEqual([])
})

test('E6: nothing goes onto an older version; every image is newer than any 5.x', () => {
  for (const [source, target] of [
    ['5.9.4.2', '5.9.4.1'],
    ['2509', '5.9.4.2'],
    ['2604.0.1.0', '2602.0.0.0'],
    ['2608.0.0.1', '2604.0.1.0'],
  ] as const) {
    expect(of('E6', { source: { version: source }, target: { version: target } })).toEqual(['older blocker'])
  }
  expect(of('E6')).toEqual(['not-older pass'])
})

test.each(['E7', 'E11', 'E12', 'E15', 'E16', 'E22'])('%s: a step of the procedure sees to it', (rule) => {
  expect(of(rule)).toEqual(['step pass'])
})

test('E8: what no backup holds is said each time', () => {
  expect(of('E8')).toEqual(['not-contained caution'])
})

test('E9: the address that moves has to be known', () => {
  expect(of('E9')).toEqual(['step pass'])
  const nowhere = {
    record: { device: { name: 'EPP-OLD', address: '' } },
    ...without('target', 'finalAddress'),
  }
  expect(of('E9', nowhere)).toEqual(['address-unknown unknown'])
  expect(asked(findingsOf(nowhere), 'E9')).toEqual(['finalAddress'])
  expect(of('E9', { target: { keepsAddress: 'no', finalAddress: '' } })).toEqual(['not-carried pass'])
  const own = { record: { device: { name: 'EPP-NEW', address: 'https://10.0.0.3' } } }
  expect(of('E9', own)).toEqual(['same-server pass'])
})

test('E9, E10: nobody is taken to keep the address who has not said so', () => {
  const unsaid = without('target', 'finalAddress')
  expect(of('E9', unsaid)).toEqual(['address-unknown unknown'])
  expect(of('E10', unsaid)).toEqual(['address-unknown unknown'])
  expect(of('E9', { target: { finalAddress: '', keepsAddress: 'yes' } })).toEqual(['step pass'])
})

test('E10: another address is a caution, and blocks where encryption or inspection is in use', () => {
  const moved = { target: { finalAddress: '10.0.0.9' } }
  expect(of('E10')).toEqual(['kept pass'])
  expect(of('E10', moved)).toEqual(['other-address caution'])
  for (const modules of ['encryption', 'dpi', 'both']) {
    const blocked = findingsOf({ ...moved, source: { modules } })
    expect(of('E10', { ...moved, source: { modules } })).toEqual(['other-address-modules blocker'])
    expect(verdictOf(blocked)).toBe('blocked')
    expect(verdictOf(blocked, ['E10'])).toBe('cautions')
  }
  const unsaid = { ...moved, source: { modules: '' } }
  expect(of('E10', unsaid)).toEqual(['modules-unknown unknown'])
  expect(asked(findingsOf(unsaid), 'E10')).toEqual(['modules'])
})

test('E13: disk figures are judged one by one, and asked for', () => {
  expect(of('E13')).toEqual(['source-free-enough pass', 'target-free-enough pass', 'target-disk-enough pass'])
  const little = { source: { freePercent: '29 %' }, target: { freeGigabytes: '1,5', diskGigabytes: '319' } }
  expect(of('E13', little)).toEqual([
    'source-free-little caution',
    'target-free-little caution',
    'target-disk-little caution',
  ])
  const silent = { source: { freePercent: '' }, target: { freeGigabytes: '', diskGigabytes: '' } }
  expect(asked(findingsOf(silent), 'E13')).toEqual(['freePercent', 'freeGigabytes', 'diskGigabytes'])
  expect(of('E13', { target: { version: '2608', diskGigabytes: '' } })).toHaveLength(2)
})

test('E14: a day lies between the last patch and the backup', () => {
  expect(of('E14')).toEqual(['waited pass'])
  expect(of('E14', { source: { patchedAt: '2026-04-01T10:00:01Z' } })).toEqual(['too-early caution'])
  expect(of('E14', { source: { patchedAt: '2026-04-01T10:00:00Z' } })).toEqual(['waited pass'])
  expect(of('E14', { source: { patchedAt: '2026-04-02T11:00Z' } })).toEqual(['patched-after caution'])
  expect(asked(findingsOf(without('source', 'patchedAt')), 'E14')).toEqual(['patchedAt'])
  expect(of('E14', { source: { version: '2604' } })).toEqual([])
})

test('E17: passwords that may not come back are listed', () => {
  expect(of('E17')).toEqual(['none pass'])
  expect(of('E17', { source: { integrations: 'SMTP\nAD/LDAP' } })).toEqual(['to-enter caution'])
  const [finding] = findingsOf({ source: { integrations: 'SMTP\nAD/LDAP' } }).filter(
    ({ rule }) => rule === 'E17',
  )
  expect(finding?.archiveValue?.value).toBe('SMTP, AD/LDAP')
  expect(asked(findingsOf(without('source', 'integrations')), 'E17')).toEqual(['integrations'])
})

test('E18: old clients need a step between, encrypting ones are updated at once', () => {
  expect(of('E18')).toEqual(['clients-fit pass'])
  expect(of('E18', { source: { clientVersion: '5.9.4.1' } })).toEqual(['bridge-client caution'])
  expect(of('E18', { source: { modules: 'both' } })).toContain('encryption-clients caution')
  expect(asked(findingsOf(without('source', 'clientVersion')), 'E18')).toEqual(['clientVersion'])
})

test('E19: what each image asks of network page and hypervisor', () => {
  expect(of('E19')).toEqual(['hypervisor-fits pass'])
  expect(of('E19', { target: { version: '2510' } })).toContain('both-dns caution')
  expect(of('E19', { target: { hypervisor: 'VMware vSphere 6.5 U3' } })).toEqual(['vsphere-65 caution'])
  expect(of('E19', { target: { version: '2608' } })).toEqual(['ubuntu-guest caution'])
  expect(asked(findingsOf(without('target', 'hypervisor')), 'E19')).toEqual(['hypervisor'])
})

test('E20: a file of the former kind is told by its name or by a person, and a person may insist', () => {
  expect(of('E20')).toEqual(['migration pass'])
  expect(of('E20', { record: { fileName: 'Backup.EPPB' } })).toEqual(['former-kind blocker'])
  expect(of('E20', { source: { kind: 'v1' } })).toEqual(['former-kind blocker'])
  expect(of('E20', { source: { kind: '' } })).toEqual(['kind-not-stated caution'])
  expect(verdictOf(findingsOf({ source: { kind: 'v1' } }), ['E20'])).toBe('cautions')
})

test('E21: very old sources need partitions first', () => {
  expect(of('E21')).toEqual([])
  const old = { source: { version: '5.2.0.5' }, target: { version: '5.7.0.0' } }
  expect(of('E21', old)).toEqual(['partitions blocker'])
  expect(of('E21', { source: { version: '5.2.0.5' }, target: { version: '5.6.0.0' } })).toEqual([])
})
