import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openWizard } from '../../../../src/renderer/features/restore/wizard-store.ts'
import { go } from '../../../../src/renderer/navigation.ts'
import type { Finding } from '../../../../src/shared/model/finding.ts'
import { openWindow } from '../../support/open-window.tsx'
import { ago, sampleDevice, sampleRecord } from '../../support/samples.ts'
import { samplePlan } from './sample-plan.ts'

const base = sampleDevice(1)
const appliance = {
  ...base,
  credentials: 'stored' as const,
  archives: 1,
  device: {
    ...base.device,
    name: 'DLP-1',
    family: 'endpoint-protector' as const,
    address: 'https://192.168.0.60',
    facts: { finalAddress: '192.168.0.61', exportFolder: '/mnt/exports' },
  },
}
const record = sampleRecord(appliance, 1)

const asking = (asks: Finding['asks'], result: Finding['result'] = 'unknown'): Finding => ({
  rule: 'E9',
  reason: 'unknown',
  result,
  hard: true,
  overridable: false,
  facts: {},
  asks,
  source: 'test',
})

async function openCheck(finding: Finding) {
  const opened = await openWindow({ devices: [appliance] })
  openWizard(undefined, undefined)
  const plan = (findings: readonly Finding[]) => ({
    ...samplePlan(record.id, appliance.device.id, 'unknown'),
    fit: { verdict: 'unknown' as const, findings },
  })
  opened.main.answer({ 'restore.plan': () => plan([finding]) })
  go({ view: 'restore', archiveId: record.id, deviceId: appliance.device.id })
  await screen.findByText(/Only a person can know this/)
  return { ...opened, plan }
}

test('a question about the archive is answered beside its finding, kept with the archive, and checked again', async () => {
  const { main, user, plan } = await openCheck(asking([{ about: 'archive', fact: 'kind' }]))
  const stated = { kind: { value: 'v2', statedAt: ago(0) } }
  main.answer({
    'annotations.state': () => ({ format: 1, archiveId: record.id, stated, proofs: [] }),
    'restore.plan': () => plan([asking([{ about: 'archive', fact: 'kind' }], 'pass')]),
  })
  const save = screen.getByRole('button', { name: 'State it and check again' })
  expect(save).toHaveProperty('disabled', true)
  await user.click(screen.getByRole('button', { name: /not stated/ }))
  const [, , second] = await screen.findAllByRole('option')
  await user.click(second!)
  await user.click(save)
  await waitFor(() =>
    expect(main.inputsOf('annotations.state')).toEqual([{ archiveId: record.id, facts: { kind: 'v2' } }]),
  )
  await waitFor(() => expect(screen.queryByText(/Only a person can know this/)).toBeNull())
  expect(main.inputsOf('restore.plan')).toHaveLength(2)
})

test('a question about the device changes that one fact and leaves the others', async () => {
  const { main, user } = await openCheck(asking([{ about: 'device', fact: 'keepsAddress' }]))
  main.answer({ 'devices.change': () => appliance })
  await user.click(screen.getByRole('button', { name: /not stated/ }))
  await user.click(await screen.findByRole('option', { name: 'No' }))
  await user.click(screen.getByRole('button', { name: 'State it and check again' }))
  await waitFor(() =>
    expect(main.inputsOf('devices.change')).toEqual([
      { id: appliance.device.id, facts: { ...appliance.device.facts, keepsAddress: 'no' } },
    ]),
  )
})

test('a moment is typed in the time of the person and stated in UTC', async () => {
  const { main, user } = await openCheck(asking([{ about: 'archive', fact: 'patchedAt' }]))
  main.answer({ 'annotations.state': () => ({ format: 1, archiveId: record.id, stated: {}, proofs: [] }) })
  const field = screen.getByRole('textbox')
  await user.type(field, 'yesterday')
  expect(screen.getByRole('button', { name: 'State it and check again' })).toHaveProperty('disabled', true)
  await user.clear(field)
  await user.type(field, '2026-03-01 20:00')
  await user.click(screen.getByRole('button', { name: 'State it and check again' }))
  const at = new Date('2026-03-01 20:00').toISOString()
  await waitFor(() => expect(main.inputsOf('annotations.state')[0]?.facts).toEqual({ patchedAt: at }))
})

test('the detail of an archive shows what was stated of its source, as stated, and takes more', async () => {
  const { main, user } = await openWindow({ devices: [appliance] })
  const stated = { kind: { value: 'v2', statedAt: ago(0) } }
  main.answer({
    'annotations.list': () => [{ format: 1, archiveId: record.id, stated, proofs: [] }],
    'annotations.state': () => ({ format: 1, archiveId: record.id, stated, proofs: [] }),
  })
  main.send('annotations.changed', undefined)
  go({ view: 'archives', archiveId: record.id })
  const panel = within(await screen.findByRole('region', { name: 'What you stated about its source' }))
  expect(await panel.findByText(/stated by a person/)).toBeTruthy()
  await user.click(panel.getByText('State what you know'))
  await user.type(panel.getByRole('textbox', { name: 'Server version' }), '6.0.0.0')
  await user.click(panel.getByRole('button', { name: 'Keep these statements' }))
  await waitFor(() => expect(main.inputsOf('annotations.state')[0]?.facts).toMatchObject({}))
  expect(Object.values(main.inputsOf('annotations.state')[0]!.facts)).toEqual(['6.0.0.0'])
})
