import { screen, within } from '@testing-library/react'
import { act } from 'react'
import { expect, test } from 'vitest'
import { go, navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import type { FileVersion } from '../../../../src/shared/model/history.ts'
import { openWindow } from '../../support/open-window.tsx'
import { sampleDevices, sampleRecord } from '../../support/samples.ts'

const devices = sampleDevices(1)
const { device } = devices[0]!
const records = [1, 2, 3, 4].map((number) => sampleRecord(devices[0]!, number))
const entry = 'etc/motor.ini'

const version = (index: number, sha256: string, isSame = false): FileVersion => ({
  archiveId: records[index]!.id,
  takenAt: records[index]!.takenAt,
  file: { sizeBytes: 10, sha256: sha256.repeat(64) },
  isSame,
})

async function openHistory(history: readonly FileVersion[]) {
  const opened = await openWindow({ devices })
  opened.main.answer({
    'history.read': () => history,
    'browse.preview': ({ place }) => ({
      kind: 'text',
      language: 'plain',
      encoding: 'utf-8',
      text: `speed of ${place.archiveId}`,
      masked: 0,
      sizeBytes: 10,
      truncated: false,
    }),
  })
  act(() => go({ view: 'history', deviceId: device.id, inside: ['plc.app'], entry }))
  return opened
}

test('shows each version once, and the two newest of them side by side', async () => {
  const { main, user } = await openHistory([
    version(0, 'a', true),
    version(1, 'a', true),
    version(2, 'a'),
    version(3, 'b'),
  ])
  const table = await screen.findByRole('grid', { name: 'Versions' })
  expect(within(table).getByText('in 3 backups')).toBeTruthy()
  expect(within(table).getByText('in 1 backup')).toBeTruthy()
  await screen.findByRole('region', { name: entry })
  expect(main.inputsOf('browse.preview').map(({ place }) => place)).toEqual([
    { archiveId: records[3]!.id, inside: ['plc.app'] },
    { archiveId: records[0]!.id, inside: ['plc.app'] },
  ])
  await user.dblClick(within(table).getByText('in 1 backup'))
  expect(placeOf(navigation.getState())).toEqual({
    view: 'browse',
    archiveId: records[3]!.id,
    inside: ['plc.app'],
    entry,
  })
})

test('a file that never changed has no other version to show', async () => {
  await openHistory([version(0, 'a', true), version(1, 'a')])
  await screen.findByText(/one version only/)
})

test('a file that no backup holds, and one that could not be read, are not the same', async () => {
  const { archiveId, takenAt } = version(0, 'a')
  await openHistory([{ archiveId, takenAt, isSame: false }])
  await screen.findByText('No backup of this device holds this file.')
})

test('a version that could not be read says why', async () => {
  const { archiveId, takenAt } = version(0, 'a')
  const failure = { code: 'archive-opaque', archive: 'epp.bin' } as const
  await openHistory([{ archiveId, takenAt, isSame: false, failure }, version(1, 'a')])
  await screen.findByText(/Could not be read: /)
})
