import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { failing } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import { offeredFingerprints } from '../../support/plant.ts'
import { sampleDevices } from '../../support/samples.ts'

const dialog = (): HTMLElement => screen.getByRole('dialog')
const button = (name: string): HTMLElement => within(dialog()).getByRole('button', { name })

async function describeDevice(user: UserEvent, name = 'PRESS-9'): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Add a device' }))
  await user.type(within(dialog()).getByRole('textbox', { name: 'Name' }), name)
  await user.type(within(dialog()).getByRole('textbox', { name: 'Address' }), '192.168.1.9')
  await user.type(within(dialog()).getByRole('textbox', { name: 'User' }), 'admin')
}

test('from nothing to a device that can be backed up', async () => {
  const { main, user } = await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  await describeDevice(user)
  await user.click(button('Connect'))
  await within(dialog()).findByText('Compare with what the device shows')
  await user.type(
    within(dialog()).getByRole('textbox', { name: /Fingerprint that/ }),
    offeredFingerprints['ctrlx-core'],
  )
  expect(within(dialog()).getByText('They are equal.')).toBeTruthy()
  await user.click(button('I compared it: equal'))
  await user.type(await within(dialog()).findByLabelText('Password of “admin”'), 'right{Enter}')
  await within(dialog()).findByText('PRESS-9 is ready')
  expect(main.inputsOf('devices.add')[0]).toMatchObject({
    compared: true,
    draft: { family: 'ctrlx-core', name: 'PRESS-9', address: '192.168.1.9', user: 'admin' },
  })
  expect(main.inputsOf('credentials.give')[0]).toMatchObject({ password: 'right', remember: true })
  await user.click(button('Back up now'))
  await screen.findByRole('dialog', { name: 'Back up PRESS-9' })
})

test('no user name and no password leave the window before the fingerprint is accepted', async () => {
  const { main, user } = await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  await describeDevice(user)
  await user.click(button('Connect'))
  await within(dialog()).findByText('Compare with what the device shows')
  expect(main.inputsOf('credentials.give')).toEqual([])
  expect(main.inputsOf('devices.add')).toEqual([])
})

test('accepting without comparing is said as it is', async () => {
  const { main, user } = await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  await describeDevice(user)
  await user.click(button('Connect'))
  await user.click(await within(dialog()).findByRole('button', { name: 'Accept without comparing' }))
  await waitFor(() => expect(main.inputsOf('devices.add')[0]?.compared).toBe(false))
})

test('a fingerprint that differs from the pasted one cannot be accepted', async () => {
  const { user } = await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  await describeDevice(user)
  await user.click(button('Connect'))
  await user.type(await within(dialog()).findByRole('textbox', { name: /Fingerprint that/ }), 'AB:CD')
  expect(within(dialog()).getByText(/They differ/)).toBeTruthy()
  expect(button('I compared it: equal').hasAttribute('disabled')).toBe(true)
  expect(button('Accept without comparing').hasAttribute('disabled')).toBe(true)
})

test('a device that does not answer leaves what was typed, and says what to do', async () => {
  const { main, user } = await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  main.answer({
    'devices.offer': failing({
      code: 'device-unreachable',
      address: 'https://192.168.1.9',
      reason: 'no route',
    }),
  })
  await describeDevice(user)
  await user.click(button('Connect'))
  await within(dialog()).findByText('Check the cable, the power and the address, then try again.')
  expect(within(dialog()).getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('PRESS-9')
})

test('a wrong password leads back to the password, and the device stays in the list', async () => {
  const { main, user } = await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  await describeDevice(user)
  await user.click(button('Connect'))
  await user.click(await within(dialog()).findByRole('button', { name: 'I compared it: equal' }))
  await user.type(await within(dialog()).findByLabelText('Password of “admin”'), 'wrong{Enter}')
  await within(dialog()).findByText(/refused the login of “admin”/)
  await user.click(button('Another password'))
  const field = within(dialog()).getByLabelText('Password of “admin”')
  await user.clear(field)
  await user.type(field, 'right{Enter}')
  await within(dialog()).findByText('PRESS-9 is ready')
  expect(main.inputsOf('devices.add')).toHaveLength(1)
})

test('a name that is taken is refused before anything is asked', async () => {
  const { main, user } = await openWindow({ devices: sampleDevices(3) })
  await screen.findByRole('grid', { name: 'Devices' })
  await describeDevice(user, 'oven-1')
  await user.click(within(dialog()).getByRole('textbox', { name: 'Address' }))
  expect(within(dialog()).getByText('Another device has this name.')).toBeTruthy()
  expect(button('Connect').hasAttribute('disabled')).toBe(true)
  expect(main.inputsOf('devices.offer')).toEqual([])
})

test('without a safe keychain nothing is remembered, and the reason is told beforehand', async () => {
  const { main, user } = await openWindow({ devices: [], isKeychainUsable: false })
  await screen.findByText(/No devices yet/)
  await describeDevice(user)
  await user.click(button('Connect'))
  await user.click(await within(dialog()).findByRole('button', { name: 'I compared it: equal' }))
  await within(dialog()).findByText(/no safe keychain \(basic_text\)/)
  await user.type(within(dialog()).getByLabelText('Password of “admin”'), 'right{Enter}')
  await waitFor(() => expect(main.inputsOf('credentials.give')[0]?.remember).toBe(false))
})

test('a Linux host is asked for its folders, and empty fields are not sent', async () => {
  const { main, user } = await openWindow({ devices: [] })
  await screen.findByText(/No devices yet/)
  await describeDevice(user)
  await user.click(within(dialog()).getByRole('radio', { name: 'Linux host' }))
  await user.type(within(dialog()).getByRole('textbox', { name: /Folders to back up/ }), 'etc{Enter}opt/line')
  await user.click(button('Connect'))
  await waitFor(() => expect(main.inputsOf('devices.offer')[0]?.facts).toEqual({ paths: 'etc\nopt/line' }))
})
