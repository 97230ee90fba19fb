import { createStore } from 'zustand/vanilla'
import type { DeviceFit } from '../../shared/ipc/views.ts'
import type { DeviceId } from '../../shared/model/device.ts'
import type { ArchiveId } from '../../shared/model/record.ts'

/** Type of the payload of an archive that is dragged within the window; the payload is its id. */
export const archiveDragType = 'application/x-ferrite-archive'

/**
 * An archive on its way to a device. `fits` fills as the answers come: a device without an entry is still
 * being checked.
 */
export interface ArchiveDrag {
  readonly archiveId: ArchiveId
  readonly fits: ReadonlyMap<DeviceId, DeviceFit>
}

interface DragState {
  readonly dragged: ArchiveDrag | undefined
}

/** What is being dragged now, if anything. */
export const dragStore = createStore<DragState>(() => ({ dragged: undefined }))

/** Begins to drag an archive; nothing is known about any device yet. */
export function beginDrag(archiveId: ArchiveId): void {
  dragStore.setState({ dragged: { archiveId, fits: new Map() } })
}

/** Takes over the answers for the archive that is being dragged; late answers for another one are dropped. */
export function applyFits(archiveId: ArchiveId, fits: readonly DeviceFit[]): void {
  dragStore.setState(({ dragged }) =>
    dragged?.archiveId === archiveId
      ? { dragged: { archiveId, fits: new Map(fits.map((fit) => [fit.deviceId, fit])) } }
      : { dragged },
  )
}

/** The archive was dropped, or let go of. */
export function endDrag(): void {
  dragStore.setState({ dragged: undefined })
}
