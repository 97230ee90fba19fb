import { join } from 'node:path'
import { readJsonFile, writeJsonFile } from '../json-file.ts'
import type { HardwareIdentity, ModelId } from './models.ts'
import type { ProfileId } from './profiles.ts'

export type OperatingState = 'OPERATING' | 'SETUP' | 'SERVICE'

/** One installed app. Its file lies under `apps/` of the device's folder. */
export interface AppState {
  readonly name: string
  readonly title: string
  readonly vendor: string
  readonly description: string
  readonly version: string
  /** The version that is there and runs only after the next start. */
  readonly nextVersion?: string
  readonly appType: 'kernel' | 'base' | 'os' | 'gadget' | 'snapd' | 'app'
  readonly updateBehavior: 'forcedReboot' | 'requiredReboot' | 'logout' | 'none'
  readonly base: string
  readonly required: boolean
  readonly enabled: boolean
  readonly architecture: string
  readonly sizeBytes: number
  /** The name of a user app's file below `apps/`; system apps keep none. */
  readonly file: string | undefined
}

export interface UserState {
  readonly id: string
  readonly name: string
  /** Undefined: the user exists but cannot log in. */
  readonly passwordHash: string | undefined
  readonly permissions: readonly string[]
  readonly groups: readonly string[]
  readonly enabled: boolean
  readonly forcePasswordChange: boolean
}

/** One line of a task's protocol. */
export interface ProtocolEntry {
  readonly severity: 'INFO' | 'WARNING' | 'ERROR'
  readonly time: string
  readonly message: string
}

/** A create or apply task. It outlives a reboot. */
export interface SetupTask {
  readonly id: string
  readonly kind: 'create' | 'apply'
  readonly state: 'pending' | 'running' | 'done' | 'failed'
  readonly progress: number
  readonly action: string
  readonly error: string | undefined
  readonly fileName: string | undefined
  readonly protocol: readonly ProtocolEntry[]
}

export interface HistoryEntry {
  readonly id: string
  readonly timestamp: string
  readonly fileName: string
  readonly errorCount: number
  readonly warningCount: number
  readonly name: string
  readonly version: string
  readonly user: string
  readonly log: readonly ProtocolEntry[]
}

/** The settings that a backup carries, by the top-level names of the setup file. */
export type Settings = Readonly<Record<SettingsSection, unknown>>
export const settingsSections = ['connectivity', 'dateTime', 'hosts', 'proxy', 'ssh'] as const
export type SettingsSection = (typeof settingsSections)[number]

/** Everything that the device remembers beside its files. */
export interface DeviceState {
  readonly format: 1
  readonly profile: ProfileId
  readonly model: ModelId
  readonly identity: HardwareIdentity
  readonly hostname: string
  readonly operatingState: OperatingState
  /** False until the default user was replaced. */
  readonly isCommissioned: boolean
  readonly apps: readonly AppState[]
  readonly packageSettings: { readonly allowUnknownApps: boolean; readonly purgeVersions: boolean }
  readonly users: readonly UserState[]
  readonly settings: Settings
  readonly activeConfiguration: string
  readonly setupTasks: readonly SetupTask[]
  readonly history: readonly HistoryEntry[]
}

const stateFile = 'device.json'

/** The state kept in `folder`, or undefined for a folder in which no device was started yet. */
export function readDeviceState(folder: string): DeviceState | undefined {
  const value = readJsonFile(join(folder, stateFile))
  if (value === undefined) return undefined
  // Written by this program alone; the format number is what tells an older or newer one.
  const state = value as DeviceState
  if ((state as { format?: unknown }).format !== 1) throw new Error(`${stateFile} has an unknown format`)
  return state
}

export function writeDeviceState(folder: string, state: DeviceState): void {
  writeJsonFile(join(folder, stateFile), state)
}
