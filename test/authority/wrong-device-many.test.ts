import { expect, test, vi } from 'vitest'
import { FailureError } from '../../src/shared/failure.ts'
import { restoreOptionsSchema } from '../../src/shared/model/restore.ts'
import { fakeDraft } from '../main/fake-family.ts'
import { newContext, newUseCases } from '../main/workbench.ts'
import { Box, boxFamily, Place } from './boxes.ts'
import type { Stranger } from './stands.ts'
import { expectSpoken } from './swapping.ts'

vi.setConfig({ testTimeout: 120_000 })

/**
 * O3 without a wire: 707 restores through the real use cases, vault and journal, to devices in this process that keep
 * a record of their own. What the wire adds is in `wrong-device-wire.test.ts`: together they are the thousand.
 */
const strangers: readonly (readonly [string, Stranger])[] = [
  ['the next device', { serial: 'other', key: 'other', name: 'other' }],
  ['a second device of the same name', { serial: 'other', key: 'other' }],
  ['a clone of the serial number with another key', { key: 'other' }],
  ['another model with another key', { key: 'other', model: 'other' }],
  ['another serial number behind the same key', { serial: 'other' }],
  ['another serial number and name behind the same key', { serial: 'other', name: 'other' }],
  ['another model behind the same key', { model: 'other' }],
]

test.each(strangers)('in 101 restores, %s never gets the changing call', async (_who, stranger) => {
  let place = new Place(new Box(), new Box(), Infinity)
  const family = boxFamily(() => place)
  const bench = await newUseCases(() => family)
  const { id } = await bench.inventory.add({
    ...fakeDraft,
    pin: { ...fakeDraft.pin, fingerprint: place.box.key },
  })
  bench.credentials.giveForSession(id, { kind: 'password', user: 'engineer', password: 'unused' })
  const record = await bench.backUp({ device: await bench.inventory.get(id) }, newContext())
  const named: string[] = []
  const met: boolean[] = []
  for (let swapAfter = 0; swapAfter <= 100; swapAfter += 1) {
    const [right, other] = [new Box(), new Box(stranger)]
    place = new Place(right, right, Infinity)
    const device = await bench.inventory.get(id)
    const options = restoreOptionsSchema.parse({})
    const plan = await bench.planRestore(record.id, device, options, newContext().signal)
    place = new Place(right, other, swapAfter)
    const end = await bench.restore(plan, undefined, newContext()).catch((error: unknown) => error)
    expect(place.exchanges).toBeGreaterThan(swapAfter)
    expect(other.record).not.toContain('COMMIT')
    expect(right.record.filter((request) => request === 'COMMIT').length).toBeLessThanOrEqual(1)
    if (stranger.key) expect(other.record).toEqual([])
    met.push(other.record.length > 0)
    if (!(end instanceof FailureError)) continue
    expectSpoken(end.failure)
    expect(right.record).not.toContain('COMMIT')
    const { failure } = end
    named.push(failure.code)
    if (failure.code === 'wrong-device') expect(failure.expected).not.toBe(failure.actual)
  }
  expect(named).toContain(stranger.key ? 'pin-changed' : 'wrong-device')
  expect(met.includes(true)).toBe(stranger.key === undefined)
})
