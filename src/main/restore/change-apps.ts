import { FailureError } from '../../shared/failure.ts'
import { isComplete, type AppChange, type AppJobPlan, type AppJobReport } from '../../shared/model/bridge.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import { connectTo } from '../backup/connect.ts'
import type { AppWork, AppWorkRequest } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { confirmAppFiles, sayWanting } from './app-files.ts'
import type { ShelvedAppJob } from './app-job-plan.ts'
import { identifyNow } from './identify-now.ts'
import { confirmSameDevice } from './plan.ts'
import { takeSafetyBackup, type RestoreStepNeeds } from './restore-steps.ts'

export interface ChangeAppsNeeds extends RestoreStepNeeds {
  /** How long to wait for one app, restarts included; up to 40 minutes were observed. */
  readonly appLimitMs: number
}

type Remarks = AppJobReport['remarks']

/**
 * The use case "bring the system apps of a device to other versions": files read again, device read again and compared,
 * safety backup, then one app after the other in the order of the plan. Each is noted in the history before it is sent
 * and goes on only when its version is seen to run. The first that does not stops the job: the failure says which apps
 * are done and which are not, and the operating state is brought back or told. The same plan made anew goes on from
 * there, because what runs already is not sent again.
 */
export function createChangeApps(needs: ChangeAppsNeeds) {
  return async (
    job: ShelvedAppJob,
    password: string | undefined,
    context: JobContext,
  ): Promise<AppJobReport> => {
    const { plan, places } = job
    const device = await needs.inventory.get(plan.deviceId)
    const { apps: work } = needs.familyOf(device.family)
    if (!work || !isComplete(plan)) {
      throw new FailureError({ code: 'app-files-unfit', device: plan.deviceName, ...sayWanting(plan) })
    }
    context.report({ phase: 'checking-archive', bytesDone: 0 })
    await confirmAppFiles(plan, places, context.signal)
    const { before, safety } = await prepare(needs, plan, device, password, context)
    const run = new AppRun({ needs, plan, places, device, work, before, safety, context })
    return await run.all()
  }
}

/** Reads the device again and takes the way back; until here nothing was changed. */
async function prepare(
  needs: ChangeAppsNeeds,
  plan: AppJobPlan,
  device: Device,
  password: string | undefined,
  context: JobContext,
): Promise<{ readonly before: Identity; readonly safety: ArchiveRecord | undefined }> {
  context.report({ phase: 'connecting', bytesDone: 0 })
  await using session = await connectTo(needs, device, context.signal)
  const before = await identifyNow(needs.familyOf, device, session, context.signal)
  confirmSameDevice(plan, before)
  const target = { device, ...(password !== undefined && { password }) }
  return { before, safety: await takeSafetyBackup(needs, plan, target, session, before, context) }
}

interface AppRunFacts {
  readonly needs: ChangeAppsNeeds
  readonly plan: AppJobPlan
  readonly places: ReadonlyMap<string, string>
  readonly device: Device
  readonly work: AppWork
  readonly before: Identity
  readonly safety: ArchiveRecord | undefined
  readonly context: JobContext
}

class AppRun {
  readonly #facts: AppRunFacts
  readonly #done: { readonly change: AppChange; readonly running: string }[] = []

  constructor(facts: AppRunFacts) {
    this.#facts = facts
  }

  async all(): Promise<AppJobReport> {
    const { plan, device, safety, work, context } = this.#facts
    context.signal.throwIfAborted()
    // Half a release is no state to leave a device in on purpose.
    context.seal()
    for (const { change, file } of plan.changes) {
      try {
        await this.#one(change, file?.sizeBytes ?? 0)
      } catch (error) {
        throw await this.#incomplete(change, error)
      }
    }
    return {
      deviceId: device.id,
      deviceName: device.name,
      changes: this.#done,
      remarks: await work.end(this.#request()),
      ...(safety && { safetyArchiveId: safety.id }),
    }
  }

  async #one(change: AppChange, sizeBytes: number): Promise<void> {
    const { needs, plan, places, device, work } = this.#facts
    const facts = { plan: plan.hash, app: change.app, from: change.from ?? '', to: change.to }
    await needs.activity.append({ action: 'app-change-intended', subject: device.name, facts })
    const { running, sent } = await work.change({
      ...this.#request(),
      change,
      file: places.get(change.app) ?? '',
      sizeBytes,
    })
    await needs.activity.append({
      action: 'app-changed',
      subject: device.name,
      facts: { ...facts, running, sent: String(sent) },
    })
    this.#done.push({ change, running })
  }

  /** Says what is done and what is not, with the version that runs now, as far as the device still tells. */
  async #incomplete(failed: AppChange, error: unknown): Promise<FailureError> {
    const { needs, plan, device, work, safety } = this.#facts
    const reason = needs.toFailure(error)
    const remarks: Remarks = await work.end(this.#request()).catch(() => [])
    const state = remarks.find(({ remark }) => remark !== 'state-brought-back')
    const names = plan.changes.map(({ change }) => change)
    const ahead = names.slice(names.indexOf(failed) + 1)
    return new FailureError(
      {
        code: 'apps-incomplete',
        device: device.name,
        done: this.#done.map(({ change, running }) => `${change.app} ${running}`).join(', '),
        failed: `${failed.app} ${failed.to}`,
        running: await this.#runningVersion(failed.app),
        ahead: ahead.map(({ app, to }) => `${app} ${to}`).join(', '),
        reason: sayReason(reason),
        state: state?.facts['state'] ?? (state ? 'unknown' : ''),
        safety: safety?.id ?? '',
      },
      { cause: error },
    )
  }

  async #runningVersion(app: string): Promise<string> {
    const { needs, device, context } = this.#facts
    try {
      await using session = await connectTo(needs, device, context.signal)
      const { apps } = await session.identify(context.signal)
      return apps?.value.find(({ name }) => name === app)?.version ?? 'none'
    } catch {
      // The job has failed already; that the device does not answer now is part of what is told.
      return 'unknown'
    }
  }

  #request(): AppWorkRequest {
    const { needs, device, before, context } = this.#facts
    return {
      before,
      reconnect: async (signal) => await connectTo(needs, device, signal),
      limitMs: needs.appLimitMs,
      signal: context.signal,
      onProgress: context.report,
    }
  }
}

function sayReason({ code, ...facts }: ReturnType<ChangeAppsNeeds['toFailure']>): string {
  const values = Object.values(facts).map(String).join(', ')
  return `${code}: ${values}`.slice(0, 500)
}
