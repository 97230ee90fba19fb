import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelId } from './ctrlx-core/models.ts'
import type { ProfileId } from './ctrlx-core/profiles.ts'
import { startCtrlxCore } from './ctrlx-core/start-ctrlx-core.ts'
import type { EditionId } from './deviceon-server/options.ts'
import { startDeviceOnServer } from './deviceon-server/start-deviceon-server.ts'
import { startEndpointProtector } from './endpoint-protector/start-endpoint-protector.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import type { HostModelId } from './linux-host/models.ts'
import { startLinuxHost } from './linux-host/start-linux-host.ts'
import type { PracticeDevice } from './practice-device.ts'

/** One device of a fleet. Its name is also the name of its folder. */
export type FleetDevice =
  | {
      readonly family: 'ctrlx-core'
      readonly name: string
      readonly model: ModelId
      readonly profile: ProfileId
    }
  | { readonly family: 'linux-host'; readonly name: string; readonly model: HostModelId }
  | {
      readonly family: 'deviceon-server'
      readonly name: string
      readonly edition: EditionId
      readonly version: string
    }
  | {
      readonly family: 'endpoint-protector'
      readonly name: string
      readonly version: string
      readonly host: string
      /** Empty for an image that was just deployed. */
      readonly content: 'working' | 'empty'
      /** The device before it in the fleet whose address it is to take over one day, so it wants the same port. */
      readonly replaces?: string
    }

/** How one running device of the fleet is reached. */
export interface FleetItem {
  readonly name: string
  readonly family: string
  readonly address: string
  readonly fingerprint: string
  readonly user: string
  readonly password: string
  /** What a person has to state of a device of this family, by the fact's name. */
  readonly facts?: Readonly<Record<string, string>>
}

/** Simulated devices that run side by side until they are stopped. */
export interface Fleet extends AsyncDisposable {
  readonly items: readonly FleetItem[]
  /** The same devices in the same order, with their own handles. */
  readonly devices: readonly PracticeDevice[]
  stop(): Promise<void>
}

export interface FleetOptions {
  /** Keeps the devices, their addresses and the password of all of them. */
  readonly folder: string
  readonly devices?: readonly FleetDevice[]
  /** How long one step of a device's task takes; slow enough to be watched unless told otherwise. */
  readonly stepMs?: number
}

/**
 * One of each model, two pairs that a restore must not mix up (other hardware, other system version), two servers
 * of one version, and an appliance with the one that is to replace it.
 */
export const defaultFleet: readonly FleetDevice[] = [
  { family: 'ctrlx-core', name: 'PRESS-7', model: 'X3', profile: '4.6' },
  { family: 'ctrlx-core', name: 'PRESS-8', model: 'X7', profile: '4.6' },
  { family: 'ctrlx-core', name: 'PRESS-9', model: 'X7', profile: '4.4' },
  { family: 'ctrlx-core', name: 'OFFICE-TWIN', model: 'virtual', profile: '4.6' },
  { family: 'linux-host', name: 'PACKER-2', model: 'revpi' },
  { family: 'deviceon-server', name: 'PLANT-DEVICEON', edition: 'windows', version: '5.3.12' },
  { family: 'deviceon-server', name: 'PLANT-DEVICEON-2', edition: 'windows', version: '5.3.12' },
  {
    family: 'endpoint-protector',
    name: 'EPP-OLD',
    version: '5.9.4.2',
    host: '127.0.0.2',
    content: 'working',
  },
  {
    family: 'endpoint-protector',
    name: 'EPP-NEW',
    version: '2604.0.1.0',
    host: '127.0.0.3',
    content: 'empty',
    replaces: 'EPP-OLD',
  },
]

interface FleetMemory {
  readonly format: 1
  readonly password: string
  readonly ports: Readonly<Record<string, number>>
}

const memoryFile = 'fleet.json'
const firstLoopback = '127.0.0.1'
const users: Readonly<Record<FleetDevice['family'], string>> = {
  'ctrlx-core': 'boschrexroth',
  'linux-host': 'root',
  'deviceon-server': 'deviceon',
  'endpoint-protector': 'root',
}

/**
 * Starts a fleet on loopback. The system gives each device a port at its first start; later starts on the same
 * folder use the same ports again, so addresses and fingerprints stay, unless someone else has taken a port.
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { folder, devices = defaultFleet } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const memory = remember(folder)
  const running: PracticeDevice[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(running.map(async (device) => device.stop()))
  }
  try {
    for (const device of devices) {
      const port = portOfReplaced(device, running) ?? memory.ports[device.name] ?? 0
      running.push(await startAt(port, device, { options, memory }))
    }
  } catch (cause) {
    await stop()
    throw cause
  }
  const ports = running.map(({ name, address }) => [name, Number(new URL(address).port)] as const)
  writeJsonFile(join(folder, memoryFile), {
    ...memory,
    ports: { ...memory.ports, ...Object.fromEntries(ports) },
  })
  const items = running.map(({ name, address, fingerprint, facts }, index): FleetItem => {
    const device = devices[index]
    const family = device?.family ?? 'ctrlx-core'
    const reached = { name, family, address, fingerprint, user: users[family], password: memory.password }
    if (device?.family === 'endpoint-protector') return { ...reached, facts: { version: device.version } }
    return facts === undefined ? reached : { ...reached, facts }
  })
  return { items, devices: running, stop, [Symbol.asyncDispose]: stop }
}

/** A fleet's password is made once: long, and within the vendor's rules. */
function remember(folder: string): FleetMemory {
  const value = readJsonFile(join(folder, memoryFile))
  if (value === undefined) {
    return { format: 1, password: `Practice-${randomBytes(9).toString('hex')}-7`, ports: {} }
  }
  // Written by this program alone; the format number is what tells an older or newer one.
  const memory = value as FleetMemory
  if ((memory as { format?: unknown }).format !== 1) throw new Error(`${memoryFile} has an unknown format`)
  return memory
}

function portOfReplaced(device: FleetDevice, running: readonly PracticeDevice[]): number | undefined {
  if (device.family !== 'endpoint-protector') return undefined
  const replaced = running.find(({ name }) => name === device.replaces)
  return replaced === undefined ? undefined : Number(new URL(replaced.address).port)
}

/** At this port, or at one that the system gives when someone else has taken it. */
async function startAt(
  port: number,
  device: FleetDevice,
  { options, memory }: { readonly options: FleetOptions; readonly memory: FleetMemory },
): Promise<PracticeDevice> {
  try {
    return await start(device, options, { port, password: memory.password })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    // Some systems have no loopback address beside the first one: there the ports tell the appliances apart.
    if (code === 'EADDRNOTAVAIL' && device.family === 'endpoint-protector' && device.host !== firstLoopback) {
      return startAt(0, { ...device, host: firstLoopback }, { options, memory })
    }
    if (port === 0 || code !== 'EADDRINUSE') throw cause
    return start(device, options, { port: 0, password: memory.password })
  }
}

async function start(
  device: FleetDevice,
  options: FleetOptions,
  reach: { readonly port: number; readonly password: string },
): Promise<PracticeDevice> {
  const { name, family } = device
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) throw new Error(`'${name}' is no name for a practice device`)
  const folder = join(options.folder, name)
  const common = {
    folder,
    name,
    port: reach.port,
    credentials: { user: users[family], password: reach.password },
  }
  switch (device.family) {
    case 'ctrlx-core': {
      const { model, profile } = device
      // Hurried fleets are for tests; everybody else sees a restart last long enough to be noticed.
      const rebootWindows = options.stepMs === undefined ? { refusedMs: 2_000, gatewayMs: 1_500 } : undefined
      const pace = { stepMs: options.stepMs ?? 150, ...(rebootWindows && { rebootWindows }) }
      return startCtrlxCore({ ...common, model, profile, ...pace })
    }
    case 'linux-host':
      return startLinuxHost({ ...common, model: device.model })
    case 'deviceon-server': {
      const { edition, version } = device
      return startDeviceOnServer({ ...common, edition, version, stepMs: options.stepMs ?? 1_000 })
    }
    case 'endpoint-protector': {
      const { version, host, content } = device
      return startEndpointProtector({
        ...common,
        version,
        host,
        content,
        stepMs: options.stepMs ?? 2_000,
      })
    }
  }
}
