import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { requireRoom } from '../storage/free-space.ts'
import { privateFolderMode } from '../storage/private-folder.ts'
import { ownedName, ownedNamePattern, ownerState } from '../storage/process-mark.ts'
import { writing } from '../storage/storage-failure.ts'
import { writeVerified, type VerifiedWrite } from '../storage/verified-write.ts'
import { safeFileName } from './safe-file-name.ts'

const reserveBytes = 64 * 1024 * 1024
const stagingName = new RegExp(`^${ownedNamePattern}$`)

/** A stream of bytes that may become an archive. */
export interface StageOptions extends Omit<VerifiedWrite, 'what'> {
  /** The name the source gave: untrusted, made safe here. */
  readonly fileName: string
}

/** Bytes that lie in staging, flushed and read back with an equal hash. Not an archive yet. */
export interface StagedFile {
  readonly stagingId: string
  /** Where the bytes lie until `commit`: for the parser, which opens them before they become an archive. */
  readonly path: string
  /** The name they will have in the vault. */
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: string
}

/** What `sweep` did with the folders under `staging/`. */
export interface SweepReport {
  /** Leftovers of processes that are gone: removed. */
  readonly removed: readonly string[]
  /** In use, from another computer, or not made by Ferrite: left alone. */
  readonly kept: readonly string[]
}

/**
 * Room that must be free before a transfer starts: the announced length, 10 % and 64 MiB (step B3).
 * Without an announced length this is only the reserve; whether to go on then is the caller's question.
 */
export function roomNeeded(announcedBytes: number | undefined): number {
  const bytes = announcedBytes ?? 0
  return bytes + Math.ceil(bytes / 10) + reserveBytes
}

/** Puts a stream into a staging folder of its own. A stage that fails leaves nothing behind. */
export async function stageInto(staging: string, options: StageOptions): Promise<StagedFile> {
  const fileName = safeFileName(options.fileName)
  await requireRoom(staging, roomNeeded(options.announcedBytes))
  const stagingId = ownedName()
  const folder = join(staging, stagingId)
  await writing({ place: staging }, async () => await mkdir(folder, { mode: privateFolderMode }))
  try {
    const path = join(folder, `${fileName}.part`)
    const written = await writeVerified(path, { ...options, what: fileName })
    return { stagingId, path, fileName, ...written }
  } catch (error) {
    await removeStaged(staging, stagingId)
    throw error
  }
}

/**
 * Removes a staging folder as far as that works. What cannot be removed now is not an archive and is never listed;
 * `sweepStaging` removes it once this process is gone, and the failure that led here is the one to tell.
 */
export async function removeStaged(staging: string, stagingId: string): Promise<void> {
  if (!stagingName.test(stagingId)) return
  await rm(join(staging, stagingId), { recursive: true, force: true }).catch(() => undefined)
}

/** Removes staging folders whose process is certainly gone, and nothing else. */
export async function sweepStaging(staging: string): Promise<SweepReport> {
  const removed: string[] = []
  const kept: string[] = []
  for (const name of await readdir(staging)) {
    const mark = stagingName.exec(name)?.[1]
    if (mark === undefined || ownerState(mark) !== 'gone') {
      kept.push(name)
      continue
    }
    const folder = join(staging, name)
    await writing({ place: folder }, async () => await rm(folder, { recursive: true, force: true }))
    removed.push(name)
  }
  return { removed, kept }
}
