import { describe, expect, test } from 'vitest'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import { jobIdSchema } from '../../../../src/shared/model/job.ts'
import type { Verdict } from '../../../../src/shared/model/finding.ts'
import {
  canGoTo,
  furthestStep,
  isReason,
  newWizard,
  optionsOf,
  withChoice,
  type Wizard,
} from '../../../../src/renderer/features/restore/wizard.ts'
import { sampleDeviceId } from '../../support/samples.ts'
import { samplePlan } from './sample-plan.ts'

const archiveId = archiveIdSchema.parse('20261121t050500z-press-8-100001')
const deviceId = sampleDeviceId(8)

function planned(verdict: Verdict, change: Partial<Wizard> = {}): Wizard {
  const plan = { phase: 'ready', value: samplePlan(archiveId, deviceId, verdict) } as const
  return { ...newWizard(archiveId, deviceId), plan, ...change }
}

describe('the wizard', () => {
  test('opens at the first thing that is not known, and chooses nothing for the person', () => {
    expect(newWizard(undefined, deviceId)).toMatchObject({ step: 'archive', archiveId: undefined })
    expect(newWizard(archiveId, undefined)).toMatchObject({ step: 'target', deviceId: undefined })
    expect(newWizard(archiveId, deviceId)).toMatchObject({ step: 'check', typedName: '', plan: undefined })
  })

  test.each(['blocked', 'unknown'] as const)('never leads past the check of a plan that is %s', (verdict) => {
    const wizard = planned(verdict)
    expect(furthestStep(wizard)).toBe('check')
    for (const step of ['options', 'confirm', 'run', 'report'] as const)
      expect(canGoTo(wizard, step), step).toBe(false)
  })

  test.each(['fits', 'cautions'] as const)(
    'leads to the review of a plan that %s, and no further',
    (verdict) => {
      const wizard = planned(verdict)
      expect(canGoTo(wizard, 'confirm')).toBe(true)
      expect(canGoTo(wizard, 'run')).toBe(false)
    },
  )

  test.each([
    undefined,
    { phase: 'loading' },
    { phase: 'failed', failure: { code: 'vault-locked' } },
  ] as const)('waits at the check while there is no plan (%o)', (plan) => {
    expect(furthestStep(planned('fits', { plan: plan as Wizard['plan'] }))).toBe('check')
  })

  test('lets nobody go without a safety backup before the reason is finished', () => {
    const without = { takesSafetyBackup: false }
    expect(furthestStep(planned('fits', { ...without, safetyReason: '' }))).toBe('options')
    expect(furthestStep(planned('fits', { ...without, safetyReason: '  short   ' }))).toBe('options')
    expect(furthestStep(planned('fits', { ...without, safetyReason: 'the device is new' }))).toBe('confirm')
  })

  test('needs at least one part', () => {
    expect(furthestStep(planned('fits', { parts: [] }))).toBe('options')
    expect(furthestStep(planned('fits', { parts: ['etc'] }))).toBe('confirm')
  })

  test('forgets the plan and the typed name with every choice', () => {
    const wizard = planned('fits', { step: 'options', typedName: 'PRESS-8' })
    const choices: readonly Parameters<typeof withChoice>[1][] = [
      { archiveId: undefined },
      { deviceId: sampleDeviceId(9) },
      { mode: 'replace' },
      { parts: ['etc'] },
      { takesSafetyBackup: false },
    ]
    for (const choice of choices) {
      const next = withChoice(wizard, choice)
      expect(next).toMatchObject({ plan: undefined, typedName: '', step: 'options' })
      expect(canGoTo(next, 'confirm')).toBe(false)
    }
  })

  test('may be at the run and the report once a job has started', () => {
    const jobId = jobIdSchema.parse('job-000000000001')
    expect(canGoTo(planned('fits', { jobId }), 'report')).toBe(true)
  })
})

describe('the options of a wizard', () => {
  test('hand on finished reasons only, without the space around them', () => {
    const overrides = { C7: '  tested in the workshop ', G3: 'short' }
    expect(optionsOf(planned('fits', { overrides })).accepted).toEqual([
      { rule: 'C7', reason: 'tested in the workshop' },
    ])
    expect([isReason('1234567 '), isReason(' 12345678')]).toEqual([false, true])
  })

  test('take a safety backup unless a person has said why not', () => {
    expect(optionsOf(planned('fits'))).toEqual({
      mode: 'merge',
      accepted: [],
      keep: [],
      safetyBackup: { take: true },
    })
    const without = planned('fits', { takesSafetyBackup: false, safetyReason: ' the device is new ' })
    expect(optionsOf(without).safetyBackup).toEqual({ take: false, reason: 'the device is new' })
  })
})
