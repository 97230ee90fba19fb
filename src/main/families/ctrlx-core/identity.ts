import { FailureError } from '../../../shared/failure.ts'
import { fact, type App, type Fact, type Identity } from '../../../shared/model/identity.ts'
import type { CtrlxClient } from './client.ts'
import {
  architectureOf,
  architectureOfModel,
  kindOfApp,
  majorMinor,
  meaningful,
  modelOf,
  systemVersionOfApps,
} from './hardware.ts'
import { readOperatingState } from './operating-state.ts'
import {
  readMedia,
  readPackages,
  readSystemInfo,
  readTypePlate,
  type Medium,
  type Package,
  type SystemInfo,
  type TypePlate,
} from './system-api.ts'

/**
 * Reads what the device says of itself, all over one connection. Facts that an older device does not tell, or
 * keeps from this login, are absent.
 * @throws FailureError `wrong-family` where nothing at all is told, and those of `CtrlxClient.read`
 */
export async function readIdentity(client: CtrlxClient, signal: AbortSignal): Promise<Identity> {
  const info = await readSystemInfo(client, signal)
  const plate = await readTypePlate(client, signal)
  const packages = await readPackages(client, signal)
  const media = await readMedia(client, signal)
  const operatingState = await readOperatingState(client, signal)
  if (!info && !plate && !packages) {
    const { address } = client
    const detail = 'it tells nothing of a ctrlX device'
    throw new FailureError({ code: 'wrong-family', address, family: 'ctrlx-core', detail })
  }
  return toIdentity({ info, plate, packages, media, operatingState, rights: client.rights }, new Date())
}

/** What an identity is made of. */
export interface Readings {
  readonly info: SystemInfo | undefined
  readonly plate: TypePlate | undefined
  readonly packages: readonly Package[] | undefined
  readonly media: readonly Medium[] | undefined
  readonly operatingState: string | undefined
  readonly rights: readonly string[] | undefined
}

/** Turns answers into facts. Pure. */
export function toIdentity(readings: Readings, at: Date): Identity {
  const { info, plate, packages, media, rights } = readings
  const readAt = at.toISOString()
  const probed = <T>(value: T): Fact<T> => fact(value, 'probed', readAt)
  const apps = packages && appsOf(packages)
  const free = media && freeBytesOf(media)
  const model = modelOf({
    storeModelId: plate?.storeModelId,
    typeCode: plate?.typeCode,
    hardwareRevision: plate?.hardwareRevision,
    productName: plate?.productName,
    virtualized: info?.virtualized,
  })
  const texts = {
    model,
    architecture: architectureOf(info?.architecture) ?? (model && architectureOfModel(model)),
    systemVersion: systemVersionOf(info, apps),
    serial: meaningful(plate?.serialNumber) ?? meaningful(plate?.storeSerialId),
    hostname: meaningful(info?.hostname),
    operatingSystem: meaningful(info?.operatingSystem),
    operatingState: meaningful(readings.operatingState),
  }
  const known = Object.entries(texts).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, probed(value)] as const],
  )
  return {
    family: 'ctrlx-core',
    readAt,
    ...Object.fromEntries(known),
    ...(apps && { apps: probed(apps) }),
    ...(rights && { rights: probed(rights) }),
    ...(free !== undefined && { freeBytes: probed(free) }),
  }
}

/**
 * The device's own word where it has one (4.x). It says `undefined.` where its system apps differ, as after an update
 * that broke off: then there is none, whatever the apps that are looked at on older devices say.
 */
function systemVersionOf(info: SystemInfo | undefined, apps: readonly App[] | undefined): string | undefined {
  const told = info?.ctrlxOsVersion?.trim() ?? ''
  return told === '' ? apps && systemVersionOfApps(apps) : majorMinor(told)
}

/** Installed apps by name; what has no version is not one that could be compared. */
export function appsOf(packages: readonly Package[]): readonly App[] {
  return packages
    .filter(({ installed }) => installed !== false)
    .flatMap(({ name, title, appType, required, enabled, release }): readonly App[] =>
      release === undefined
        ? []
        : [
            {
              name,
              version: release.version,
              kind: kindOfApp(name, appType, required),
              enabled: enabled ?? true,
              ...(meaningful(title) !== undefined && { title }),
            },
          ],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Free room on the device's own storage; of several the smallest, because it is not told which one is used. */
function freeBytesOf(media: readonly Medium[]): number | undefined {
  const free = media.flatMap(({ internal, filesystemSize, size, used }) => {
    const whole = filesystemSize ?? size
    return internal === true && whole !== undefined && used !== undefined ? [Math.max(0, whole - used)] : []
  })
  return free.length === 0 ? undefined : Math.min(...free)
}

/** Names of storage that is not the device's own: it is in no backup. */
export function externalMediaOf(media: readonly Medium[]): readonly string[] {
  return media.filter(({ internal }) => internal !== true).map(({ label, uuid }) => meaningful(label) ?? uuid)
}
