import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { writeBackup } from './backup-archive.ts'
import type { Place } from './disk.ts'
import type { Server } from './server.ts'

/** A backup that lies in the storage folder. */
export interface MadeBackup {
  readonly name: string
  /** As a person types it on the server. */
  readonly path: string
  readonly bytes: number
  /** Of the file as it lies there, damage included. Lower-case hex. */
  readonly sha256: string
}

/** A backup that is being written: the name is there, the content is not yet. */
export interface GrowingBackup {
  readonly name: string
  readonly path: string
  /** Writes the next part and tells how many bytes are there now. */
  readonly grow: () => number
  /** Writes what is missing. */
  readonly finish: () => MadeBackup
}

export interface BackupRequest {
  /** When the schedule is said to have made it; now unless told otherwise. Also its time on the disk. */
  readonly at?: Date
  /** `flipped` has one wrong bit inside, `cut` ends before its directory. */
  readonly damage?: 'flipped' | 'cut'
}

/** `Backup_YYYYMMDD_HHMMZ.zip`, in UTC. */
export function backupName(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T')
  return `Backup_${date.replaceAll('-', '')}_${time.slice(0, 5).replace(':', '')}Z.zip`
}

/** Makes a backup appear at once, as if the schedule had just made it. Throws when the minute has one already. */
export async function makeBackup(server: Server, request: BackupRequest = {}): Promise<MadeBackup> {
  const at = request.at ?? new Date(server.clock())
  const place = placeFor(server, at)
  const content = damaged(await contentNow(server, at), request.damage)
  writeFileSync(place.real, content, { flag: 'wx' })
  utimesSync(place.real, at, at)
  return finished(server, backupName(at))
}

/** Makes a backup appear that is still being written. */
export async function growBackup(
  server: Server,
  request: { readonly at?: Date; readonly parts?: number } = {},
): Promise<GrowingBackup> {
  const at = request.at ?? new Date(server.clock())
  const place = placeFor(server, at)
  const content = await contentNow(server, at)
  const partBytes = Math.ceil(content.length / (request.parts ?? 8))
  let bytes = 0
  const grow = (): number => {
    const part = content.subarray(bytes, bytes + partBytes)
    appendFileSync(place.real, part)
    bytes += part.length
    return bytes
  }
  writeFileSync(place.real, '', { flag: 'wx' })
  grow()
  const finish = (): MadeBackup => {
    while (bytes < content.length) grow()
    return finished(server, backupName(at))
  }
  return { name: backupName(at), path: server.disk.native(place), grow, finish }
}

/** Lets a backup grow by itself, one part each `everyMs`, until it is whole. */
export async function growBackupSlowly(
  server: Server,
  request: { readonly at?: Date; readonly parts?: number; readonly everyMs: number },
): Promise<{ readonly name: string; readonly whole: Promise<MadeBackup> }> {
  const { parts = 8, everyMs } = request
  const backup = await growBackup(server, request)
  const growing = async (): Promise<MadeBackup> => {
    for (let part = 1; part < parts; part += 1) {
      await wait(everyMs)
      backup.grow()
    }
    return backup.finish()
  }
  const whole = growing()
  server.track(whole)
  return { name: backup.name, whole }
}

function placeFor(server: Server, at: Date): Place {
  return server.disk.known(`${server.edition.storageFolder}/${backupName(at)}`)
}

async function contentNow(server: Server, at: Date): Promise<Buffer> {
  const file = join(server.workFolder, backupName(at))
  try {
    await writeBackup(server, file, at)
    return readFileSync(file)
  } finally {
    if (existsSync(file)) rmSync(file)
  }
}

function damaged(content: Buffer, damage: BackupRequest['damage']): Buffer {
  if (damage === 'cut') return content.subarray(0, Math.floor(content.length * 0.6))
  if (damage === 'flipped') {
    // Behind the first entry's header and name, so inside its data.
    const at = 30 + content.readUInt16LE(26) + content.readUInt16LE(28) + 8
    content.writeUInt8(content.readUInt8(at) ^ 1, at)
  }
  return content
}

function finished(server: Server, name: string): MadeBackup {
  const place = server.disk.known(`${server.edition.storageFolder}/${name}`)
  const content = readFileSync(place.real)
  const backup = {
    name,
    path: server.disk.native(place),
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }
  server.witness.event('backup-made', backup)
  return backup
}
