import { FailureError } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { Removal, RestoreOptions, RestorePlan } from '../../shared/model/restore.ts'
import { connectTo, type ConnectNeeds } from '../backup/connect.ts'
import { placeOf, type Browser } from '../browsing/browse.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { DeviceSession } from '../families/family.ts'
import type { createFitCheck } from './fit-check.ts'
import { identifyNow } from './identify-now.ts'
import { makePlan } from './plan.ts'
import type { PlanShelf } from './plan-shelf.ts'

export interface PlanRestoreNeeds extends ConnectNeeds {
  readonly inventory: Inventory
  readonly plans: PlanShelf
  readonly browser: Browser
  readonly fitCheck: ReturnType<typeof createFitCheck>
}

/**
 * Reads the target's identity now, checks the fit and makes the plan to review. Changes nothing on the device. A plan
 * is made for a blocked pair, too: it shows why, and `restore` refuses it.
 */
export function createPlanRestore(needs: PlanRestoreNeeds) {
  return async (
    archiveId: ArchiveId,
    device: Device,
    options: RestoreOptions,
    signal: AbortSignal,
  ): Promise<RestorePlan> => {
    const check = await needs.fitCheck(archiveId, 'whole', signal)
    if (check.record.family !== device.family) {
      throw new FailureError({
        code: 'restore-blocked',
        device: device.name,
        verdict: 'blocked',
        rules: `F1: ${check.record.family} / ${device.family}`,
      })
    }
    await using session = await connectTo(needs, device, signal)
    const target = await identifyNow(needs.familyOf, device, session, signal)
    await needs.inventory.learn(device.id, target)
    const accepted = options.accepted.map(({ rule }) => rule)
    const fit = check.against(device, target, accepted)
    const { planRestore, restore } = needs.familyOf(device.family)
    const family = planRestore({
      device,
      record: check.record,
      archive: check.archive,
      target,
      options,
    })
    const removals = await findRemovals(needs, check.record.id, session, options, signal)
    const isByPerson = restore.kind === 'guided' && restore.wayBack !== 'backup'
    const wayBackStep = isByPerson ? restore.wayBack.step : undefined
    const plan = makePlan({
      ...{ record: check.record, device, target, options, fit, family, removals },
      wayBackStep,
    })
    needs.plans.put(plan)
    return plan
  }
}

/** Asks the device itself what these options would take away; a family or a device that cannot say so says nothing. */
async function findRemovals(
  { browser }: PlanRestoreNeeds,
  archiveId: ArchiveId,
  session: DeviceSession,
  options: RestoreOptions,
  signal: AbortSignal,
): Promise<readonly Removal[] | undefined> {
  const { findRemovals: ask } = session
  if (!ask) return undefined
  return await browser.with(placeOf(archiveId), signal, (archive) =>
    ask.call(session, { archive, options, signal }),
  )
}
