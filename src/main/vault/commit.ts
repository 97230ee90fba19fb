import { join } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { archiveRecordSchema, type ArchiveId, type ArchiveRecord } from '../../shared/model/record.ts'
import { encodeReadable } from '../storage/durable-file.ts'
import { statOf } from '../storage/plain-file.ts'
import { newArchiveId } from './archive-id.ts'
import { recordFileName, type VaultLayout } from './layout.ts'
import { moveIntoPlace } from './move-into-place.ts'
import { longestRecordBytes } from './records.ts'
import type { StagedFile } from './staging.ts'

/** What the use case knows of an archive; the vault adds the rest. */
export type RecordDraft = Omit<ArchiveRecord, 'id' | 'format' | 'fileName' | 'sizeBytes' | 'sha256'>

/**
 * Makes staged bytes an archive, whole or not at all.
 * A failed commit puts the staged file back as it was, so that it can be tried again or discarded.
 * @throws FailureError `bad-input`, `disk-full`, `storage-unwritable`, `storage-damaged`
 */
export async function commitStaged(
  layout: VaultLayout,
  staged: StagedFile,
  draft: RecordDraft,
): Promise<ArchiveRecord> {
  const id = await freeId(layout, draft)
  const { fileName, sizeBytes, sha256 } = staged
  const record: ArchiveRecord = { format: 1, id, ...draft, fileName, sizeBytes, sha256 }
  const text = encodeReadable(record, archiveRecordSchema)
  if (Buffer.byteLength(text) > longestRecordBytes) {
    throw new FailureError({ code: 'bad-input', field: 'record', reason: 'is too long' })
  }
  await moveIntoPlace(layout.staging, staged, {
    parent: layout.archives,
    name: id,
    fileName: recordFileName,
    text,
  })
  return record
}

async function freeId({ archives }: VaultLayout, { takenAt, device }: RecordDraft): Promise<ArchiveId> {
  const time = new Date(takenAt)
  if (Number.isNaN(time.getTime())) {
    throw new FailureError({ code: 'bad-input', field: 'takenAt', reason: 'is no point in time' })
  }
  for (;;) {
    const id = newArchiveId(time, device.name)
    if ((await statOf(join(archives, id))) === undefined) return id
  }
}
