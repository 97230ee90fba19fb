import { expect, test } from 'vitest'
import { planRestore } from '../../../../src/main/families/linux-host/plan.ts'
import type { FamilyPlan, PlanInput } from '../../../../src/main/families/family.ts'
import { linuxPlan as german } from '../../../../src/shared/text/de/plan-linux.ts'
import { linuxPlan as english } from '../../../../src/shared/text/en/plan-linux.ts'
import { sampleDevice, sampleIdentity, sampleOptions, sampleRecord } from './sample.ts'

function plan(changes: Partial<PlanInput> = {}): FamilyPlan {
  const source = sampleIdentity()
  return planRestore({
    device: sampleDevice({ facts: { services: 'app.service' } }),
    record: sampleRecord(),
    archive: { source, unsafeEntries: [], hashMatches: true, unpackedBytes: 5000 },
    target: source,
    options: sampleOptions(),
    ...changes,
  })
}

const failureOf = (changes: Partial<PlanInput>): unknown => {
  try {
    plan(changes)
  } catch (error) {
    return (error as { failure: unknown }).failure
  }
  return undefined
}

test('the device is changed in one step, after the upload was checked and before it is read back', () => {
  const { steps, roomNeededBytes } = plan()
  expect(steps.map(({ step, changes }) => [step, changes])).toEqual([
    ['upload', false],
    ['check-upload', false],
    ['apply', true],
    ['restart-services', true],
    ['read-back-files', false],
  ])
  expect(roomNeededBytes).toBe(6000)
})

test('what is not chosen and what the archive never held is said before', () => {
  const record = sampleRecord({
    scope: { ...sampleRecord().scope, leftOut: [{ what: 'etc/shadow', reason: 'not-readable' }] },
  })
  expect(plan({ record, options: sampleOptions({ parts: ['etc'] }) }).notRestored).toEqual([
    { what: 'etc/shadow', reason: 'not-readable' },
    { what: 'opt', reason: 'not-chosen' },
  ])
})

test('removing what the archive does not hold is not offered', () => {
  expect(failureOf({ options: sampleOptions({ mode: 'replace' }) })).toMatchObject({
    code: 'bad-input',
    field: 'mode',
  })
})

test('a part that the archive does not hold is refused, a folder inside a part is not', () => {
  expect(failureOf({ options: sampleOptions({ parts: ['srv'] }) })).toMatchObject({ field: 'parts' })
  expect(failureOf({ options: sampleOptions({ parts: ['etc/ssh'] }) })).toBeUndefined()
})

test('what a safety backup would not hold is not overwritten, unless the person goes without one', () => {
  const device = sampleDevice({ facts: { paths: 'etc' } })
  expect(failureOf({ device })).toMatchObject({ field: 'paths', reason: expect.stringContaining('opt') })
  const without = sampleOptions({ safetyBackup: { take: false, reason: 'spare device' } })
  expect(failureOf({ device, options: without })).toBeUndefined()
})

test('a host that gets the settings of another one is told what that means', () => {
  const same = plan().sideEffects
  const other = plan({ target: sampleIdentity({ serial: 'b'.repeat(32) }, ['user 1000']) }).sideEffects
  expect(same).toContain('users-from-archive')
  expect(same).not.toContain('host-identity-from-archive')
  expect(other).toEqual(expect.arrayContaining(['host-identity-from-archive', 'owners-not-restored']))
})

test('every step and side effect has a sentence in every language', () => {
  const other = plan({ target: sampleIdentity({ serial: 'b'.repeat(32) }, ['user 1000']) })
  const quiet = plan({ device: sampleDevice() })
  for (const texts of [english, german]) {
    const sentences: Record<string, (facts: Record<string, string>) => string> = {
      ...texts.step,
      ...texts.sideEffect,
    }
    const used = [...other.steps, ...quiet.steps].map(({ step, facts }) => ({ id: step, facts }))
    const effects = [...other.sideEffects, ...quiet.sideEffects].map((id) => ({ id, facts: {} }))
    for (const { id, facts } of [...used, ...effects]) expect(sentences[id]?.(facts)).toMatch(/\w{3}/)
  }
})
