import { join } from 'node:path'
import { readJsonFile, writeJsonFile } from '../json-file.ts'
import type { ApplianceContent } from './content.ts'

export type BackupStatus =
  'In progress' | 'Failed' | 'Generating' | 'Ready to download' | 'Your back import file has been queued'

/** One row of System Backup v2. Its key is nowhere. */
export interface BackupRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly createdAt: string
  readonly status: BackupStatus
  /** The file's name below `backups/` and in the browser's downloads. */
  readonly fileName: string
  readonly sizeBytes: number
}

/** A file of the older System Backup (`.eppb`) or an Audit Log Backup. */
export interface OtherBackup {
  readonly id: string
  readonly kind: 'system-backup' | 'audit-log-backup'
  readonly fileName: string
  readonly createdAt: string
}

export interface Licence {
  readonly kind: 'none' | 'trial' | 'full'
  /** Whether it contains `php_els`, which 2509 to 2604 need before they can be patched. */
  readonly hasPhpEls: boolean
}

export interface Disk {
  readonly totalBytes: number
  readonly freeBytes: number
}

/** Everything that an appliance remembers beside its files. */
export interface ApplianceState {
  readonly format: 1
  readonly version: string
  /** Set when a person gave the appliance another address at the VM's console. */
  readonly host: string | undefined
  readonly licence: Licence
  /** Whether endpoint clients may talk to it. */
  readonly clientCommunication: boolean
  readonly disk: Disk
  readonly content: ApplianceContent
  /** When a computer's client last talked to this appliance, by the computer's name. */
  readonly lastSeen: Readonly<Record<string, string>>
  readonly backups: readonly BackupRow[]
  /** The row of the import under way: its content is not yet that of the appliance. */
  readonly importing: string | undefined
  readonly otherBackups: readonly OtherBackup[]
}

const stateFile = 'appliance.json'

/** The state kept in `folder`, or undefined for a folder in which no appliance was started yet. */
export function readApplianceState(folder: string): ApplianceState | undefined {
  const value = readJsonFile(join(folder, stateFile))
  if (value === undefined) return undefined
  // Written by this program alone; the format number is what tells an older or newer one.
  const state = value as ApplianceState
  if ((state as { format?: unknown }).format !== 1) throw new Error(`${stateFile} has an unknown format`)
  return state
}

export function writeApplianceState(folder: string, state: ApplianceState): void {
  writeJsonFile(join(folder, stateFile), state)
}
