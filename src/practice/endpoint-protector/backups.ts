import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Appliance, PendingBackup } from './appliance.ts'
import type { OlderBackupChoice } from './backup-file.ts'
import { makeBackupKey, olderBackupBytes, sealBackup } from './backup-file.ts'
import type { BackupRow, OtherBackup } from './state.ts'

/** Begins a System Backup v2: its key exists from now on, until it is confirmed as saved. */
export function beginBackup(
  appliance: Appliance,
  wanted: { readonly name: string; readonly description: string },
): PendingBackup {
  const pending = { ...wanted, id: appliance.nextId(), key: makeBackupKey() }
  appliance.pending.set(pending.id, pending)
  appliance.witness.event('backup-key-shown', { id: pending.id, name: pending.name })
  return pending
}

/**
 * The person has saved the key: the backup is made of the content of this moment and the key forgotten.
 * Answers what settles when the backup has ended, or undefined when there is no such backup to confirm.
 */
export function confirmKey(appliance: Appliance, id: string): Promise<void> | undefined {
  const pending = appliance.pending.get(id)
  if (pending === undefined) return undefined
  appliance.pending.delete(id)
  const { name, description, key } = pending
  const { options, state, certificate } = appliance
  const document = {
    format: 1,
    createdOn: { version: state.version },
    name,
    description,
    content: state.content,
    certificate: { certificatePem: certificate.certificatePem, keyPem: certificate.keyPem },
  } as const
  const row = newRow(appliance, { id, name, description })
  appliance.change({ backups: [...state.backups, row] })
  return appliance.run(async () => {
    await appliance.pace('making-backup')
    writeFileSync(pathOf(appliance, row), sealBackup(document, key, options.payloadBytes ?? 0), {
      mode: 0o600,
    })
    const { size } = statSync(pathOf(appliance, row))
    appliance.changeBackup(id, { status: 'Ready to download', sizeBytes: size })
    appliance.witness.event('backup-ready', { id, name, sizeBytes: size })
  })
}

/** A row that is still in progress. Name and ending of its file are the simulator's assumption. */
export function newRow(appliance: Appliance, row: Pick<BackupRow, 'id' | 'name' | 'description'>): BackupRow {
  const { backupExtension = '.backup' } = appliance.options
  const slug = row.name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 40)
  return {
    ...row,
    createdAt: appliance.now(),
    status: 'In progress',
    fileName: `SystemBackupV2_${slug}_${row.id}${backupExtension}`,
    sizeBytes: 0,
  }
}

/** Deletes a System Backup v2 for good; false when there is none. */
export function deleteBackup(appliance: Appliance, id: string): boolean {
  const { backups, importing } = appliance.state
  const row = backups.find((each) => each.id === id)
  if (row === undefined || row.status === 'In progress' || importing === id) return false
  appliance.change({ backups: backups.filter((each) => each !== row) })
  rmSync(pathOf(appliance, row), { force: true })
  appliance.witness.event('backup-deleted', { id, name: row.name })
  return true
}

/** Makes an `.eppb`. It is ready at once. */
export function makeOlderBackup(appliance: Appliance, choice: OlderBackupChoice): OtherBackup {
  const { version, content } = appliance.state
  const row = otherRow(appliance, 'system-backup', '.eppb')
  return keepOther(appliance, row, olderBackupBytes(version, content, choice))
}

/** Exports the logs as the older Audit Log Backup does. */
export function makeAuditLogBackup(appliance: Appliance): OtherBackup {
  const lines = Object.entries(appliance.state.lastSeen).map(([name, at]) => `${name},${at}`)
  const row = otherRow(appliance, 'audit-log-backup', '.csv')
  return keepOther(appliance, row, Buffer.from(['Computer,Last Seen', ...lines, ''].join('\n')))
}

/** Whether the file of this row can be taken away. */
export function isFinished(appliance: Appliance, { id, status }: BackupRow): boolean {
  return status !== 'In progress' && status !== 'Failed' && appliance.state.importing !== id
}

/** Where the file of any backup lies. */
export function pathOf(appliance: Appliance, { fileName }: { readonly fileName: string }): string {
  return join(appliance.backupsFolder, fileName)
}

/** The file of a finished System Backup v2: the one of this id, or the latest. Throws when there is none. */
export function readBackup(
  appliance: Appliance,
  id?: string,
): { readonly fileName: string; readonly bytes: Buffer } {
  const finished = appliance.state.backups.filter((each) => isFinished(appliance, each))
  const row = finished.findLast((each) => id === undefined || each.id === id)
  if (row === undefined) throw new Error('the appliance has no such finished backup')
  return { fileName: row.fileName, bytes: readFileSync(pathOf(appliance, row)) }
}

function otherRow(appliance: Appliance, kind: OtherBackup['kind'], ending: string): OtherBackup {
  const id = appliance.nextId()
  return { id, kind, fileName: `${kind}_${id}${ending}`, createdAt: appliance.now() }
}

function keepOther(appliance: Appliance, row: OtherBackup, bytes: Buffer): OtherBackup {
  writeFileSync(pathOf(appliance, row), bytes, { mode: 0o600 })
  appliance.change({ otherBackups: [...appliance.state.otherBackups, row] })
  appliance.witness.event(`${row.kind}-made`, { id: row.id, fileName: row.fileName })
  return row
}
