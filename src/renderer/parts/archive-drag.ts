import type { ArchiveRecord } from '../../shared/model/record.ts'
import { request } from '../api.ts'
import { applyFits, archiveDragType, beginDrag, endDrag } from '../stores/drag.ts'
import type { RowDrag } from '../ui/data/table.tsx'
import { dragOut, isCopyDrag } from './drag-out.ts'

/** Lets archives be dragged to devices; while one is under way, main is asked how it fits each of them. */
export const archiveDrag: RowDrag<ArchiveRecord> = {
  type: archiveDragType,
  payload: ({ id }) => id,
  label: ({ fileName }) => fileName,
  onStart: ({ id }) => {
    beginDrag(id)
    void askForFits(id)
  },
  onEnd: endDrag,
}

/** The drag out of the window, to be used beside the one above: a copy of the file, with the key that copies. */
export const archiveDragOut = {
  isDragOut: isCopyDrag,
  onDragOut: ({ id: archiveId }: ArchiveRecord): void =>
    void dragOut(async () => await request('archives.drag', { archiveId })),
}

async function askForFits(archiveId: ArchiveRecord['id']): Promise<void> {
  const result = await request('fit.devices', { archiveId })
  // Without an answer every device stays "checking"; the wizard that a drop opens asks again and says why.
  if (result.ok) applyFits(archiveId, result.value)
}
