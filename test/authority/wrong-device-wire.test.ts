import { expect, test, vi } from 'vitest'
import { ctrlxStand, linuxStand, type Stranger } from './stands.ts'
import { takeOver } from './swapping.ts'

vi.setConfig({ testTimeout: 180_000 })

/** O3 on the real wire: 303 restores. The other 707 of the thousand are in `wrong-device-many.test.ts`. */
const withAnotherKey: readonly Stranger[] = [
  { serial: 'other', key: 'other', name: 'other' },
  // Two devices of one name.
  { serial: 'other', key: 'other' },
  // A clone of the serial number.
  { key: 'other' },
]

/** What a swapped controller is once a restore has brought the key of the former one back. */
const withTheSameKey: readonly Stranger[] = [
  { serial: 'other' },
  { serial: 'other', name: 'other' },
  { model: 'other' },
]

const count = (codes: readonly string[], code: string): number => codes.filter((each) => each === code).length

test('101 restores to a control: a stranger with another key gets no request at all, whenever it takes over', async () => {
  const codes = await takeOver(ctrlxStand, withAnotherKey)
  expect(count(codes, 'pin-changed')).toBeGreaterThan(50)
})

test('101 restores to a control: a stranger with the same key is named and not changed, whenever it takes over', async () => {
  const codes = await takeOver(ctrlxStand, withTheSameKey)
  expect(count(codes, 'wrong-device')).toBeGreaterThan(50)
})

test('101 restores to a host: a stranger gets nothing once the login is done, whenever it takes over', async () => {
  const codes = await takeOver(linuxStand, [...withAnotherKey, { serial: 'other' }])
  // A lost line ends a restore, so that a stranger is met only where it stands there before the login.
  expect(count(codes, 'pin-changed')).toBeGreaterThan(0)
  expect(count(codes, 'connection-lost')).toBeGreaterThan(50)
})
