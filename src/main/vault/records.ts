import { join } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { archiveRecordSchema, type ArchiveId, type ArchiveRecord } from '../../shared/model/record.ts'
import type { z } from '../../shared/schema.ts'
import { decodeDocument } from '../storage/document.ts'
import { readPlain, statOf } from '../storage/plain-file.ts'
import { recordFileName } from './layout.ts'
import { isPlainFileName } from './safe-file-name.ts'

/** The newest format of records this program knows. */
export const knownRecordFormat = 1
/** A record is a small file; a longer one is refused unread. */
export const longestRecordBytes = 8 * 1024 * 1024

/**
 * Reads the record of one archive and proves that it is whole: its own check, its schema, that it belongs to this
 * folder, and that the content is there as a plain file of the recorded size. The content itself is not read.
 * @throws FailureError `not-found`, `storage-damaged`, `storage-newer`, `file-unreadable`
 */
export async function readRecord(folder: string, id: ArchiveId): Promise<ArchiveRecord> {
  const stat = await statOf(folder)
  if (stat === undefined) throw new FailureError({ code: 'not-found', kind: 'archive', id })
  if (!stat.isDirectory()) throw damaged(folder, 'is not a folder')
  return await readRecordIn(folder, id)
}

/** As `readRecord`, for a folder that is known to be one. */
export async function readRecordIn(folder: string, id: ArchiveId): Promise<ArchiveRecord> {
  return await readDescription(folder, id, { fileName: recordFileName, schema: archiveRecordSchema })
}

/** What every file that lies beside a content says of it. */
interface Description {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
}

/**
 * Reads the file that describes a content, whatever it is called, with all the proofs of `readRecord`.
 * @throws FailureError as `readRecord`
 */
export async function readDescription<T extends Description>(
  folder: string,
  id: string,
  { fileName, schema }: { readonly fileName: string; readonly schema: z.ZodType<T> },
): Promise<T> {
  const file = join(folder, fileName)
  const bytes = await readPlain(file, longestRecordBytes)
  if (bytes === undefined) throw damaged(file, 'is missing')
  const described = decodeDocument(bytes, { schema, knownFormat: knownRecordFormat, check: 'required' }, file)
  if (described.id !== id) throw damaged(file, 'belongs to another archive')
  const isOwn = described.fileName.toLowerCase() === fileName
  if (isOwn || !isPlainFileName(described.fileName)) throw damaged(file, 'fileName: is no plain file name')
  await checkContent(join(folder, described.fileName), described.sizeBytes)
  return described
}

/** Orders by the time of the backup, the newest first; archives of one moment by their ids. */
export function newestFirst(records: readonly ArchiveRecord[]): readonly ArchiveRecord[] {
  const times = new Map(records.map(({ id, takenAt }) => [id, Date.parse(takenAt)]))
  const timeOf = ({ id }: ArchiveRecord): number => times.get(id) ?? 0
  return records.toSorted((a, b) => timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1))
}

async function checkContent(file: string, sizeBytes: number): Promise<void> {
  const stat = await statOf(file)
  if (stat === undefined) throw damaged(file, 'is missing')
  if (!stat.isFile()) throw damaged(file, 'is not a plain file')
  if (stat.size !== sizeBytes)
    throw damaged(file, `has ${stat.size} bytes where its record says ${sizeBytes}`)
}

function damaged(file: string, reason: string): FailureError {
  return new FailureError({ code: 'storage-damaged', file, reason })
}
