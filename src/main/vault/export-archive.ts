import { link, open, realpath, rm } from 'node:fs/promises'
import { basename, dirname, sep } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { blocksOf } from '../storage/digest.ts'
import { removeAbandoned } from '../storage/durable-file.ts'
import { requireRoom } from '../storage/free-space.ts'
import { createOnly, openPlain, statOf } from '../storage/plain-file.ts'
import { privateFileMode } from '../storage/private-folder.ts'
import { ownedName } from '../storage/process-mark.ts'
import { renamePatiently } from '../storage/rename-patiently.ts'
import { errnoOf, readFailure, writing } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/sync-folder.ts'
import { writeVerified } from '../storage/verified-write.ts'

/** How a long read of an archive is watched and stopped. */
export interface WatchOptions {
  readonly signal: AbortSignal
  /** Hears the bytes done so far, in all. */
  readonly onBytes?: ((bytesDone: number) => void) | undefined
}

/** What the vault's own file says of the content that is copied. */
export interface Exported {
  readonly id: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** An archive or a refused file, and where its copy goes. */
export interface Export extends WatchOptions {
  readonly record: Exported
  readonly contentPath: string
  readonly file: string
  /** Nothing is exported into the vault itself. */
  readonly vaultFolder: string
}

/**
 * Copies an archive's file bit by bit to a place outside the vault. The copy is read back, compared with the record and
 * only then gets its name; a file that already has that name is never overwritten.
 * @throws FailureError `target-exists`, `bad-input`, `disk-full`, `storage-unwritable`, `archive-changed`, `cancelled`
 */
export async function exportArchive({
  record,
  contentPath,
  file,
  vaultFolder,
  ...watch
}: Export): Promise<void> {
  const folder = await targetFolder(file, vaultFolder)
  if ((await statOf(file)) !== undefined) throw new FailureError({ code: 'target-exists', file })
  await writing({ place: file }, async () => await removeAbandoned(folder, basename(file)))
  await requireRoom(folder, record.sizeBytes)
  const temporary = `${file}.${ownedName()}.tmp`
  try {
    await copy(temporary, { record, contentPath, ...watch })
    await writing({ place: file }, async () => {
      await publish(temporary, file)
      await syncFolder(folder)
    })
  } finally {
    // After a rename there is nothing left to remove; after a failure what led here is the thing to tell.
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

async function copy(
  target: string,
  { record, contentPath, ...watch }: Omit<Export, 'file' | 'vaultFolder'>,
): Promise<void> {
  const { fileName, sizeBytes, sha256: expectedSha256 } = record
  const plain = await openPlain(contentPath)
  if (plain === undefined)
    throw new FailureError({ code: 'file-unreadable', file: contentPath, reason: 'ENOENT' })
  try {
    const content = blocksOf(plain, { signal: watch.signal, phase: 'storing' })
    const { sha256: actualSha256 } = await writeVerified(target, {
      ...watch,
      content,
      announcedBytes: sizeBytes,
      what: fileName,
    })
    if (actualSha256 === expectedSha256) return
    throw new FailureError({ code: 'archive-changed', archive: record.id, expectedSha256, actualSha256 })
  } catch (error) {
    throw readFailure(error, contentPath)
  } finally {
    await plain.handle.close()
  }
}

/** Gives the finished copy its name, in one step that fails where the name is taken. */
async function publish(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file)
  } catch (error) {
    const errno = errnoOf(error) ?? ''
    if (errno === 'EEXIST') throw new FailureError({ code: 'target-exists', file }, { cause: error })
    // File systems of memory sticks know no second name for a file.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EACCES'].includes(errno)) throw error
    await publishByClaim(temporary, file)
  }
}

/** Takes the name with an empty file of our own first, because a rename alone would overwrite anybody's. */
async function publishByClaim(temporary: string, file: string): Promise<void> {
  try {
    await (await open(file, createOnly, privateFileMode)).close()
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw new FailureError({ code: 'target-exists', file }, { cause: error })
    throw error
  }
  try {
    await renamePatiently(temporary, file)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}

async function targetFolder(file: string, vaultFolder: string): Promise<string> {
  let folder: string
  try {
    folder = await realpath(dirname(file))
  } catch (error) {
    const reason = errnoOf(error)
    if (reason === undefined) throw error
    throw new FailureError({ code: 'storage-unwritable', place: dirname(file), reason }, { cause: error })
  }
  if (folder !== vaultFolder && !folder.startsWith(vaultFolder + sep)) return folder
  throw new FailureError({ code: 'bad-input', field: 'file', reason: 'lies inside the vault' })
}
