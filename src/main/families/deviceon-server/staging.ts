import { createReadStream } from 'node:fs'
import { FailureError } from '../../../shared/failure.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import type { ReportProgress } from '../family.ts'
import { reportBytes } from '../../transfer/report-bytes.ts'
import { countBytes } from '../../transfer/count-bytes.ts'
import type { Places } from './places.ts'
import type { Server } from './server.ts'

const pieceBytes = 1024 * 1024

interface Upload {
  readonly archiveFile: string
  readonly record: ArchiveRecord
  readonly signal: AbortSignal
  readonly onProgress: ReportProgress
}

/**
 * Puts the archive into a folder of its own on the server: under another name first, so that a broken-off upload never
 * looks like a backup. What an earlier try left goes.
 * @throws FailureError of the line, `device-command-failed`, `length-mismatch`
 */
export async function upload(server: Server, places: Places, work: Upload): Promise<void> {
  const { archiveFile, record, signal, onProgress } = work
  const wait = { signal }
  const files = await server.files(signal)
  const path = (name: string): string => server.sftpPath(name)
  if ((await files.stat(path(places.stagingFolder), wait)) === undefined) {
    await files.makeFolder(path(places.stagingFolder), wait)
  }
  await clear(server, places, signal)
  const source = createReadStream(archiveFile, { highWaterMark: pieceBytes }) as AsyncIterable<Buffer>
  const counted = countBytes(source, reportBytes(onProgress, 'uploading', record.sizeBytes))
  const receivedBytes = await files.write(path(places.partial), counted, {
    signal,
    totalMs: server.timing.uploadMs,
  })
  const stored = await files.stat(path(places.partial), wait)
  if (receivedBytes !== record.sizeBytes || stored?.sizeBytes !== record.sizeBytes) {
    throw new FailureError({
      code: 'length-mismatch',
      what: record.fileName,
      announcedBytes: record.sizeBytes,
      receivedBytes: stored?.sizeBytes ?? 0,
    })
  }
  await files.rename(path(places.partial), path(places.file), wait)
}

/** True where the uploaded file is there and as long as the archive. */
export async function isUploaded(
  server: Server,
  { file }: Places,
  { sizeBytes }: ArchiveRecord,
  signal: AbortSignal,
): Promise<boolean> {
  const files = await server.files(signal)
  const stored = await files.stat(server.sftpPath(file), { signal })
  return stored?.kind === 'file' && stored.sizeBytes === sizeBytes
}

/**
 * Has the server compute the hash of the upload.
 * @throws FailureError `upload-damaged`, `device-command-failed`
 */
export async function compareHash(
  server: Server,
  { file }: Places,
  { sha256 }: ArchiveRecord,
  signal: AbortSignal,
): Promise<void> {
  const actualSha256 = await server.sha256(file, signal)
  if (actualSha256 === sha256) return
  throw new FailureError({
    code: 'upload-damaged',
    address: server.address,
    expectedSha256: sha256,
    actualSha256,
  })
}

/** Removes the upload and its folder; gives false where nothing was there any more. */
export async function removeUpload(server: Server, places: Places, signal: AbortSignal): Promise<boolean> {
  const files = await server.files(signal)
  const folder = server.sftpPath(places.stagingFolder)
  if ((await files.stat(folder, { signal })) === undefined) return false
  await clear(server, places, signal)
  await files.removeFolder(folder, { signal })
  return true
}

async function clear(server: Server, places: Places, signal: AbortSignal): Promise<void> {
  const files = await server.files(signal)
  for (const name of [places.partial, places.file]) {
    const path = server.sftpPath(name)
    if ((await files.stat(path, { signal })) !== undefined) await files.remove(path, { signal })
  }
}
