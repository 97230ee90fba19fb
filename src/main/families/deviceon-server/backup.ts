import { FailureError } from '../../../shared/failure.ts'
import type { LeftOut, Scope } from '../../../shared/model/scope.ts'
import type { BackupRequest, BackupStream, HeldFiles } from '../family.ts'
import { requireStorage, type ServerFacts } from './facts.ts'
import { missingFrom, missingText } from './schedule.ts'
import type { Server } from './server.ts'
import { firstSettled, isUnchanged, listBackups, stillGrowing, type StoredBackup } from './storage.ts'

/** The vendor's page on System Backup: relational databases and configuration, without MongoDB. */
export const leftOut: readonly LeftOut[] = [{ what: 'MongoDB', reason: 'sensor-data' }]

/** The files to choose from, the newest first; those that are held already are not chosen. */
export async function readScope(
  server: Server,
  facts: ServerFacts,
  held: HeldFiles,
  signal: AbortSignal,
): Promise<Scope> {
  return scopeOf(await listBackups(server, requireStorage(facts), signal), held)
}

/**
 * Fetches the newest backup that is not held. The server makes its backups by itself; nothing is written to it.
 * @throws FailureError `nothing-new`, `file-still-growing`, `bad-input` for a part that is not there
 */
export async function backUp(
  server: Server,
  { facts, deviceName }: { readonly facts: ServerFacts; readonly deviceName: string },
  { parts, held = [], passedOver = [], signal, onProgress }: BackupRequest,
): Promise<BackupStream> {
  onProgress({ phase: 'preparing-scope', bytesDone: 0 })
  const folder = requireStorage(facts)
  const all = await listBackups(server, folder, signal)
  const isDone = isHeld.bind(undefined, [...held, ...passedOver])
  const wanted = chosen(all, parts).filter((backup) => !isDone(backup))
  if (wanted.length === 0) {
    throw new FailureError({ code: 'nothing-new', device: deviceName, newest: all[0]?.name ?? '' })
  }
  onProgress({ phase: 'device-preparing', bytesDone: 0 })
  const backup = await firstSettled(server, folder, wanted, signal)
  const files = await server.files(signal)
  const path = server.sftpPath(server.join(folder, backup.name))
  const { sizeBytes, content } = await files.read(path, { signal, totalMs: server.timing.uploadMs })
  // What is missing is told once, with the newest that is fetched.
  const isFirst = !all.some((each) => each.madeAt > backup.madeAt && isHeld(held, each))
  const older = wanted.filter(({ madeAt }) => madeAt < backup.madeAt)
  return {
    fileName: backup.name,
    announcedBytes: sizeBytes,
    madeAt: backup.madeAt,
    waiting: older.length,
    content,
    finish: async () => {
      const isWhole = sizeBytes === backup.sizeBytes && (await isUnchanged(server, folder, backup, signal))
      if (!isWhole) throw stillGrowing(server, backup.name, sizeBytes)
      return {
        scope: scopeOf([backup], []),
        passwordProtected: false,
        messages: isFirst ? missingMessages(facts, all) : [],
      }
    },
  }
}

function missingMessages({ schedule }: ServerFacts, all: readonly StoredBackup[]) {
  if (schedule === undefined) return []
  const missing = missingFrom(
    schedule,
    all.map(({ madeAt }) => madeAt),
    new Date(),
  )
  const text = missingText(schedule, missing)
  return text === '' ? [] : [{ severity: 'WARNING', text }]
}

function scopeOf(backups: readonly StoredBackup[], held: HeldFiles): Scope {
  return {
    parts: backups.map((backup) => ({
      id: backup.name,
      title: backup.name,
      sizeBytes: backup.sizeBytes,
      chosen: !isHeld(held, backup),
    })),
    leftOut,
  }
}

function chosen(all: readonly StoredBackup[], parts: readonly string[] | undefined): readonly StoredBackup[] {
  if (parts === undefined) return all
  const unknown = parts.find((part) => !all.some(({ name }) => name === part))
  if (unknown === undefined) return all.filter(({ name }) => parts.includes(name))
  throw new FailureError({
    code: 'bad-input',
    field: 'parts',
    reason: `names “${unknown}”, which does not lie in the storage folder`,
  })
}

function isHeld(held: HeldFiles, { name, sizeBytes }: StoredBackup): boolean {
  return held.some(
    (file) => file.fileName.toLowerCase() === name.toLowerCase() && file.sizeBytes === sizeBytes,
  )
}
