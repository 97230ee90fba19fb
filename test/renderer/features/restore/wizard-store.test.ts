import { beforeEach, describe, expect, test } from 'vitest'
import {
  choose,
  makePlan,
  openWizard,
  startOver,
  wizardStore,
} from '../../../../src/renderer/features/restore/wizard-store.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import type { RestorePlan } from '../../../../src/shared/model/restore.ts'
import { FakeMain } from '../../support/fake-main.ts'
import { sampleDeviceId } from '../../support/samples.ts'
import { samplePlan } from './sample-plan.ts'

const archiveId = archiveIdSchema.parse('20261121t050500z-press-8-100001')
const first = sampleDeviceId(8)
const second = sampleDeviceId(9)

/** Main, whose plans come when they are let go. */
function waitingMain(): ((plan: RestorePlan) => void)[] {
  const waiting: ((plan: RestorePlan) => void)[] = []
  const answer = async () => await new Promise<RestorePlan>((resolve) => waiting.push(resolve))
  Object.defineProperty(window, 'ferrite', {
    configurable: true,
    value: new FakeMain({ 'restore.plan': answer }),
  })
  return waiting
}

beforeEach(() => {
  openWizard(archiveId, first)
  startOver()
})

describe('the plan of the wizard', () => {
  test('is never the answer to former choices, although a newer one is being made', async () => {
    const waiting = waitingMain()
    const early = makePlan()
    choose({ deviceId: second })
    const late = makePlan()
    waiting[0]?.(samplePlan(archiveId, first, 'fits'))
    await early
    expect(wizardStore.getState().plan).toEqual({ phase: 'loading' })
    waiting[1]?.(samplePlan(archiveId, second, 'fits'))
    await late
    expect(wizardStore.getState().plan).toMatchObject({ phase: 'ready', value: { deviceId: second } })
  })

  test('leads to the review where it may, and back to the check where it is blocked by now', async () => {
    const waiting = waitingMain()
    const fitting = makePlan('confirm')
    waiting[0]?.(samplePlan(archiveId, first, 'cautions'))
    await fitting
    expect(wizardStore.getState().step).toBe('confirm')
    const blocked = makePlan('confirm')
    waiting[1]?.(samplePlan(archiveId, first, 'blocked'))
    await blocked
    expect(wizardStore.getState().step).toBe('check')
  })
})
