import { expect, test } from 'vitest'
import { advance, firstStep, type Adding } from '../../../../src/renderer/features/devices/adding/adding.ts'
import type { PinOffer } from '../../../../src/shared/model/pin-offer.ts'
import { sampleDevice, sampleJob } from '../../support/samples.ts'

const offer: PinOffer = {
  offerId: 'offer-000000000001',
  address: 'https://a',
  kind: 'tls',
  fingerprint: 'aa',
  detail: {},
}
const view = sampleDevice(1)
const compare: Adding = { at: { step: 'compare', offer }, work: { phase: 'idle' } }
const password: Adding = { at: { step: 'password', view }, work: { phase: 'idle' } }

test('a late answer for a step that was left changes nothing', () => {
  expect(advance(password, { move: 'offered', offer })).toBe(password)
  expect(advance(firstStep, { move: 'added', view })).toBe(firstStep)
  expect(advance(compare, { move: 'read' })).toBe(compare)
})

test('a failure stays at its step', () => {
  const failure = { code: 'name-taken', name: 'A' } as const
  expect(advance(compare, { move: 'fail', failure })).toEqual({
    at: compare.at,
    work: { phase: 'failed', failure },
  })
})

test('behind the fingerprint there is no way back to another device', () => {
  expect(advance(compare, { move: 'back' }).at.step).toBe('describe')
  expect(advance(password, { move: 'back' }).at).toEqual(password.at)
})

test('from a failed reading the way back leads to another password', () => {
  const { id: jobId } = sampleJob(1, { phase: 'queued' })
  const reading = advance(password, { move: 'reading', jobId })
  expect(reading.at.step).toBe('identity')
  expect(advance(reading, { move: 'back' }).at.step).toBe('password')
})

test('a device that is only looked at from outside is never asked a password for', () => {
  const looked = { ...view, device: { ...view.device, family: 'endpoint-protector', user: '' } } as const
  const added = advance(compare, { move: 'added', view: looked })
  expect(added).toEqual({
    at: { step: 'identity', view: looked, jobId: undefined },
    work: { phase: 'busy' },
  })
  expect(advance(added, { move: 'back' }).at.step).toBe('identity')
  expect(advance(compare, { move: 'added', view }).at.step).toBe('password')
})
