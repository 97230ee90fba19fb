import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openWizard } from '../../../../src/renderer/features/restore/wizard-store.ts'
import { go, navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import type { AppJobPlan, BridgePlan } from '../../../../src/shared/model/bridge.ts'
import type { RestoreReport } from '../../../../src/shared/model/restore.ts'
import { windowBridge as words } from '../../../../src/shared/text/en/window-bridge.ts'
import { windowRestore } from '../../../../src/shared/text/en/window-restore.ts'
import { openWindow } from '../../support/open-window.tsx'
import { ago, sampleDevice, sampleRecord } from '../../support/samples.ts'
import { samplePlan } from './sample-plan.ts'

const target = { ...sampleDevice(8), credentials: 'stored' as const }
const { id: deviceId, name } = target.device
const record = sampleRecord(target, 1)
const change = { app: 'rexroth-setup', from: '4.4.0', to: '4.6.0' }
const bridge: BridgePlan = {
  settles: ['C2'],
  steps: [{ step: 'change-app', by: 'job', facts: { ...change, interruption: 'none' } }],
  bring: [{ item: 'app-file', facts: { app: change.app, version: change.to, architecture: 'x64' } }],
  wayBack: [{ step: 'restore-safety', by: 'job', facts: {} }],
  appChanges: [change],
}
const blocker = {
  rule: 'C2',
  reason: 'differs',
  result: 'blocker' as const,
  hard: true,
  overridable: false,
  facts: {},
  source: 'test',
}
const file = { name: 'setup.app', version: '4.6.0', sizeBytes: 5000, sha256: 'a'.repeat(64) }

function jobPlan(changes: Partial<AppJobPlan> = {}): AppJobPlan {
  const { target: identity, archiveId, hash } = samplePlan(record.id, deviceId, 'blocked')
  return {
    id: 'apps-aaaaaaaaaaaa',
    hash,
    archiveId,
    deviceId,
    deviceName: name,
    target: identity,
    changes: [{ change, file }],
    unfit: [],
    options: { safetyBackup: { take: true } },
    ...changes,
  }
}

async function openCheck() {
  const opened = await openWindow({ devices: [target] })
  openWizard(undefined, undefined)
  const plan = samplePlan(record.id, deviceId, 'blocked')
  opened.main.answer({
    'restore.plan': () => ({ ...plan, deviceName: name, fit: { verdict: 'blocked', findings: [blocker] } }),
    'bridge.plan': () => bridge,
  })
  go({ view: 'restore', archiveId: record.id, deviceId })
  return { ...opened, section: await screen.findByRole('region', { name: words.title }) }
}

test('a blocked pair shows the steps, what to bring and the way back', async () => {
  const { section } = await openCheck()
  expect(section.textContent).toContain('Bring rexroth-setup from 4.4.0 to 4.6.0')
  expect(section.textContent).toContain('App file of rexroth-setup 4.6.0 for x64')
  expect(section.textContent).toContain('restore the safety backup')
})

test('apps are changed only with every file, the typed name and a reason where there is no way back', async () => {
  const { main, user, section } = await openCheck()
  await user.click(within(section).getByRole('button', { name: words.change }))
  const dialog = await screen.findByRole('dialog')
  const run = within(dialog).getByRole('button', { name: words.dialog.run(name) })
  const unfit = [{ name: 'other.app', reason: 'other-version' as const, says: 'rexroth-setup 9.9, x64' }]
  main.answer({ 'bridge.files': () => jobPlan({ changes: [{ change }], unfit }) })
  await user.click(within(dialog).getByRole('button', { name: words.dialog.choose }))
  await within(dialog).findByText(words.dialog.missing)
  expect(dialog.textContent).toContain('other.app has another version than the one that is needed')
  expect(run).toHaveProperty('disabled', true)
  main.answer({ 'bridge.files': () => jobPlan() })
  await user.click(within(dialog).getByRole('button', { name: words.dialog.chooseAgain }))
  await within(dialog).findByText(words.dialog.found)
  expect(run).toHaveProperty('disabled', true)
  await user.type(within(dialog).getByLabelText(words.dialog.type(name)), name)
  expect(run).toHaveProperty('disabled', false)
  await user.click(within(dialog).getByLabelText(words.dialog.safety))
  expect(run).toHaveProperty('disabled', true)
  await user.type(within(dialog).getByLabelText(words.dialog.reason), 'backed up an hour ago')
  expect(main.asked.map((each) => each.name)).not.toContain('bridge.confirm')
  main.answer({
    'bridge.confirm': () => ({ token: 'made-by-main' }),
    'bridge.start': () => 'job-aaaaaaaaaaaa' as never,
  })
  await user.click(run)
  const asked = main.asked.filter((each) => each.name === 'bridge.confirm' || each.name === 'bridge.start')
  expect(asked).toEqual([
    {
      name: 'bridge.confirm',
      input: {
        planId: 'apps-aaaaaaaaaaaa',
        typedName: name,
        safetyBackup: { take: false, reason: 'backed up an hour ago' },
      },
    },
    { name: 'bridge.start', input: { planId: 'apps-aaaaaaaaaaaa', token: 'made-by-main' } },
  ])
})

test('the safety backup before apps are changed holds its secrets where a password is given', async () => {
  const { main, user, section } = await openCheck()
  await user.click(within(section).getByRole('button', { name: words.change }))
  const dialog = await screen.findByRole('dialog')
  main.answer({
    'bridge.files': () => jobPlan(),
    'bridge.confirm': () => ({ token: 'made-by-main' }),
    'bridge.start': () => 'job-aaaaaaaaaaaa' as never,
  })
  await user.click(within(dialog).getByRole('button', { name: words.dialog.choose }))
  await user.type(await within(dialog).findByLabelText(words.dialog.password), 'open sesame')
  await user.type(within(dialog).getByLabelText(words.dialog.type(name)), name)
  await user.click(within(dialog).getByRole('button', { name: words.dialog.run(name) }))
  expect(main.inputsOf('bridge.start')).toEqual([
    { planId: 'apps-aaaaaaaaaaaa', token: 'made-by-main', password: 'open sesame' },
  ])
})

test('from a report one press leads to the wizard with the safety backup and the same device', async () => {
  const { main, user } = await openWindow({ devices: [target] })
  const plan = samplePlan(record.id, deviceId, 'fits')
  const report: RestoreReport = {
    format: 1,
    planId: plan.id,
    planHash: plan.hash,
    archiveId: record.id,
    deviceId,
    deviceName: name,
    startedAt: ago(1),
    endedAt: ago(0),
    outcome: 'unknown',
    clean: false,
    protocol: [],
    errorCount: 0,
    warningCount: 0,
    differences: [],
    remarks: [],
    safetyArchiveId: '20261128t034829z-press-8-26qwxk' as RestoreReport['archiveId'],
  }
  main.answer({ 'restore.reports': () => [report], 'restore.plan': () => plan })
  go({ view: 'report', planId: plan.id })
  await user.click(await screen.findByRole('button', { name: windowRestore.report.goBack }))
  expect(placeOf(navigation.getState())).toMatchObject({
    view: 'restore',
    archiveId: report.safetyArchiveId,
    deviceId,
  })
})
