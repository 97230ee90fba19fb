import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { DeviceId } from '../../../shared/model/device.ts'
import { isUnfinished, jobsStore } from '../../stores/jobs.ts'

/** The devices with an unfinished job. Changes only when one begins or ends, not with its progress. */
export function useRunningDevices(): ReadonlySet<DeviceId> {
  return useStore(
    jobsStore,
    useShallow(
      ({ newestOf }) =>
        new Set(
          [...newestOf.values()].flatMap((job) => (isUnfinished(job) && job.deviceId ? [job.deviceId] : [])),
        ),
    ),
  )
}
