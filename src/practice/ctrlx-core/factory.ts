import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fillerBytes, writeFillerFile } from '../filler.ts'
import type { AppFile } from './app-file.ts'
import { writeAppFile } from './app-file.ts'
import type { AppState, DeviceState, Settings, UserState } from './device-state.ts'
import type { Folders } from './folders.ts'
import type { Model } from './models.ts'
import { identityFor } from './models.ts'
import type { Profile } from './profiles.ts'
import { hashPassword } from './secrets.ts'
import { systemApps } from './system-apps.ts'

/** The scope that the vendor calls "Full access". */
export const fullAccess = 'rexroth-device.all.rwx'

/** A user that the device is made with. */
export interface PracticeUser {
  readonly user: string
  readonly password: string
  /** Scopes; full access unless told otherwise. */
  readonly permissions?: readonly string[]
}

/** What a device is made from when its folder is still empty. */
export interface Origin {
  readonly profile: Profile
  readonly model: Model
  readonly name: string
  /** Undefined: fresh from the box, with the default user that must be replaced. */
  readonly users: readonly PracticeUser[] | undefined
  /** Extra bytes in the active configuration, to make its backups as large as wanted. */
  readonly payloadBytes: number
}

const userApps = [
  { name: 'rexroth-plc', title: 'PLC', patch: 2, enabled: true, bytes: 49_152 },
  { name: 'rexroth-firewall', title: 'Firewall', patch: 0, enabled: true, bytes: 16_384 },
  { name: 'rexroth-node-red', title: 'Node-RED', patch: 1, enabled: true, bytes: 32_768 },
  { name: 'rexroth-opcua-server', title: 'OPC UA Server', patch: 0, enabled: false, bytes: 24_576 },
] as const

/** Fills an empty folder with a device as it stands at a machine, and answers its first state. */
export async function makeDevice(folders: Folders, origin: Origin): Promise<DeviceState> {
  const { profile, model, name } = origin
  const identity = identityFor(model, name)
  const apps = await Promise.all(userApps.map(async (app) => makeUserApp(folders, origin, app)))
  const hostname = name.replaceAll(/[^A-Za-z0-9-]/g, '-')
  writeConfigurations(folders, origin, hostname)
  writeCertificates(folders, identity.serialNumber)
  return {
    format: 1,
    profile: profile.id,
    model: model.id,
    identity,
    hostname,
    operatingState: 'OPERATING',
    isCommissioned: origin.users !== undefined,
    apps: [...systemApps(model, profile), ...apps],
    packageSettings: { allowUnknownApps: false, purgeVersions: true },
    users: makeUsers(origin.users),
    settings: factorySettings(model, hostname),
    activeConfiguration: 'appdata',
    setupTasks: [],
    history: [],
  }
}

/** The settings of a device that nobody has changed. */
export function factorySettings(model: Model, hostname: string): Settings {
  const ethernet = Object.fromEntries(
    model.ethernetNames.map((name, index) => [
      name,
      {
        enabled: true,
        ipv4:
          index === 0
            ? { dhcpEnabled: false, addresses: ['192.168.1.1/24'], dnsServers: [] }
            : { dhcpEnabled: true, addresses: [], dnsServers: [] },
        mtu: 1500,
      },
    ]),
  )
  return {
    connectivity: { ethernet, discoveryServices: { mdns: { enabled: true }, upnp: { enabled: true } } },
    dateTime: { timezone: 'Europe/Berlin', timeSynchronization: true, ntpServers: ['ntp.ubuntu.com'] },
    hosts: [{ address: '192.168.1.20', hostname: `drive-of-${hostname}`, aliases: [] }],
    proxy: { enabled: false, noProxy: '' },
    ssh: { enabled: false, maxSessions: 10, maxAuthTries: 6 },
  }
}

export function makeUsers(users: readonly PracticeUser[] | undefined): readonly UserState[] {
  const wanted = users ?? [{ user: 'boschrexroth', password: 'boschrexroth' }]
  return wanted.map(({ user, password, permissions = [fullAccess] }, index) => ({
    id: String(1000 + index),
    name: user,
    passwordHash: hashPassword(password),
    permissions,
    groups: permissions.includes(fullAccess) ? ['admin'] : [],
    enabled: true,
    forcePasswordChange: users === undefined,
  }))
}

async function makeUserApp(
  folders: Folders,
  { profile, model }: Origin,
  app: (typeof userApps)[number],
): Promise<AppState> {
  const file: AppFile = {
    name: app.name,
    title: app.title,
    vendor: 'Bosch Rexroth AG',
    description: `${app.title} of the practice device`,
    version: `${profile.id}.${app.patch}`,
    base: profile.versions.base,
    architecture: model.snapArchitecture,
  }
  const fileName = `${file.name}-${file.version}.app`
  await writeAppFile(join(folders.apps, fileName), file, app.bytes)
  return appState(file, { fileName, sizeBytes: app.bytes, enabled: app.enabled })
}

/** The state of a user app that was just installed from its file. */
export function appState(
  app: AppFile,
  rest: { readonly fileName: string; readonly sizeBytes: number; readonly enabled: boolean },
): AppState {
  return {
    ...app,
    appType: 'app',
    updateBehavior: 'none',
    required: false,
    enabled: rest.enabled,
    sizeBytes: rest.sizeBytes,
    file: rest.fileName,
  }
}

function writeConfigurations(
  folders: Folders,
  { model, profile, name, payloadBytes }: Origin,
  host: string,
): void {
  const plc = `plc/run/${model.plcArchitecture}`
  const application = fillerBytes(`${name}/plc`, 20_000)
  const apps = ['rexroth-plc', 'rexroth-node-red'].map((app) => ({ name: app, version: `${profile.id}.0` }))
  const files: Readonly<Record<string, string | Buffer>> = {
    'configuration.json': json({
      description: `Recipe of ${host}`,
      device: host,
      user: 'boschrexroth',
      apps,
    }),
    [`${plc}/data/Application.app`]: application,
    [`${plc}/data/Application.crc`]: application.subarray(0, 20),
    [`${plc}/misc/plc_system.cfg`]: `[SysTarget]\nArchitecture=${model.plcArchitecture}\n`,
    'scheduler/autoconfig.json': json({ tasks: [{ name: 'MainTask', cycleTimeMs: 2 }] }),
    'datalayer/remotes.json': json([]),
    'node-RED/flows.json': json([{ id: 'a1', type: 'tab', label: `Line of ${host}` }]),
    'firewall/rules.json': json({ policy: 'drop', allow: [443] }),
  }
  for (const [path, content] of Object.entries(files)) put(folders.activeConfiguration, path, content)
  put(
    folders.archivedConfigurations,
    'commissioning/configuration.json',
    json({ description: 'As delivered', apps }),
  )
  put(folders.archivedConfigurations, 'commissioning/scheduler/autoconfig.json', json({ tasks: [] }))
  if (payloadBytes > 0) {
    mkdirSync(join(folders.activeConfiguration, 'plc', 'recordings'), { recursive: true })
    writeFillerFile(join(folders.activeConfiguration, 'plc', 'recordings', 'trace.bin'), name, payloadBytes)
  }
}

/** Own certificates carry the serial number in their text: they are good on this device only. */
function writeCertificates(folders: Folders, serialNumber: string): void {
  put(
    folders.certificates,
    'webserver/certificates/own/device.crt',
    `practice certificate of ${serialNumber}\n`,
  )
  put(folders.certificates, 'webserver/keys/own/device.key', `practice key of ${serialNumber}\n`)
  put(
    folders.certificates,
    'opcua-server/certificates/trusted/plant-ca.crt',
    'practice certificate of the plant\n',
  )
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function put(folder: string, path: string, content: string | Buffer): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
