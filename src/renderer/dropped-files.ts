import type { DeviceId } from '../shared/model/device.ts'
import { jobIdSchema, type Job, type JobId } from '../shared/model/job.ts'
import { importFiles, request } from './api.ts'
import { go } from './navigation.ts'
import { isUnfinished, jobsStore } from './stores/jobs.ts'
import { showFailure } from './stores/messages.ts'

/** Imports files that were dropped on the window. */
export async function importDropped(files: readonly File[]): Promise<void> {
  const result = await importFiles(files)
  if (!result.ok) showFailure(result.failure)
}

/**
 * Imports files that were dropped on a device, as archives of that device. One file opens the restore filled in once it
 * is in the vault; several are only imported, because nobody said which of them is meant. Nothing is restored here.
 */
export async function restoreDropped(files: readonly File[], deviceId: DeviceId): Promise<void> {
  const started = await importFiles(files, deviceId)
  if (!started.ok) {
    showFailure(started.failure)
    return
  }
  const [id, ...others] = started.value
  if (id !== undefined && others.length === 0) openWhenImported(jobIdSchema.parse(id), deviceId)
}

/** The same for a file that the person chooses in main's dialog: the twin of the drop for menu and keyboard. */
export async function restoreChosen(deviceId: DeviceId): Promise<void> {
  const started = await request('archives.import', { deviceId })
  if (!started.ok) showFailure(started.failure)
  else if (started.value !== undefined) openWhenImported(started.value, deviceId)
}

/** A file that is no archive of the device never opens the restore; the job itself says why. */
function openWhenImported(id: JobId, deviceId: DeviceId): void {
  const follow = (job: Job | undefined): boolean => {
    if (job === undefined || isUnfinished(job)) return false
    const { state } = job
    if (state.phase === 'done' && state.result.kind === 'archive') {
      go({ view: 'restore', archiveId: state.result.archiveId, deviceId })
    }
    return true
  }
  // A small file may be in the vault before the answer with its job's id has come.
  if (follow(jobsStore.getState().jobs.get(id))) return
  const stop = jobsStore.subscribe(({ jobs }) => {
    if (follow(jobs.get(id))) stop()
  })
}
