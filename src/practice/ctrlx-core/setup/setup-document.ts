import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AppState, UserState } from '../device-state.ts'
import { settingsSections } from '../device-state.ts'
import type { Device } from '../device.ts'
import { encrypt, hashPassword } from '../secrets.ts'
import { isHardwareSpecific } from '../system-apps.ts'
import { typePlateOf } from '../system.ts'
import type { CreateOptions } from './create-options.ts'
import { listFiles } from './list-files.ts'

/** One file of the archive to be. */
export type ArchiveFile =
  { readonly name: string; readonly path: string } | { readonly name: string; readonly bytes: Buffer }

/** The JSON part of a setup with the files that it points to. */
export interface SetupContent {
  readonly document: Readonly<Record<string, unknown>>
  readonly files: readonly ArchiveFile[]
}

interface Part {
  readonly value: Readonly<Record<string, unknown>> | undefined
  readonly files: readonly ArchiveFile[]
}

const schemaId =
  'https://json-schema.boschrexroth.com/ctrlx-automation/ctrlx-os/apps/rexroth-setup/setup.v1.schema.json'
const nothing: Part = { value: undefined, files: [] }

/**
 * What a setup of this device holds. Disabled apps, the apps of the hardware and the operating system, and
 * licences are never in it; secrets only with a password.
 */
export function collectSetup(device: Device, options: CreateOptions): SetupContent {
  const { state } = device
  const parts: Readonly<Record<string, Part>> = {
    packageManagement: packageManagement(device, options),
    configurations: configurations(device, options),
    certificateManagement: certificateManagement(device, options),
    identityManagement: identityManagement(device, options),
    apps: appSettings(device, options),
    system:
      options.levelOf('system') === 'none' ? nothing : { value: { hostname: state.hostname }, files: [] },
  }
  const settings = settingsSections
    .filter((section) => options.levelOf(section) !== 'none')
    .map((section) => [section, state.settings[section]])
  const values = Object.entries(parts).flatMap(([name, { value }]) =>
    value === undefined ? [] : [[name, value]],
  )
  return {
    document: {
      $schema: schemaId,
      $name: `${state.hostname} backup`,
      $version: 'v1',
      ...(options.password === undefined ? {} : { $passwordHash: hashPassword(options.password) }),
      typePlate: printedTypePlate(device),
      systemInfo: printedSystemInfo(device),
      ...(Object.fromEntries([...settings, ...values]) as Readonly<Record<string, unknown>>),
    },
    files: Object.values(parts).flatMap(({ files }) => files),
  }
}

function packageManagement(device: Device, options: CreateOptions): Part {
  const files: ArchiveFile[] = []
  const installed: [string, unknown][] = []
  if (options.levelOf('packageManagement') === 'none') return nothing
  for (const app of device.state.apps) {
    const level = options.levelOf('packageManagement', 'installedApps', app.name)
    if (level === 'none' || !app.enabled || isHardwareSpecific(app)) continue
    if (app.file === undefined && !device.profile.listsSystemApps) continue
    const name = `packageManagement/installedApps/${app.name}-${app.version}.app`
    const carried = level === 'files' && app.file !== undefined
    if (carried) files.push({ name, path: join(device.folders.apps, app.file) })
    installed.push([app.name, printedApp(app, carried ? `/${name}` : undefined)])
  }
  const { allowUnknownApps } = device.state.packageSettings
  return { value: { allowUnknownApps, installedApps: Object.fromEntries(installed) }, files }
}

function printedApp(app: AppState, path: string | undefined): Readonly<Record<string, unknown>> {
  return {
    version: app.version,
    appType: app.appType,
    title: app.title,
    description: app.description,
    vendor: app.vendor,
    size: app.sizeBytes,
    ...(path === undefined ? {} : { $path: path }),
  }
}

function configurations(device: Device, options: CreateOptions): Part {
  const { activeConfiguration, archivedConfigurations } = device.folders
  const files: ArchiveFile[] = []
  const take = (folder: string, prefix: string): string => {
    for (const path of listFiles(folder)) files.push({ name: `${prefix}/${path}`, path: join(folder, path) })
    return `/${prefix}`
  }
  const active = options.levelOf('configurations', 'active')
  const archives = readdirSync(archivedConfigurations)
    .toSorted()
    .map((name) => ({ name, level: options.levelOf('configurations', 'archive', name) }))
    .filter(({ level }) => level !== 'none')
  if (active === 'none' && archives.length === 0) return nothing
  const archive = archives.map(({ name, level }) => [
    name,
    level === 'files'
      ? { $path: take(join(archivedConfigurations, name), `configurations/archive/${name}`) }
      : {},
  ])
  const activeValue = {
    name: device.state.activeConfiguration,
    ...(active === 'files' ? { $path: take(activeConfiguration, 'configurations/active') } : {}),
  }
  return {
    value: {
      ...(active === 'none' ? {} : { active: activeValue }),
      ...(archive.length === 0 ? {} : { archive: Object.fromEntries(archive) as unknown }),
    },
    files,
  }
}

/** Keys are secrets: without a password they stay out, with one they are encrypted. */
function certificateManagement(device: Device, options: CreateOptions): Part {
  const level = options.levelOf('certificateManagement')
  if (level === 'none') return nothing
  const applications: Record<string, Record<string, Record<string, Record<string, unknown>>>> = {}
  const files: ArchiveFile[] = []
  for (const path of listFiles(device.folders.certificates)) {
    const [application, kind, store, file] = path.split('/')
    if (application === undefined || kind === undefined || store === undefined || file === undefined) continue
    const isSecret = kind === 'keys'
    if (isSecret && options.password === undefined) continue
    const name = `certificateManagement/${path}${isSecret ? '.aes' : ''}`
    if (level === 'files')
      files.push(certificateFile(join(device.folders.certificates, path), name, options, isSecret))
    const entry = level === 'files' ? { $path: `/${name}` } : {}
    const stores = ((applications[application] ??= {})[kind] ??= {})
    ;(stores[store] ??= {})[file] = entry
  }
  return { value: { applications }, files }
}

function certificateFile(path: string, name: string, options: CreateOptions, isSecret: boolean): ArchiveFile {
  if (!isSecret || options.password === undefined) return { name, path }
  return { name, bytes: encrypt(readFileSync(path), options.password) }
}

function identityManagement({ state }: Device, options: CreateOptions): Part {
  if (options.levelOf('identityManagement') === 'none') return nothing
  const printed = (user: UserState): Readonly<Record<string, unknown>> => ({
    enabled: user.enabled,
    forcePasswordChange: user.forcePasswordChange,
    groups: user.groups,
    permissions: user.permissions,
    ...(options.password === undefined || user.passwordHash === undefined
      ? {}
      : { passwordHash: user.passwordHash }),
  })
  return {
    value: {
      groups: { admin: { permissions: ['rexroth-device.all.rwx'] } },
      users: Object.fromEntries(state.users.map((user) => [user.name, printed(user)])),
    },
    files: [],
  }
}

/** One app keeps an encrypted settings file, the kind that exists only with a password. */
function appSettings(device: Device, options: CreateOptions): Part {
  const owner = device.state.apps.find((app) => app.name === 'rexroth-node-red' && app.enabled)
  if (owner === undefined || options.password === undefined || options.levelOf('apps') !== 'files')
    return nothing
  const name = `apps/${owner.name}/settings/credentials.bin.aes`
  const bytes = encrypt(Buffer.from('practice credentials\n'), options.password)
  return {
    value: { [owner.name]: { settings: { credentials: { $path: `/${name}` } } } },
    files: [{ name, bytes }],
  }
}

/** The schema wants every value of these two as text, under names that differ from those of the interface. */
function printedTypePlate(device: Device): Readonly<Record<string, string>> {
  const plate = typePlateOf({ device })
  const common = {
    Manufacturer: plate.manufacturer,
    SerialNumber: plate.serialNumber,
    StoreBrandId: plate.storeBrandId,
    StoreModelId: plate.storeModelId,
    StoreSerialId: plate.storeSerialId,
  }
  if (plate.typePlateType === 'generic') {
    return { ...common, ProductName: plate.productName, TypeCode: plate.sku, Version: plate.version }
  }
  return {
    ...common,
    MaterialIndex: plate.materialIndex,
    MaterialNumber: plate.materialNumber,
    ProductName: 'ctrlX CORE',
    TypeCode: plate.typeCode,
  }
}

function printedSystemInfo({ model, profile, state }: Device): Readonly<Record<string, string>> {
  return {
    Architecture: model.architecture,
    MacAddress: state.identity.macAddresses[0] ?? '',
    OperatingSystem: profile.operatingSystem,
    OsVersion: profile.osVersion,
    Virtualized: String(model.isVirtual),
  }
}
