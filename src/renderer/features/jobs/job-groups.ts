import type { Job, JobId } from '../../../shared/model/job.ts'
import { isUnfinished } from '../../stores/jobs.ts'

/** Jobs as the tray shows them, newest first. */
export interface JobGroups {
  readonly running: readonly Job[]
  /** Failed, or a restore whose end is not clean: done is not success. */
  readonly attention: readonly Job[]
  /** Ended well with something to show for it, or cancelled. */
  readonly done: readonly Job[]
}

/** Sorts jobs into groups; those taken out of sight are left out. */
export function groupJobs(jobs: ReadonlyMap<JobId, Job>, dismissed: ReadonlySet<JobId>): JobGroups {
  const shown = [...jobs.values()].filter(({ id }) => !dismissed.has(id)).reverse()
  return {
    running: shown.filter(isUnfinished),
    attention: shown.filter(needsAttention),
    done: shown.filter((job) => !isUnfinished(job) && !needsAttention(job) && !showsItself(job)),
  }
}

/** An identity that was read stands in the device's own view. */
function showsItself({ kind, state }: Job): boolean {
  return kind === 'probe' && state.phase === 'done'
}

/** True where a person has to look: the job failed, or it ended without proof that all is well. */
export function needsAttention({ state }: Job): boolean {
  if (state.phase === 'failed') return true
  return state.phase === 'done' && state.result.kind === 'report' && !state.result.report.clean
}

/** The job whose device is being changed and cannot be let go of, if there is one. */
export function sealedJob(running: readonly Job[]): Job | undefined {
  return running.find(({ state }) => state.phase === 'running' && !state.cancellable)
}
