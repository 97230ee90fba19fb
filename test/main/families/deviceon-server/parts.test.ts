import { expect, test } from 'vitest'
import {
  isBackupName,
  madeAt,
  serverName,
} from '../../../../src/main/families/deviceon-server/archive-name.ts'
import { bridge } from '../../../../src/main/families/deviceon-server/bridge.ts'
import { checkFacts, stated } from '../../../../src/main/families/deviceon-server/facts.ts'
import { planRestore } from '../../../../src/main/families/deviceon-server/plan.ts'
import { asksForSomething, protocolOf } from '../../../../src/main/families/deviceon-server/recovery-tool.ts'
import { missingFrom } from '../../../../src/main/families/deviceon-server/schedule.ts'
import { parseVersion } from '../../../../src/main/families/deviceon-server/version.ts'
import { completed, fact } from '../../../../src/shared/model/identity.ts'
import { restoreOptionsSchema } from '../../../../src/shared/model/restore.ts'
import { deviceOnBridge as germanBridge } from '../../../../src/shared/text/de/bridge-deviceon.ts'
import { deviceOnBridge as englishBridge } from '../../../../src/shared/text/en/bridge-deviceon.ts'
import { procedureStepText } from '../../../../src/shared/text/procedure-text.ts'
import { failureOf } from '../../transport/support/quiet.ts'
import { readAt, sampleDevice, sampleIdentity, sampleRecord } from './sample.ts'

test.each([
  ['Backup_20261121_0200Z.zip', '2026-11-21T02:00:00.000Z', true],
  ['backup_20261121_2359z.ZIP', '2026-11-21T23:59:00.000Z', true],
  ['Backup_20261121_0200Z (1).zip', '2026-11-21T02:00:00.000Z', false],
  ['Backup_20260231_0200Z.zip', undefined, false],
  ['Backup_20261121_2460Z.zip', undefined, false],
  ['Backup_20261121_0200Z.zip.part', '2026-11-21T02:00:00.000Z', false],
  ['notes.zip', undefined, false],
])('%s is of %s', (name, time, exact) => {
  expect(madeAt(name)).toBe(time)
  expect(isBackupName(name)).toBe(exact)
  expect(serverName(name) === undefined).toBe(!/backup/i.test(name))
})

test.each([
  ['{"version":"5.3.12"}', '5.3.12'],
  ['{"version":"V5.3.12 build 7"}', '5.3.12'],
  ['5.3.12\n', '5.3.12'],
  ['"5.3.12"', '5.3.12'],
  ['{"version":"5.3.12.1"}', undefined],
  ['{"version":"5.3.12 (was 5.2.4)"}', undefined],
  ['{"version":5}', undefined],
  ['{"release":"5.3.12"}', undefined],
  ['{"version":"5.3.12"', undefined],
  ['<html>5.3.12</html>', undefined],
  ['', undefined],
])('an answer of the portal like %s means %s', (body, version) => {
  expect(parseVersion(body)).toBe(version)
})

test.each([
  ['storageFolder', 'Backup'],
  ['storageFolder', '\\\\server\\share'],
  ['storageFolder', 'D:\\%TEMP%'],
  ['storageFolder', 'D:\\a" & del "b'],
  ['storageFolder', 'D:\\a\\..\\b'],
  ['installFolder', '/opt/a\nb'],
  ['portalPort', '70000'],
  ['portalUser', 'root:x'],
  ['version', '5.3'],
  ['tpm', 'maybe'],
  ['tpmId', 'abc'],
  ['mac', '02-00'],
  ['schedule', 'weekly'],
  ['colour', 'red'],
])('the fact %s is not taken as %j', async (name, value) => {
  const { failure } = await failureOf(
    Promise.resolve().then(() => checkFacts({ [name]: value })),
    'bad-input',
  )
  expect(failure).toMatchObject({ field: name })
})

test('facts that were checked stay the same when they are checked again', () => {
  const facts = checkFacts({
    storageFolder: 'D:/DeviceOn/Backup/',
    installFolder: '/opt/deviceon/',
    tpm: 'yes',
    os: '',
  })
  expect(facts).toEqual({ storageFolder: 'D:\\DeviceOn\\Backup', installFolder: '/opt/deviceon', tpm: 'yes' })
  expect(checkFacts(facts)).toEqual(facts)
})

test('what was stated fills gaps, replaces an earlier statement and yields to what was read', () => {
  const known = {
    ...sampleIdentity({ version: '', tpm: '' }),
    systemVersion: fact('5.2.4', 'stated' as const, readAt),
  }
  const now = completed(known, stated({ version: '5.3.12', tpm: 'yes', mac: '02:00:00:00:00:09' }, readAt))
  expect(now.systemVersion?.value).toBe('5.3.12')
  expect(now.traits?.['tpm']).toMatchObject({ value: 'yes', provenance: 'stated' })
  expect(now.traits?.['mac']).toMatchObject({ value: '02-00-00-00-00-01', provenance: 'probed' })
  expect(stated({ version: 'new', tpmId: '12' }, readAt)).toEqual({})
})

test('days and months without a backup are found, but not what is still to come', () => {
  const made = ['2026-11-16T02:00:00.000Z', '2026-11-18T02:00:00.000Z']
  expect(missingFrom('daily', made, new Date('2026-11-19T03:00:00.000Z'))).toEqual(['2026-11-17'])
  expect(missingFrom('daily', made, new Date('2026-11-20T09:00:00.000Z'))).toEqual([
    '2026-11-17',
    '2026-11-19',
    '2026-11-20',
  ])
  const months = ['2026-07-01T02:00:00.000Z', '2026-09-01T02:00:00.000Z']
  expect(missingFrom('monthly', months, new Date('2026-09-20T02:00:00.000Z'))).toEqual(['2026-08'])
  expect(missingFrom('daily', [], new Date())).toEqual([])
})

test.each([
  ['DeviceOn System Recovery\r\n\r\nPath: ', true],
  ['DeviceOn System Recovery\r\n\r\n\u001b[?25hPath', true],
  ['Which file?\r\n', true],
  ['DeviceOn System Recovery\r\n\r\n', false],
  ['\u001b[2J\u001b[m\u001b[H\u001b]0;C:\\Windows\\system32\\cmd.exe\u0007\u001b[?25h', false],
  ['', false],
])('a tool that has said %j waits for an answer: %s', (text, waits) => {
  expect(asksForSomething(text)).toBe(waits)
})

test('the words of the tool are kept as lines, with its errors marked and nothing that moves a terminal', () => {
  expect(protocolOf('\u001b[2JStopping\r\nERROR: x\u0007\r\n\r\nRestore successfully')).toEqual([
    { severity: 'INFO', text: 'Stopping' },
    { severity: 'ERROR', text: 'ERROR: x␇' },
    { severity: 'INFO', text: 'Restore successfully' },
  ])
})

function planOf(options: object, target: Readonly<Record<string, string>> = {}) {
  return planRestore({
    device: sampleDevice(),
    record: sampleRecord(),
    archive: { source: sampleIdentity(), unsafeEntries: [], hashMatches: true, unpackedBytes: 5000 },
    target: sampleIdentity(target),
    options: restoreOptionsSchema.parse(options),
  })
}

const stepsOf = (plan: ReturnType<typeof planOf>): readonly string[] =>
  (plan.procedure ?? []).map(({ id, kind }) => `${id} ${kind}`)

test('the tool is run by hand unless the person chose otherwise, and never by Ferrite on Linux', () => {
  expect(stepsOf(planOf({}))).toEqual([
    'baseline confirmed',
    'check-room automatic',
    'upload automatic',
    'compare-hash automatic',
    'run-tool-by-hand assisted',
    'read-version automatic',
    'look-at-portal confirmed',
    'agents confirmed',
    'remove-upload automatic',
  ])
  expect(stepsOf(planOf({ tool: 'run' }))).toContain('run-tool automatic')
  expect(stepsOf(planOf({ tool: 'run' }, { os: 'linux' }))).toContain('run-tool-by-hand assisted')
})

test('licence and address are steps where they differ or are not known', () => {
  const other = stepsOf(planOf({}, { mac: '', serverAddress: '10.0.0.9' }))
  expect(other).toEqual(expect.arrayContaining(['address confirmed', 'licence confirmed']))
})

test('only the steps that change the server say so, and a person who saw it verifies', () => {
  const steps = planOf({ tool: 'run' }).procedure ?? []
  expect(steps.filter(({ changes }) => changes).map(({ id }) => id)).toEqual(['baseline', 'run-tool'])
  expect(steps.filter(({ verifies }) => verifies).map(({ id }) => id)).toEqual(['look-at-portal'])
})

test('the upload lies beside the storage folder under the name of the server', () => {
  const upload = planOf({}).procedure?.find(({ id }) => id === 'upload')
  expect(upload?.facts['path']).toBe('D:\\DeviceOn\\ferrite-000000000000\\Backup_20261121_0200Z.zip')
})

test('every step has words in both languages', () => {
  const steps = [
    ...(planOf({ tool: 'run' }, { mac: '', serverAddress: '' }).procedure ?? []),
    ...(planOf({}).procedure ?? []),
  ]
  for (const step of steps) {
    for (const language of ['en', 'de'] as const) {
      const { title, detail } = procedureStepText(step, 'deviceon-server', language)
      expect(title).not.toBe(step.id)
      expect(`${title} ${detail}`, step.id).not.toMatch(/undefined/)
      expect(detail, step.id).toMatch(/\w.{20,}/)
    }
  }
})

function bridgeOf(source: string, target: string) {
  return bridge({
    device: sampleDevice(),
    record: sampleRecord(),
    archive: {
      source: sampleIdentity({ version: source }),
      unsafeEntries: [],
      hashMatches: true,
      unpackedBytes: 1,
    },
    target: sampleIdentity({ version: target }),
  })
}

test('the way to the version of the archive keeps the order of the vendor', () => {
  const up = bridgeOf('5.3.12', '4.3.10')
  expect(up?.steps.filter(({ step }) => step === 'upgrade').map(({ facts }) => facts['version'])).toEqual([
    '5.1.2',
    '5.2.4',
    '5.3.12',
  ])
  expect(up?.steps.map(({ step }) => step)).toContain('upgrade-agents')
  const down = bridgeOf('5.2.4', '5.3.12')
  expect(down?.steps.map(({ step }) => step)).toEqual([
    'save-server',
    'reinstall',
    'state-version',
    'check-again',
    'or-migrate',
  ])
  expect(bridgeOf('5.3.12', '5.3.12')).toBeUndefined()
  for (const texts of [englishBridge, germanBridge]) {
    const { step, bring, wayBack } = texts as Readonly<
      Record<string, Readonly<Record<string, (facts: object) => string>>>
    >
    for (const { steps, bring: items, wayBack: back } of [up, down].flatMap((plan) => plan ?? [])) {
      for (const each of steps) expect(step?.[each.step]?.(each.facts)).toMatch(/\w.{10,}[^?]$/)
      for (const each of items) expect(bring?.[each.item]?.(each.facts)).toMatch(/\w{3}/)
      for (const each of back) expect(wayBack?.[each.step]?.(each.facts)).toMatch(/\w{3}/)
    }
  }
})
