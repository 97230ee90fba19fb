import { createHash, randomUUID } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'
import { isComplete, type AppJobPlan } from '../../shared/model/bridge.ts'
import type { Device } from '../../shared/model/device.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { RestoreOptions } from '../../shared/model/restore.ts'
import { connectTo, type ConnectNeeds } from '../backup/connect.ts'
import type { OpenFile } from '../backup/take-backup.ts'
import type { Inventory } from '../devices/inventory.ts'
import { matchAppFiles, sayWanting } from './app-files.ts'
import type { createBridgePlan } from './bridge-plan.ts'
import { identifyNow } from './identify-now.ts'
import { stateOf } from './plan.ts'
import { PlanShelf } from './plan-shelf.ts'

export interface AppJobPlanNeeds extends ConnectNeeds {
  readonly inventory: Inventory
  readonly openFile: OpenFile
  readonly bridgePlan: ReturnType<typeof createBridgePlan>
}

/** A plan with the places of its files, which never leave this computer's main process. */
export interface ShelvedAppJob {
  readonly id: string
  readonly plan: AppJobPlan
  readonly places: ReadonlyMap<string, string>
}

/**
 * Plans of jobs that change system apps: made from the device as it is now and from files that a person chose. Nothing
 * is changed by making one.
 */
export class AppJobPlans {
  readonly #needs: AppJobPlanNeeds
  readonly #shelf = new PlanShelf<ShelvedAppJob>()

  constructor(needs: AppJobPlanNeeds) {
    this.#needs = needs
  }

  /** @throws FailureError `no-bridge` where no change of apps would make the pair fit, and of device and files */
  async make(
    archiveId: ArchiveId,
    device: Device,
    files: readonly string[],
    signal: AbortSignal,
  ): Promise<AppJobPlan> {
    const { familyOf, inventory, openFile, bridgePlan } = this.#needs
    await using session = await connectTo(this.#needs, device, signal)
    const target = await identifyNow(familyOf, device, session, signal)
    await inventory.learn(device.id, target)
    const bridge = await bridgePlan(archiveId, device, signal, target)
    const { apps: work } = familyOf(device.family)
    if (!work || !bridge?.appChanges) {
      throw new FailureError({ code: 'no-bridge', device: device.name, archive: archiveId })
    }
    const { changes, unfit, places } = await matchAppFiles({
      work,
      openFile,
      changes: bridge.appChanges,
      architecture: target.architecture?.value,
      files,
      signal,
    })
    const id = `apps-${randomUUID().replaceAll('-', '').slice(0, 12)}`
    const facts = { archiveId, deviceId: device.id, deviceName: device.name, target, changes, unfit }
    const plan = sealed({ id, ...facts, options: { safetyBackup: { take: true } } })
    this.#shelf.put({ id, plan, places })
    return plan
  }

  /**
   * Takes the choice of a safety backup over; the plan has another hash then.
   * @throws FailureError `not-found`, `app-files-unfit` where files are missing or of no use
   */
  choose(id: string, safetyBackup: RestoreOptions['safetyBackup']): AppJobPlan {
    const { plan, places } = this.#shelf.get(id)
    if (!isComplete(plan)) {
      throw new FailureError({ code: 'app-files-unfit', device: plan.deviceName, ...sayWanting(plan) })
    }
    const chosen = sealed({ ...plan, options: { safetyBackup } })
    this.#shelf.put({ id, plan: chosen, places })
    return chosen
  }

  /** @throws FailureError `not-found` */
  get(id: string): AppJobPlan {
    return this.#shelf.get(id).plan
  }

  /** Like `get`, with the places of the files, and it cannot be run again. */
  take(id: string): ShelvedAppJob {
    return this.#shelf.take(id)
  }
}

/** What the person agreed to, in one hash: the device's state, the changes with the bytes of their files, the way back. */
function sealed(plan: Omit<AppJobPlan, 'hash'>): AppJobPlan {
  const { deviceId, target, changes, options } = plan
  const agreed = [deviceId, stateOf(target), changes, options]
  return { ...plan, hash: createHash('sha256').update(JSON.stringify(agreed)).digest('hex') }
}
