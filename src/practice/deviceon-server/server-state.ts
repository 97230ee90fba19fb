import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { readJsonFile, writeJsonFile } from '../json-file.ts'
import type { Database } from './database.ts'
import { accountFor, devicesFor } from './database.ts'
import type { DeviceOnServerOptions, EditionId, PortalLogin, TpmUse } from './options.ts'

/** What the server knows of itself across restarts, beside its files. */
export interface ServerState {
  readonly format: 1
  readonly edition: EditionId
  readonly version: string
  readonly tpm: TpmUse
  /** Where the portal listened last, so that it is found there again. */
  readonly portalPort?: number
  /** The account that installation makes and `Reset to Default` brings back. */
  readonly installed: Database
  readonly database: Database
  /** How the data came to be there: untouched, in use, from a whole restore, or what a broken restore left. */
  readonly data:
    | { readonly kind: 'baseline' }
    | { readonly kind: 'in-use' }
    | { readonly kind: 'restored'; readonly sha256: string }
    | { readonly kind: 'half' }
}

const fileName = 'state.json'

/** The state kept in the folder, made from the options at the first start. */
export function loadState(options: DeviceOnServerOptions): {
  readonly state: ServerState
  readonly isNew: boolean
} {
  const value = readJsonFile(join(options.folder, fileName))
  if (value === undefined) return { state: newState(options), isNew: true }
  // Written by this program alone; the format number is what tells an older or newer one.
  const state = value as ServerState
  if ((state as { format?: unknown }).format !== 1) throw new Error(`${fileName} has an unknown format`)
  return { state, isNew: false }
}

export function saveState(folder: string, state: ServerState): void {
  writeJsonFile(join(folder, fileName), state)
}

function portalLoginOf({ portalLogin, credentials }: DeviceOnServerOptions): PortalLogin {
  return portalLogin ?? { account: 'root@advantech.com.tw', password: credentials.password }
}

/** 32 hex digits that follow from a name, so that a server of the same name is the same machine every time. */
export function machineIdFor(name: string): string {
  return digest(`machine/${name}`).slice(0, 32)
}

/** What never leaves the TPM of the machine of this name. */
export function tpmSecretFor(name: string): string {
  return digest(`tpm/${name}`)
}

/** What the TPM tells about itself: the SHA-256 of its endorsement key, in lower-case hex. */
export function endorsementKeyHashFor(name: string): string {
  return digest(`endorsement key/${tpmSecretFor(name)}`)
}

/** A locally administered address, in upper-case hex joined by `-`. */
export function macAddressFor(name: string): string {
  const pairs = digest(`mac/${name}`).slice(0, 10).toUpperCase().match(/../g) ?? []
  return ['02', ...pairs].join('-')
}

function newState(options: DeviceOnServerOptions): ServerState {
  const { edition, name, version = '5.3.12', tpm = 'absent', deviceCount = 24 } = options
  const accounts = [accountFor(portalLoginOf(options))]
  return {
    format: 1,
    edition,
    version,
    tpm,
    installed: { devices: [], accounts },
    database: { devices: devicesFor(name, deviceCount), accounts },
    data: { kind: 'in-use' },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
