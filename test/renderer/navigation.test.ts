import { beforeEach, expect, test } from 'vitest'
import {
  amend,
  go,
  goBack,
  goForward,
  navigation,
  placeOf,
  type Place,
} from '../../src/renderer/navigation.ts'
import { sampleDevices, sampleDeviceId, sampleRecord } from './support/samples.ts'

beforeEach(() => navigation.setState(navigation.getInitialState(), true))

const place = (): unknown => placeOf(navigation.getState())
const deviceId = sampleDeviceId(1)

test('back leads to the place before, forward to the one that was left', () => {
  go({ view: 'archives' })
  go({ view: 'settings' })
  goBack()
  expect(place()).toEqual({ view: 'archives' })
  goForward()
  expect(place()).toEqual({ view: 'settings' })
})

test('beyond both ends of the history nothing happens', () => {
  goBack()
  goForward()
  expect(place()).toEqual({ view: 'devices' })
})

test('going where one is already is no step of the history', () => {
  go({ view: 'devices', deviceId })
  go({ view: 'devices', deviceId })
  goBack()
  expect(place()).toEqual({ view: 'devices' })
})

test('a file that is shown at another text is another step of the history', () => {
  const { id: archiveId } = sampleRecord(sampleDevices(1)[0]!, 1)
  const at = (text: string): Place => ({
    view: 'browse',
    archiveId,
    inside: ['plc.app'],
    entry: 'etc/motor',
    find: { text, matchCase: false },
  })
  go(at('speed'))
  go(at('speed'))
  expect(navigation.getState().places).toHaveLength(2)
  go(at('torque'))
  expect(navigation.getState().places).toHaveLength(3)
})

test('another selection in the same view is no step of the history', () => {
  amend({ view: 'devices', deviceId })
  go({ view: 'settings' })
  goBack()
  expect(place()).toEqual({ view: 'devices', deviceId })
  expect(navigation.getState().places).toHaveLength(2)
})

test('a new way forgets the one that was left', () => {
  go({ view: 'archives' })
  goBack()
  go({ view: 'activity' })
  goForward()
  expect(place()).toEqual({ view: 'activity' })
})

test('the history keeps the newest hundred places', () => {
  for (let step = 0; step < 150; step += 1) go({ view: 'devices', deviceId: sampleDeviceId(step) })
  expect(navigation.getState().places).toHaveLength(100)
  expect(place()).toEqual({ view: 'devices', deviceId: sampleDeviceId(149) })
})
