import { setTimeout as pause } from 'node:timers/promises'
import { FailureError } from '../../../shared/failure.ts'
import type { RemoteStat } from '../../transport/ssh-files.ts'
import { isBackupName, madeAt } from './archive-name.ts'
import type { Server } from './server.ts'

/** A backup as it lies in the storage folder. */
export interface StoredBackup {
  readonly name: string
  readonly madeAt: string
  readonly sizeBytes: number
  readonly modifiedSeconds: number | undefined
}

/**
 * The backups in the storage folder, the newest first. Other names and folders are passed over.
 * @throws FailureError `bad-input` where there is no such folder
 */
export async function listBackups(
  server: Server,
  folder: string,
  signal: AbortSignal,
): Promise<readonly StoredBackup[]> {
  server.checkFolder('storageFolder', folder)
  const files = await server.files(signal)
  const entries = await files.list(server.sftpPath(folder), { signal })
  if (entries === undefined) {
    throw new FailureError({
      code: 'bad-input',
      field: 'storageFolder',
      reason: `names “${folder}”, which is no folder on the server`,
    })
  }
  return entries
    .flatMap(({ name, kind, sizeBytes, modifiedSeconds }) => {
      const time = isBackupName(name) ? madeAt(name) : undefined
      if (kind !== 'file' || time === undefined || sizeBytes === undefined) return []
      return [{ name, madeAt: time, sizeBytes, modifiedSeconds }]
    })
    .toSorted((a, b) => b.madeAt.localeCompare(a.madeAt) || a.name.localeCompare(b.name))
}

/**
 * The first of `candidates` that nobody writes to: same size and time of change at two looks. One that grows is passed
 * over for the next older one, and comes with the next backup.
 * @throws FailureError `file-still-growing` where all of them grow
 */
export async function firstSettled(
  server: Server,
  folder: string,
  candidates: readonly StoredBackup[],
  signal: AbortSignal,
): Promise<StoredBackup> {
  let growing: StoredBackup | undefined
  for (const candidate of candidates) {
    const before = await look(server, folder, candidate, signal)
    await pause(server.timing.settleMs, undefined, { signal })
    const after = await look(server, folder, candidate, signal)
    if (before && after && isSame(before, after) && (after.sizeBytes ?? 0) > 0) {
      return { ...candidate, sizeBytes: after.sizeBytes ?? 0, modifiedSeconds: after.modifiedSeconds }
    }
    growing ??= { ...candidate, sizeBytes: after?.sizeBytes ?? candidate.sizeBytes }
  }
  throw stillGrowing(server, growing?.name ?? '', growing?.sizeBytes ?? 0)
}

/** True where the file is still what it was when its reading began. */
export async function isUnchanged(
  server: Server,
  folder: string,
  backup: StoredBackup,
  signal: AbortSignal,
): Promise<boolean> {
  const now = await look(server, folder, backup, signal)
  return now !== undefined && isSame(backup, now)
}

export function stillGrowing({ address }: Server, file: string, sizeBytes: number): FailureError {
  return new FailureError({ code: 'file-still-growing', address, file, sizeBytes })
}

async function look(
  server: Server,
  folder: string,
  { name }: StoredBackup,
  signal: AbortSignal,
): Promise<RemoteStat | undefined> {
  const files = await server.files(signal)
  return await files.stat(server.sftpPath(server.join(folder, name)), { signal })
}

function isSame(
  a: Pick<RemoteStat, 'sizeBytes' | 'modifiedSeconds'>,
  b: Pick<RemoteStat, 'sizeBytes' | 'modifiedSeconds'>,
): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedSeconds === b.modifiedSeconds
}
