import { z } from '../../../shared/schema.ts'
import type { App } from '../../../shared/model/identity.ts'
import { architectureOf, kindOfApp, meaningful, modelOf, systemVersionOfApps } from './hardware.ts'

const word = z.string().max(1000)
const plateSchema = z.looseObject({
  ProductName: word.optional(),
  SerialNumber: word.optional(),
  StoreModelId: word.optional(),
  StoreSerialId: word.optional(),
  TypeCode: word.optional(),
})
const systemInfoSchema = z.looseObject({
  Architecture: word.optional(),
  OperatingSystem: word.optional(),
  OsVersion: word.optional(),
  Virtualized: z.union([word, z.boolean()]).optional(),
})
const appSchema = z.looseObject({
  version: word,
  appType: word.optional(),
  title: word.optional(),
  $path: z.string().max(4096).optional(),
})
const setupSchema = z.looseObject({
  $passwordHash: z.string().max(10_000).optional(),
  $forceReboot: z.boolean().optional(),
  typePlate: plateSchema.nullish(),
  systemInfo: systemInfoSchema.nullish(),
  packageManagement: z
    .looseObject({ installedApps: z.record(z.string().max(200), appSchema.nullable()).nullish() })
    .nullish(),
  system: z.looseObject({ hostname: word.nullish() }).nullish(),
})

/** An app as a setup file lists it. */
export interface SetupApp {
  readonly name: string
  readonly version: string
  readonly title: string | undefined
  readonly kind: App['kind']
  /** True where the file holds the app itself and not only its name. */
  readonly isContained: boolean
}

/** What a setup file (`ctrlx-setup.json`, or the answer of `/setupinfo`) says, in Ferrite's words. Untrusted text throughout. */
export interface SetupFile {
  readonly model: string | undefined
  readonly architecture: string | undefined
  readonly serial: string | undefined
  readonly hostname: string | undefined
  readonly operatingSystem: string | undefined
  /** Major and minor, from the system apps it lists. */
  readonly systemVersion: string | undefined
  /** Absent where the file says nothing about apps. */
  readonly apps: readonly SetupApp[] | undefined
  /** True where secrets inside need a password; the device checks it before it applies anything. */
  readonly needsPassword: boolean
  readonly forcesReboot: boolean
  /** The whole document, for comparisons. */
  readonly document: Readonly<Record<string, unknown>>
}

/** Reads the JSON part of a backup; `undefined` where the value is not one. Source: the vendor's `setup.v1.schema.json`. */
export function parseSetupFile(value: unknown): SetupFile | undefined {
  const parsed = setupSchema.safeParse(value)
  if (!parsed.success) return undefined
  const document = parsed.data
  if (!Object.keys(document).some((key) => sections.has(key))) return undefined
  const plate = document.typePlate ?? {}
  const info = document.systemInfo ?? {}
  const apps = readApps(document.packageManagement?.installedApps ?? undefined)
  return {
    model: modelOf({
      storeModelId: plate.StoreModelId,
      typeCode: plate.TypeCode,
      productName: plate.ProductName,
      virtualized: String(info.Virtualized ?? '').toLowerCase() === 'true',
    }),
    architecture: architectureOf(info.Architecture),
    serial: meaningful(plate.SerialNumber) ?? meaningful(plate.StoreSerialId),
    hostname: meaningful(document.system?.hostname ?? undefined),
    operatingSystem: operatingSystem(info),
    systemVersion: apps && systemVersionOfApps(apps),
    apps,
    needsPassword: (document.$passwordHash ?? '') !== '',
    forcesReboot: document.$forceReboot === true,
    document,
  }
}

/** The top-level elements of the format. A document without any of them is some other JSON. */
const sections: ReadonlySet<string> = new Set([
  'apps',
  'certificateManagement',
  'configurations',
  'connectivity',
  'dateTime',
  'hosts',
  'identityManagement',
  'licenseManagement',
  'packageManagement',
  'proxy',
  'ssh',
  'storage',
  'system',
  'systemInfo',
  'typePlate',
])

function readApps(
  listed: Readonly<Record<string, z.infer<typeof appSchema> | null>> | undefined,
): readonly SetupApp[] | undefined {
  if (listed === undefined) return undefined
  // null marks an app that the file wants removed.
  return Object.entries(listed).flatMap(([name, app]) =>
    app === null
      ? []
      : [
          {
            name,
            version: app.version,
            title: app.title,
            kind: kindOfApp(name, app.appType),
            isContained: app.$path !== undefined,
          },
        ],
  )
}

function operatingSystem(info: z.infer<typeof systemInfoSchema>): string | undefined {
  const name = meaningful(info.OperatingSystem)
  const version = meaningful(info.OsVersion)
  return name === undefined || version === undefined || name.includes(version) ? name : `${name} ${version}`
}
