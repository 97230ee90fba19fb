import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { go } from '../../../../src/renderer/navigation.ts'
import type { Annotations } from '../../../../src/shared/model/annotations.ts'
import type { DeviceRole } from '../../../../src/shared/model/device.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevice, sampleRecord } from '../../support/samples.ts'

const production = sampleDevice(1)
const record = sampleRecord(production, 1)

function withRole(number: number, role: DeviceRole) {
  const view = sampleDevice(number)
  return { ...view, device: { ...view.device, role, family: production.device.family } }
}

async function open(proofs: Annotations['proofs']) {
  const spare = withRole(2, 'spare')
  const { main, user } = await openWindow({ devices: [production, spare] })
  main.answer({
    'archives.list': () => ({ records: [record], damaged: [] }),
    'annotations.list': () => [{ format: 1, archiveId: record.id, stated: {}, proofs }],
    'fit.devices': () => [],
  })
  main.send('archives.changed', undefined)
  main.send('annotations.changed', undefined)
  go({ view: 'archives', archiveId: record.id })
  return { main, user, spare }
}

const proofOf = (level: 'L3' | 'L4', deviceRole: DeviceRole) => ({
  level,
  at: '2026-11-21T06:00:00.000Z',
  deviceId: production.device.id,
  deviceName: 'TEST-BENCH',
  deviceRole,
  planHash: 'ab'.repeat(32),
})

test('an archive says which levels it has earned, on which device, and what would earn the next', async () => {
  await open([proofOf('L3', 'production')])
  expect(await screen.findByText('L3 Planned against a device')).toBeDefined()
  expect(screen.getByText(/TEST-BENCH \(In production\)/)).toBeDefined()
  const earned = screen.getByText('L3 Planned against a device').closest('[title]')
  expect(earned?.getAttribute('title')).toMatch(/^Earned: A restore was planned/)
  const missing = screen.getByText('L4 Restored and compared').closest('[title]')
  expect(missing?.getAttribute('title')).toMatch(/^Not earned: /)
  expect(screen.getByText(/Make a drill/)).toBeDefined()
})

test('the list shows the level in a word, and how it was earned', async () => {
  await open([proofOf('L3', 'production'), proofOf('L4', 'spare')])
  const badge = (await screen.findAllByTitle(/read back and holds the same on TEST-BENCH/))[0]
  expect(badge?.textContent).toBe('Restored')
})

test('a drill offers spare and practice devices alone, and says what it earns', async () => {
  const { spare } = await open([])
  await screen.findByText('L4 Restored and compared')
  go({ view: 'restore', archiveId: record.id, isDrill: true })
  await screen.findByText(/has earned the highest level of proof/)
  const table = screen.getByRole('grid')
  expect(await within(table).findByText(spare.device.name)).toBeDefined()
  expect(within(table).queryByText(production.device.name)).toBeNull()
})
