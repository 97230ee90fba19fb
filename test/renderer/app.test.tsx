import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { navigation, placeOf } from '../../src/renderer/navigation.ts'
import { openDialog } from '../../src/renderer/stores/dialogs.ts'
import { messages } from '../../src/renderer/stores/messages.ts'
import { openWindow } from './support/open-window.tsx'
import { sampleDevices } from './support/samples.ts'

const view = (): string => placeOf(navigation.getState()).view

test('the palette finds every action by its words', async () => {
  const { user } = await openWindow({ devices: sampleDevices(20) })
  await screen.findByRole('grid', { name: 'Devices' })
  await user.keyboard('{Control>}k{/Control}')
  await screen.findByRole('dialog', { name: 'Commands' })
  await user.keyboard('press-8 back')
  // The last one searches the archives for these words.
  await waitFor(() => expect(screen.getAllByRole('menuitem')).toHaveLength(2))
  await user.keyboard('{Enter}')
  await screen.findByRole('dialog', { name: 'Back up PRESS-8' })
})

test('control and a number lead to the views, Alt with the arrows back and forth', async () => {
  const { user } = await openWindow({ devices: [] })
  await user.keyboard('{Control>}7{/Control}')
  expect(view()).toBe('settings')
  await user.keyboard('{Alt>}{ArrowLeft}{/Alt}')
  expect(view()).toBe('devices')
  await user.keyboard('{Alt>}{ArrowRight}{/Alt}')
  expect(view()).toBe('settings')
})

test('a dialog keeps the keys that are typed into it', async () => {
  const { user } = await openWindow({ devices: [] })
  openDialog({ kind: 'add-device' })
  await screen.findByRole('dialog', { name: 'Add a device' })
  await user.keyboard('{Control>}7{/Control}')
  expect(view()).toBe('devices')
})

test('messages in the corner keep no key from working', async () => {
  const { user } = await openWindow({ devices: [] })
  messages.show({ tone: 'bad', text: 'Something failed.' })
  await screen.findByText('Something failed.')
  await user.keyboard('{Control>}7{/Control}')
  expect(view()).toBe('settings')
})

test('good news do not cover the buttons of a dialog, failures stay', async () => {
  const { user } = await openWindow({ devices: [] })
  messages.show({ tone: 'good', text: 'All is well.' })
  messages.show({ tone: 'bad', text: 'Something failed.' })
  await screen.findByText('All is well.')
  await user.keyboard('{Control>}n{/Control}')
  await waitFor(() => expect(screen.queryByText('All is well.')).toBeNull())
  expect(screen.getByText('Something failed.')).toBeTruthy()
})

test('the sidebar marks where one is, also in a view below', async () => {
  const { user } = await openWindow({ devices: [] })
  const sidebar = screen.getByRole('navigation', { name: 'Views' })
  await user.click(within(sidebar).getByRole('button', { name: 'Activity' }))
  expect(within(sidebar).getByRole('button', { current: 'page' }).textContent).toBe('Activity')
})
