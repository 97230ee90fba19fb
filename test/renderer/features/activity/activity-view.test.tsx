import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import { failing } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import {
  sampleActivity,
  sampleDevices,
  sampleJob,
  sampleReport,
  sampleTransfer,
} from '../../support/samples.ts'

async function openActivity() {
  const opened = await openWindow({ devices: sampleDevices(3) })
  await opened.user.keyboard('{Control>}6{/Control}')
  await screen.findByRole('grid', { name: 'Activity' })
  return opened
}

const whats = (): readonly (string | null)[] =>
  screen.getAllByRole('rowheader').map((cell) => cell.textContent)

test('the newest entry stands first, in words', async () => {
  await openActivity()
  expect(whats()[0]).toBe('Backup made')
  expect(screen.getByText('the device is new and empty')).toBeTruthy()
})

test('the filter for restores leaves what belongs to restores', async () => {
  const { user } = await openActivity()
  await user.click(screen.getByRole('button', { name: /Show/ }))
  await user.click(await screen.findByRole('option', { name: 'Restores' }))
  await waitFor(() =>
    expect(whats()).toEqual(['Restore ended', 'Restore begun', 'Restore without a safety backup']),
  )
})

test('the search finds people, devices and what was written beside them', async () => {
  const { user } = await openActivity()
  await user.keyboard('/')
  await user.keyboard('maria oven.zip')
  await waitFor(() => expect(whats()).toEqual(['Archive exported']))
})

test('an entry shows everything that was written down, with its place in the chain', async () => {
  const { user } = await openActivity()
  await user.click(screen.getByRole('row', { name: /Fingerprint accepted/ }))
  const detail = await screen.findByRole('region', { name: 'Entry' })
  expect(within(detail).getByText('no')).toBeTruthy()
  expect(within(detail).getByText('Hash of the one before')).toBeTruthy()
})

test('from the end of a restore its report is one press away', async () => {
  const { main, user } = await openActivity()
  const { facts } = sampleActivity().find(({ action }) => action === 'restore-ended')!
  main.answer({ 'restore.reports': () => [sampleReport({ planHash: facts['plan']! })] })
  await user.click(screen.getByRole('row', { name: /Restore ended/ }))
  await user.click(await screen.findByRole('button', { name: 'Show the report' }))
  await waitFor(() =>
    expect(placeOf(navigation.getState())).toEqual({ view: 'report', planId: 'plan-000000000001' }),
  )
})

test('what is done while the view is open appears in it', async () => {
  const { main } = await openActivity()
  main.send('jobs.changed', sampleJob(1, sampleTransfer(0.5)))
  main.answer({ 'activity.list': () => sampleActivity().slice(0, 1) })
  main.send('jobs.changed', sampleJob(1, { phase: 'done', result: { kind: 'none' } }))
  await waitFor(() => expect(whats()).toEqual(['Backup made']))
})

test('a history that cannot be read says why', async () => {
  const { main, user } = await openWindow({ devices: sampleDevices(1) })
  main.answer({ 'activity.list': failing({ code: 'storage-damaged', file: 'activity.log', reason: 'x' }) })
  await user.keyboard('{Control>}6{/Control}')
  expect((await screen.findByRole('alert')).textContent).toContain('activity.log')
})
