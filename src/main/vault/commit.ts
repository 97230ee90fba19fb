import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { archiveRecordSchema, type ArchiveId, type ArchiveRecord } from '../../shared/model/record.ts'
import { encodeReadable, writeNew } from '../storage/durable-file.ts'
import { statOf } from '../storage/plain-file.ts'
import { renamePatiently } from '../storage/rename-patiently.ts'
import { writing } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/sync-folder.ts'
import { newArchiveId } from './archive-id.ts'
import { recordFileName, type VaultLayout } from './layout.ts'
import { longestRecordBytes } from './records.ts'
import type { StagedFile } from './staging.ts'

/** What the use case knows of an archive; the vault adds the rest. */
export type RecordDraft = Omit<ArchiveRecord, 'id' | 'format' | 'fileName' | 'sizeBytes' | 'sha256'>

/**
 * Makes staged bytes an archive, whole or not at all.
 *
 * Record and content are made complete and flushed in the staging folder first. The one rename into `archives/` is the
 * moment the archive comes to exist: a crash before it leaves staging only, a crash after it a whole archive. A
 * failed commit puts the staged file back as it was, so that it can be tried again or discarded.
 * @throws FailureError `bad-input`, `disk-full`, `storage-unwritable`, `storage-damaged`
 */
export async function commitStaged(
  layout: VaultLayout,
  staged: StagedFile,
  draft: RecordDraft,
): Promise<ArchiveRecord> {
  const id = await freeId(layout, draft)
  const { fileName, sizeBytes, sha256, stagingId } = staged
  const record: ArchiveRecord = { format: 1, id, ...draft, fileName, sizeBytes, sha256 }
  const text = encodeReadable(record, archiveRecordSchema)
  if (Buffer.byteLength(text) > longestRecordBytes) {
    throw new FailureError({ code: 'bad-input', field: 'record', reason: 'is too long' })
  }
  const folder = join(layout.staging, stagingId)
  const place = join(layout.archives, id)
  await writing({ place, neededBytes: Buffer.byteLength(text) }, async () => {
    try {
      await writeNew(join(folder, recordFileName), text)
      await rename(staged.path, join(folder, fileName))
      await syncFolder(folder)
      await renamePatiently(folder, place)
      await syncBoth(layout, folder, place)
    } catch (error) {
      await putBack(folder, staged)
      throw error
    }
  })
  return record
}

/** After this, a power cut cannot undo the rename. Where that cannot be had, the rename is taken back. */
async function syncBoth({ archives, staging }: VaultLayout, folder: string, place: string): Promise<void> {
  try {
    await syncFolder(archives)
    await syncFolder(staging)
  } catch (error) {
    await rename(place, folder)
    throw error
  }
}

/** Best effort: the failure that led here is told, and what lies in staging is no archive in any case. */
async function putBack(folder: string, staged: StagedFile): Promise<void> {
  await rename(join(folder, staged.fileName), staged.path).catch(() => undefined)
  await rm(join(folder, recordFileName), { force: true }).catch(() => undefined)
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
