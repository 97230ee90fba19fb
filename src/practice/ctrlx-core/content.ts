import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryEntry, OperatingState, Settings } from './device-state.ts'
import type { Device } from './device.ts'
import { listFiles } from './setup/list-files.ts'

/** What a restore can change about a device. */
export interface DeviceContent {
  readonly hostname: string
  readonly serialNumber: string
  readonly operatingState: OperatingState
  readonly apps: readonly { readonly name: string; readonly version: string; readonly enabled: boolean }[]
  readonly users: readonly string[]
  readonly settings: Settings
  /** SHA-256 by path, of the active configuration, the archived ones and the certificates. */
  readonly files: Readonly<Record<string, string>>
  readonly history: readonly HistoryEntry[]
  /** One hash over all of the above but the operating state and the history. */
  readonly digest: string
}

export function contentOf({ state, folders }: Device): DeviceContent {
  const carried = {
    hostname: state.hostname,
    serialNumber: state.identity.serialNumber,
    apps: state.apps.map(({ name, version, enabled }) => ({ name, version, enabled })).toSorted(byName),
    users: state.users.map(({ name }) => name).toSorted(),
    settings: state.settings,
    files: {
      ...hashes(folders.activeConfiguration, 'active'),
      ...hashes(folders.archivedConfigurations, 'archive'),
      ...hashes(folders.certificates, 'certificates'),
    },
  }
  return {
    ...carried,
    operatingState: state.operatingState,
    history: state.history,
    digest: sha256(Buffer.from(JSON.stringify(carried))),
  }
}

function hashes(folder: string, prefix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    listFiles(folder).map((path) => [`${prefix}/${path}`, sha256(readFileSync(join(folder, path)))]),
  )
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
