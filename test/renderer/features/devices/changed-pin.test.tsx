import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openDialog } from '../../../../src/renderer/stores/dialogs.ts'
import type { FakeMain } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import { offeredFingerprints } from '../../support/plant.ts'
import { sampleDevice, sampleDeviceId, samplePin } from '../../support/samples.ts'

const accept = (): HTMLElement => screen.getByRole('button', { name: 'Accept the new fingerprint' })
const isDisabled = (element: HTMLElement): boolean => element.hasAttribute('disabled')

async function openChangedPin(): Promise<{ readonly main: FakeMain; readonly user: UserEvent }> {
  const window = await openWindow({ devices: [sampleDevice(8)] })
  await screen.findByRole('grid', { name: 'Devices' })
  openDialog({ kind: 'changed-pin', deviceId: sampleDeviceId(8) })
  await screen.findByText(/Stop: PRESS-8 does not show the fingerprint/)
  return window
}

test('a changed fingerprint is a hard stop that nothing is chosen for', async () => {
  const { user } = await openChangedPin()
  expect(screen.getByText('No user name and no password were sent.')).toBeTruthy()
  expect(isDisabled(accept())).toBe(true)
  await user.type(screen.getByRole('textbox', { name: /last eight characters/ }), '66B81D9A')
  expect(isDisabled(accept())).toBe(true)
  await user.click(screen.getByRole('radio', { name: /I compared the new fingerprint/ }))
  expect(isDisabled(accept())).toBe(false)
})

test('the wrong last characters accept nothing', async () => {
  const { main, user } = await openChangedPin()
  await user.click(screen.getByRole('radio', { name: /I have not compared it/ }))
  await user.type(screen.getByRole('textbox', { name: /last eight characters/ }), '9d0e8b7c{Enter}')
  expect(screen.getByText('These are not the last eight characters.')).toBeTruthy()
  expect(isDisabled(accept())).toBe(true)
  expect(main.inputsOf('devices.acceptPin')).toEqual([])
})

test('what is accepted is what main offered, with how the person knows it', async () => {
  const { main, user } = await openChangedPin()
  await user.click(screen.getByRole('radio', { name: /I have not compared it/ }))
  await user.type(screen.getByRole('textbox', { name: /last eight characters/ }), '66:b8:1d:9a')
  await user.click(accept())
  await screen.findByText('The new fingerprint of PRESS-8 is accepted.')
  expect(main.inputsOf('devices.acceptPin')).toEqual([
    { id: sampleDeviceId(8), offerId: 'offer-000000000001', lastEight: '66b81d9a', compared: false },
  ])
})

test('a fingerprint that is the accepted one needs nothing', async () => {
  const pin = samplePin('ctrlx-core', { fingerprint: offeredFingerprints['ctrlx-core'] })
  const view = sampleDevice(8)
  await openWindow({ devices: [{ ...view, device: { ...view.device, pin } }] })
  await screen.findByRole('grid', { name: 'Devices' })
  openDialog({ kind: 'changed-pin', deviceId: sampleDeviceId(8) })
  const dialog = await screen.findByRole('dialog', { name: 'Fingerprint of PRESS-8' })
  await waitFor(() => expect(within(dialog).getByText(/There is nothing to do/)).toBeTruthy())
})
