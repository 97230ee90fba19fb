import { FailureError } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { RestoreOptions, RestorePlan } from '../../shared/model/restore.ts'
import { connectTo, type ConnectNeeds } from '../backup/connect.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { createFitCheck } from './fit-check.ts'
import { makePlan } from './plan.ts'
import type { PlanShelf } from './plan-shelf.ts'

export interface PlanRestoreNeeds extends ConnectNeeds {
  readonly inventory: Inventory
  readonly plans: PlanShelf
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
    const target = await readIdentity(needs, device, signal)
    await needs.inventory.learn(device.id, target)
    const accepted = options.accepted.map(({ rule }) => rule)
    const fit = check.against(device, target, accepted)
    const family = needs.familyOf(device.family).planRestore({
      device,
      record: check.record,
      archive: check.archive,
      target,
      options,
    })
    const plan = makePlan({ record: check.record, device, target, options, fit, family })
    needs.plans.put(plan)
    return plan
  }
}

async function readIdentity(needs: ConnectNeeds, device: Device, signal: AbortSignal) {
  await using session = await connectTo(needs, device, signal)
  return await session.identify(signal)
}
