import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { failing } from '../../support/fake-main.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevices } from '../../support/samples.ts'

test('another language is spoken at once, in every view', async () => {
  const { user } = await openWindow({ devices: sampleDevices(1) })
  await user.keyboard('{Control>}7{/Control}')
  await user.click(await screen.findByRole('radio', { name: 'Deutsch' }))
  await screen.findByRole('heading', { name: 'Einstellungen', level: 1 })
  expect(document.documentElement.lang).toBe('de')
  expect(screen.getByRole('button', { name: 'Geräte' })).toBeTruthy()
})

test('a chosen theme is put on the page', async () => {
  const { user } = await openWindow({ devices: [] })
  await user.keyboard('{Control>}7{/Control}')
  await user.click(await screen.findByRole('radio', { name: 'Dark' }))
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'))
})

test('a choice that cannot be stored says why and is not shown as made', async () => {
  const { main, user } = await openWindow({ devices: [] })
  main.answer({ 'settings.change': failing({ code: 'storage-unwritable', place: '/a', reason: 'full' }) })
  await user.keyboard('{Control>}7{/Control}')
  await user.click(await screen.findByRole('radio', { name: 'Dark' }))
  await screen.findByRole('alertdialog')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Dark' }).checked).toBe(false)
})

test.each([
  [true, 'Safe (gnome_libsecret)'],
  [false, 'Not safe (basic_text)'],
])('the state of the keychain is told as it is (usable: %s)', async (isKeychainUsable, words) => {
  const { user } = await openWindow({ devices: [], isKeychainUsable })
  await user.keyboard('{Control>}7{/Control}')
  await screen.findByText(words)
})

test('a help page is named to main, which knows its address', async () => {
  const { main, user } = await openWindow({ devices: [] })
  await user.keyboard('{Control>}7{/Control}')
  await user.click(await screen.findByRole('button', { name: 'Interface of ctrlX CORE, by its vendor' }))
  expect(main.inputsOf('help.open')).toEqual([{ page: 'ctrlx-interface' }])
})
