import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { openDialog } from '../../../../src/renderer/stores/dialogs.ts'
import { FailureError } from '../../../../src/shared/failure.ts'
import type { FakeMain } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import { offeredFingerprints } from '../../support/plant.ts'
import { sampleDevice, sampleDeviceId, samplePin } from '../../support/samples.ts'

const move = (): HTMLElement => screen.getByRole('button', { name: 'Move it there' })
const isDisabled = (element: HTMLElement): boolean => element.hasAttribute('disabled')

interface Opened {
  readonly main: FakeMain
  readonly user: UserEvent
}

async function openMove(fingerprint?: string): Promise<Opened> {
  const view = sampleDevice(8)
  const pin = fingerprint === undefined ? view.device.pin : samplePin('ctrlx-core', { fingerprint })
  const opened = await openWindow({ devices: [{ ...view, device: { ...view.device, pin } }] })
  opened.main.answer({ 'devices.move': () => undefined })
  await screen.findByRole('grid', { name: 'Devices' })
  openDialog({ kind: 'move-device', deviceId: sampleDeviceId(8), address: '' })
  await screen.findByRole('dialog', { name: 'Move PRESS-8 to another address' })
  return opened
}

async function lookAt(user: UserEvent, address: string): Promise<void> {
  await user.type(screen.getByRole('textbox', { name: 'New address' }), `${address}{Enter}`)
}

test('another fingerprint at the new address moves nothing until a person has looked at it', async () => {
  const { main, user } = await openMove()
  await lookAt(user, '10.9.8.7')
  await screen.findByText(/shows another fingerprint than the one accepted for PRESS-8/)
  expect(main.inputsOf('devices.offerMove')).toEqual([{ id: sampleDeviceId(8), address: '10.9.8.7' }])
  expect(isDisabled(move())).toBe(true)
  await user.click(screen.getByRole('radio', { name: /I compared the new fingerprint/ }))
  await user.type(screen.getByRole('textbox', { name: /last eight characters/ }), '9d0e8b7c{Enter}')
  expect(isDisabled(move())).toBe(true)
  expect(main.inputsOf('devices.move')).toEqual([])
  await user.clear(screen.getByRole('textbox', { name: /last eight characters/ }))
  await user.type(screen.getByRole('textbox', { name: /last eight characters/ }), '66:B8:1D:9A')
  await user.click(move())
  await screen.findByText('PRESS-8 is at https://10.9.8.7 from now on.')
  expect(main.inputsOf('devices.move')).toEqual([
    { id: sampleDeviceId(8), offerId: 'offer-000000000001', lastEight: '66B81D9A', compared: true },
  ])
})

test('the accepted fingerprint at the new address asks for nothing more', async () => {
  const { main, user } = await openMove(offeredFingerprints['ctrlx-core'])
  await lookAt(user, '10.9.8.7')
  await screen.findByText(/shows the fingerprint that was accepted/)
  expect(screen.queryByRole('textbox', { name: /last eight characters/ })).toBeNull()
  await user.click(move())
  await waitFor(() => expect(main.inputsOf('devices.move')).toHaveLength(1))
})

test('an address that does not answer is said, and stays to be corrected', async () => {
  const { main, user } = await openMove()
  main.answer({
    'devices.offerMove': () => {
      throw new FailureError({ code: 'device-unreachable', address: 'https://10.9.8.7', reason: 'refused' })
    },
  })
  await lookAt(user, '10.9.8.7')
  const dialog = screen.getByRole('dialog', { name: 'Move PRESS-8 to another address' })
  expect(await within(dialog).findByRole('alert')).toBeTruthy()
  expect(within(dialog).getByRole('textbox', { name: 'New address' })).toHaveProperty('value', '10.9.8.7')
})

test('what is no address is not looked at', async () => {
  const { main, user } = await openMove()
  await lookAt(user, 'ftp://press')
  expect(screen.getByText(/This is no address/)).toBeTruthy()
  expect(main.inputsOf('devices.offerMove')).toEqual([])
})
