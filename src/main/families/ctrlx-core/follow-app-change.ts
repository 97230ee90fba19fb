import { FailureError } from '../../../shared/failure.ts'
import { reaches, type AppChange } from '../../../shared/model/bridge.ts'
import type { ReportProgress } from '../family.ts'
import type { CtrlxClient } from './client.ts'
import type { Lifeline } from './lifeline.ts'
import { readPackage, readPackageTask, restartDevice } from './package-api.ts'
import { taskFailure } from './problem.ts'
import { readSystemInfo } from './system-api.ts'
import { progressOf, Pulse, type DeviceTask } from './task.ts'
import { now, type Timing } from './timing.ts'

export interface FollowAppRequest {
  readonly change: AppChange
  /** Absent where the answer to the upload was lost. */
  readonly taskId: string | undefined
  /** The version that ran before. */
  readonly former: string | undefined
  /** The package manager's word for what the app needs: `none`, `logout`, `requiredReboot`, `forcedReboot`. */
  readonly behaviour: string
  /** Seconds the device had been up before the upload; absent where it does not tell. */
  readonly uptime: number | undefined
  /** When the upload began, as `performance.now()` tells it. */
  readonly sentAt: number
  /** How often the device was out of reach since the upload. */
  readonly outages: () => number
  readonly address: string
  readonly timing: Timing
  readonly onProgress: ReportProgress
}

interface Sight {
  readonly version: string | undefined
  readonly task: DeviceTask | undefined
  /** Seconds since the device was started; absent where it does not tell. */
  readonly uptime: number | undefined
}

/** Devices count their uptime in whole seconds. */
const uptimeSlackSeconds = 3

/**
 * Looks at the device until the version that was asked for runs, through logins that die and restarts. A restart that
 * the app requires and the device leaves to others is asked for once. The task's own word is no proof: it may rest or
 * vanish, and only `release.version` tells what runs.
 * @throws FailureError `device-task-failed`, `device-full`, `device-task-stalled`, `outcome-unknown`, `cancelled`
 */
export async function followAppChange(lifeline: Lifeline, request: FollowAppRequest): Promise<string> {
  return await new AppFollower(lifeline, request).run()
}

class AppFollower {
  readonly #lifeline: Lifeline
  readonly #request: FollowAppRequest
  readonly #pulse = new Pulse()
  #isRestartAsked = false
  /** From when on a restart counts, and how many outages there had been by then. */
  #restartSince: { readonly at: number; readonly outages: number }
  #waitsSince: number | undefined
  /** The uptime that was seen last: a smaller one is that of another start. */
  #uptime: number | undefined
  #wasStartedAnew = false

  constructor(lifeline: Lifeline, request: FollowAppRequest) {
    this.#lifeline = lifeline
    this.#request = request
    this.#restartSince = { at: request.sentAt, outages: 0 }
    this.#uptime = request.uptime
  }

  async run(): Promise<string> {
    const { change, timing, onProgress, address } = this.#request
    for (;;) {
      const sight = await this.#look()
      const { version, task } = sight
      if (task) onProgress({ ...progressOf(task, 'applying'), deviceStep: change.app })
      const isThere = version !== undefined && reaches(version, change.to)
      if (!isThere && task?.state === 'failed') {
        throw taskFailure(address, `update of ${change.app}`, task.error ?? 'it gave no reason')
      }
      const isAtWork = task?.state === 'pending' || task?.state === 'running'
      if (isAtWork) this.#checkPulse(task)
      else if (isThere && (!this.#needsRestart() || this.#hasRestarted(sight))) return version
      else await this.#waitOrRestart(sight)
      await this.#lifeline.pause(timing.pollMs)
    }
  }

  async #look(): Promise<Sight> {
    const { change, taskId } = this.#request
    const sight = await this.#lifeline.reach(async (client: CtrlxClient, signal) => ({
      version: (await readPackage(client, change.app, signal))?.release?.version,
      task: taskId === undefined ? undefined : await readPackageTask(client, taskId, signal),
      uptime: (await readSystemInfo(client, signal))?.uptime,
    }))
    if (sight.reached) {
      const { uptime } = sight.value
      this.#wasStartedAnew ||= uptime !== undefined && uptime < (this.#uptime ?? 0)
      this.#uptime = uptime
      return sight.value
    }
    throw this.#unknown(sight.remark.remark)
  }

  #checkPulse(task: DeviceTask): void {
    const { change, timing, address } = this.#request
    const stillMs = this.#pulse.beat(task)
    if (stillMs <= timing.stallMs) return
    const seconds = Math.round(stillMs / 1000)
    throw new FailureError({
      code: 'device-task-stalled',
      address,
      task: `update of ${change.app}`,
      seconds,
    })
  }

  /** The task is over or gone. The device gets time to restart by itself, then is asked to where the app needs it. */
  async #waitOrRestart(sight: Sight): Promise<void> {
    const { timing, behaviour } = this.#request
    this.#waitsSince ??= now()
    const waitedMs = now() - this.#waitsSince
    const isLeftToUs = behaviour === 'requiredReboot' && sight.task?.state === 'done'
    if (this.#needsRestart() && !this.#isRestartAsked && (isLeftToUs || waitedMs > timing.agreeMs)) {
      await this.#askForRestart()
      return
    }
    if (waitedMs <= timing.agreeMs) return
    throw this.#unknown(`runs ${sight.version ?? 'nothing'}`)
  }

  async #askForRestart(): Promise<void> {
    this.#isRestartAsked = true
    this.#waitsSince = undefined
    this.#wasStartedAnew = false
    this.#restartSince = { at: now(), outages: this.#request.outages() }
    let isSent = false
    await this.#lifeline.reach(async (client, signal) => {
      if (isSent) return
      isSent = true
      await restartDevice(client, signal)
    })
  }

  #needsRestart(): boolean {
    return /reboot/i.test(this.#request.behaviour)
  }

  /** A lost line alone is no restart: the device has to say that it was started since. */
  #hasRestarted({ uptime }: Sight): boolean {
    if (this.#wasStartedAnew) return true
    const { at, outages } = this.#restartSince
    const sinceSeconds = (now() - at) / 1000
    if (uptime !== undefined && uptime + uptimeSlackSeconds < sinceSeconds) return true
    const wasAway = this.#request.outages() > outages
    return wasAway && (uptime === undefined || uptime < sinceSeconds + uptimeSlackSeconds)
  }

  #unknown(detail: string): FailureError {
    const { change, former } = this.#request
    const device = `${change.app} ${former ?? '–'} → ${change.to}`
    return new FailureError({ code: 'outcome-unknown', device, detail })
  }
}
