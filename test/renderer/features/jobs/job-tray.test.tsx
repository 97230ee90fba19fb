import { act, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import type { Job } from '../../../../src/shared/model/job.ts'
import type { FakeMain } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevices, sampleJob, sampleReport, sampleTransfer } from '../../support/samples.ts'

async function openTray(
  jobs: readonly Job[],
): Promise<{ readonly main: FakeMain; readonly user: UserEvent; readonly tray: HTMLElement }> {
  const opened = await openWindow({ devices: sampleDevices(12), jobs })
  const tray = await screen.findByRole('region', { name: 'Jobs of this session' })
  await opened.user.click(within(tray).getByRole('button', { name: /^Jobs/ }))
  return { ...opened, tray }
}

test('without jobs there is no tray', async () => {
  await openWindow({ devices: sampleDevices(1) })
  await screen.findByRole('grid', { name: 'Devices' })
  expect(screen.queryByRole('region', { name: 'Jobs of this session' })).toBeNull()
})

test('a running job shows phase, bytes, rate and time left, and can be cancelled', async () => {
  const { main, user, tray } = await openTray([sampleJob(8, sampleTransfer(0.5))])
  for (const text of ['Transferring', '50%', '25.0 MiB of 50.0 MiB', '3.0 MiB/s'])
    expect(within(tray).getByText(text)).toBeTruthy()
  await user.click(within(tray).getByRole('button', { name: 'Cancel' }))
  expect(main.inputsOf('jobs.cancel')).toEqual([{ id: 'job-000000000008' }])
})

test('a device that is being changed offers no cancel, and says what closing the window does', async () => {
  const { tray } = await openTray([sampleJob(8, sampleTransfer(0.5, false), { kind: 'restore' })])
  expect(within(tray).queryByRole('button', { name: 'Cancel' })).toBeNull()
  expect(within(tray).getByText(/^PRESS-8 is being changed\. You may close the window/)).toBeTruthy()
})

test('a failed job tells cause, what was not changed and the next step, with details to copy', async () => {
  const failure = { code: 'login-refused', address: 'https://192.168.0.8', user: 'maria' } as const
  const { tray } = await openTray([sampleJob(8, { phase: 'failed', failure })])
  expect(within(tray).getByText('https://192.168.0.8 refused the login of “maria”.')).toBeTruthy()
  expect(within(tray).getByText('Nothing was changed on the device.')).toBeTruthy()
  expect(within(tray).getByText(/Check user name and password/)).toBeTruthy()
  expect(within(tray).getByText(/code: login-refused/)).toBeTruthy()
  expect(within(tray).getByRole('button', { name: 'Enter the password' })).toBeTruthy()
})

test('what a hostile device wrote into a failure is shown escaped', async () => {
  const failure = { code: 'weak-crypto', address: 'a\u202eb', detail: 'x\u001b[31m' } as const
  const { tray } = await openTray([sampleJob(8, { phase: 'failed', failure })])
  expect(within(tray).getByText(/address: a<U\+202E>b/).textContent).toContain('detail: x␛[31m')
})

test('a failed backup leads to the backup dialog again', async () => {
  const failure = { code: 'device-silent', address: 'a', phase: 'transferring', seconds: 30 } as const
  const { user, tray } = await openTray([sampleJob(8, { phase: 'failed', failure })])
  await user.click(within(tray).getByRole('button', { name: 'Try again' }))
  await screen.findByRole('dialog', { name: 'Back up PRESS-8' })
})

test('the report of a restore is one press away', async () => {
  const report = sampleReport({ clean: false })
  const { user, tray } = await openTray([
    sampleJob(8, { phase: 'done', result: { kind: 'report', report } }, { kind: 'restore' }),
  ])
  expect(within(tray).getByText('1 needs attention')).toBeTruthy()
  await user.click(within(tray).getByRole('button', { name: 'Show the report' }))
  expect(placeOf(navigation.getState())).toEqual({ view: 'report', planId: report.planId })
})

test('ended jobs can be cleared, running ones stay', async () => {
  const { user, tray } = await openTray([
    sampleJob(8, sampleTransfer(0.5)),
    sampleJob(7, { phase: 'cancelled' }),
  ])
  await user.click(within(tray).getByRole('button', { name: 'Clear the ended ones' }))
  await waitFor(() => expect(within(tray).queryByText('Backup: MIXER-7')).toBeNull())
  expect(within(tray).getByText('Backup: PRESS-8')).toBeTruthy()
})

test('several jobs that ran together are reported by one message, when the last has ended', async () => {
  const { main } = await openWindow({ devices: sampleDevices(12) })
  await screen.findByRole('grid', { name: 'Devices' })
  const failure = { code: 'device-silent', address: 'a', phase: 'transferring', seconds: 30 } as const
  act(() => {
    for (const number of [1, 2, 3]) main.send('jobs.changed', sampleJob(number, sampleTransfer(0.5)))
    main.send('jobs.changed', sampleJob(1, { phase: 'failed', failure }))
    main.send('jobs.changed', sampleJob(2, { phase: 'cancelled' }))
  })
  expect(screen.queryByText(/jobs have ended/)).toBeNull()
  act(() => {
    main.send('jobs.changed', sampleJob(4, sampleTransfer(0.5)))
    for (const number of [3, 4])
      main.send('jobs.changed', sampleJob(number, { phase: 'done', result: { kind: 'none' } }))
  })
  await screen.findByText('2 jobs have ended well, 1 failed.')
})

test('how many jobs run is read out, their progress is not', async () => {
  const { main, tray } = await openTray([sampleJob(8, sampleTransfer(0.1))])
  const spoken = (): string =>
    within(tray)
      .getAllByRole('status')
      .map((region) => region.textContent)
      .join()
  const before = spoken()
  act(() => main.send('jobs.changed', sampleJob(8, sampleTransfer(0.9))))
  await within(tray).findByText('90%')
  expect(spoken()).toBe(before)
})
