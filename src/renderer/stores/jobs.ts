import { createStore } from 'zustand/vanilla'
import type { DeviceId } from '../../shared/model/device.ts'
import type { Job, JobId } from '../../shared/model/job.ts'

interface JobsState {
  /** Every job since the app was started, in the order in which they began. */
  readonly jobs: ReadonlyMap<JobId, Job>
  /** The newest job of each device: running, or the last that ended. */
  readonly newestOf: ReadonlyMap<DeviceId, Job>
  /** Ended jobs that a person has taken out of sight. */
  readonly dismissed: ReadonlySet<JobId>
}

export const jobsStore = createStore<JobsState>(() => ({
  jobs: new Map(),
  newestOf: new Map(),
  dismissed: new Set(),
}))

/** Takes over main's list, newest first; what events have told meanwhile is newer and stays. */
export function applyJobs(list: readonly Job[]): void {
  jobsStore.setState((state) => {
    const jobs = new Map([...list.toReversed().map((job) => [job.id, job] as const), ...state.jobs])
    const newestOf = new Map(
      [...jobs.values()].flatMap((job) => (job.deviceId === undefined ? [] : [[job.deviceId, job] as const])),
    )
    return { jobs, newestOf }
  })
}

/** Takes over one snapshot. */
export function applyJob(job: Job): void {
  jobsStore.setState(({ jobs, newestOf }) => ({
    jobs: new Map(jobs).set(job.id, job),
    newestOf: job.deviceId === undefined ? newestOf : new Map(newestOf).set(job.deviceId, job),
  }))
}

/** Takes ended jobs out of sight. */
export function dismissJobs(ids: readonly JobId[]): void {
  jobsStore.setState(({ dismissed }) => ({ dismissed: new Set([...dismissed, ...ids]) }))
}

/** True until a job has ended in one way or another. */
export function isUnfinished({ state }: Job): boolean {
  return state.phase === 'queued' || state.phase === 'running'
}

/** The unfinished job of a device: there is at most one. */
export function unfinishedOn(id: DeviceId): Job | undefined {
  const job = jobsStore.getState().newestOf.get(id)
  return job !== undefined && isUnfinished(job) ? job : undefined
}

/** Settles with the job's last snapshot when it has ended, or with `undefined` when `signal` says so before. */
export async function endOfJob(id: JobId, signal?: AbortSignal): Promise<Job | undefined> {
  return await new Promise((resolve) => {
    const stop = (job: Job | undefined): void => {
      unsubscribe()
      signal?.removeEventListener('abort', onAbort)
      resolve(job)
    }
    const onAbort = (): void => stop(undefined)
    const check = ({ jobs }: JobsState): void => {
      const job = jobs.get(id)
      if (job !== undefined && !isUnfinished(job)) stop(job)
    }
    const unsubscribe = jobsStore.subscribe(check)
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted === true) onAbort()
    else check(jobsStore.getState())
  })
}
