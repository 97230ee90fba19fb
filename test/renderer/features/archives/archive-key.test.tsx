import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { go } from '../../../../src/renderer/navigation.ts'
import type { KeyHint } from '../../../../src/shared/model/annotations.ts'
import type { ArchiveRecord } from '../../../../src/shared/model/record.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevice, sampleRecord } from '../../support/samples.ts'

const view = sampleDevice(1)
const appliance = { ...view, device: { ...view.device, family: 'endpoint-protector' as const } }
const record: ArchiveRecord = { ...sampleRecord(view, 1), family: 'endpoint-protector', container: 'opaque' }
const hint: KeyHint = { lastFour: 'w8=Q', sha256Start: '0a1b2c3d', storedAt: '2026-11-21T06:00:00.000Z' }

async function open(
  kept: boolean,
  records: readonly ArchiveRecord[] = [record],
  key: KeyHint | 'none' = hint,
) {
  const { main, user } = await openWindow({ devices: [appliance] })
  main.answer({
    'archives.list': () => ({ records, damaged: [] }),
    'annotations.list': () => [
      { format: 1, archiveId: record.id, stated: {}, proofs: [], ...(key !== 'none' && { key }) },
    ],
    'keys.kept': () => (kept ? [record.id] : []),
    'fit.devices': () => [],
  })
  main.send('archives.changed', undefined)
  main.send('annotations.changed', undefined)
  go({ view: 'archives', archiveId: record.id })
  return { main, user }
}

test('a key is given once, leaves the field, and a computer without a keychain is said loudly', async () => {
  const { main, user } = await open(false, [record], 'none')
  main.answer({ 'keys.give': () => ({ hint, stored: false }) })
  const field = await screen.findByLabelText<HTMLInputElement>('Key')
  expect(field.type).toBe('password')
  await user.type(field, 'canary-key-w8=Q')
  await user.click(screen.getByRole('button', { name: 'Keep this key' }))
  expect(await screen.findByText(/no safe keychain/)).toBeDefined()
  expect(main.asked.find(({ name }) => name === 'keys.give')?.input).toEqual({
    archiveId: record.id,
    key: 'canary-key-w8=Q',
  })
  expect(screen.queryByDisplayValue(/canary/)).toBeNull()
})

test('a kept key is shown by its hint; main copies it', async () => {
  const { main, user } = await open(true)
  main.answer({ 'keys.copy': () => undefined })
  expect(await screen.findByText('Key ending in …w8=Q, SHA-256 0a1b2c3d…')).toBeDefined()
  await user.click(await screen.findByRole('button', { name: 'Copy the key' }))
  expect(await screen.findByText('The key is on the clipboard for 30 seconds.')).toBeDefined()
  expect(main.asked.find(({ name }) => name === 'keys.copy')?.input).toEqual({ archiveId: record.id })
})

test('a key whose hint is there and that is not here is asked for again', async () => {
  await open(false)
  expect(await screen.findByText(/was given once and is not here now/)).toBeDefined()
})

test('the forecast needs three backups and then names the weeks', async () => {
  await open(true)
  expect(await screen.findByText(/Too few backups/)).toBeDefined()
})

test('growing backups say when the limit is reached', async () => {
  const grown = [130, 140, 150].map((millions, week): ArchiveRecord => ({
    ...sampleRecord(view, week + 1),
    ...(week === 0 && { id: record.id }),
    family: 'endpoint-protector',
    container: 'opaque',
    sizeBytes: millions * 1_000_000,
    takenAt: new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString(),
  }))
  await open(true, grown)
  expect(await screen.findByText(/reached in about 5 weeks/)).toBeDefined()
})
