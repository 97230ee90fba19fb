import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Validity } from '../certificate.ts'
import type { LoggedEvent, PracticeDevice } from '../practice-device.ts'
import { openWitness } from '../witness.ts'
import { contentOf } from './content.ts'
import type { DeviceContent } from './content.ts'
import type { DeviceState } from './device-state.ts'
import { readDeviceState, writeDeviceState } from './device-state.ts'
import { Device } from './device.ts'
import { makeDevice } from './factory.ts'
import type { Fault } from './faults.ts'
import type { Folders } from './folders.ts'
import { foldersIn, makeFolders } from './folders.ts'
import type { HardwareIdentity } from './models.ts'
import { models } from './models.ts'
import type { CtrlxCoreOptions } from './options.ts'
import type { ProfileId } from './profiles.ts'
import { profiles } from './profiles.ts'
import { DeviceServer } from './server.ts'
import { systemApps } from './system-apps.ts'

/** A simulated ctrlX CORE at work, with the handles that a test or a rehearsal needs. */
export interface CtrlxCore extends PracticeDevice {
  readonly family: 'ctrlx-core'
  readonly folder: string
  readonly serialNumber: string
  /** What the device did by itself and what changed it, in the order of `sequence`. */
  events(): readonly LoggedEvent[]
  /** What the device is made of now, read from its disk; the oracle for "old, new or half". */
  content(): DeviceContent
  /** Lays a fault in wait and answers how to take it back. */
  inject(fault: Fault): () => void
  clearFaults(): void
  /** Goes down and comes back as after `POST /system/api/v1/tasks`. Settles when it answers again. */
  reboot(): Promise<void>
  /** Cuts the power: running tasks stop where they are. */
  powerOff(): Promise<void>
  powerOn(): Promise<void>
  /** Shows a new certificate on the same port from now on, and answers its fingerprint. */
  renewCertificate(validity?: Validity): Promise<string>
  /** Another device sits at this address from now on: other serial number, other identity, same content. */
  becomeAnother(identity: Partial<HardwareIdentity> & Pick<HardwareIdentity, 'serialNumber'>): void
  /** The system apps are now those of another release. */
  changeVersion(profile: ProfileId): void
  setFreeBytes(bytes: number): void
  /** Changes the state behind the client's back, as a person at the device would. */
  edit(change: (state: DeviceState) => Partial<DeviceState>): void
}

/**
 * Starts a simulated ctrlX CORE that keeps everything in `options.folder`: its certificate, its state, its
 * files and the record of requests. Started again on the same folder it is the same device.
 */
export async function startCtrlxCore(options: CtrlxCoreOptions): Promise<CtrlxCore> {
  const folders = foldersIn(options.folder)
  rmSync(folders.temporary, { recursive: true, force: true })
  makeFolders(folders)
  const state = readDeviceState(folders.root) ?? (await makeState(folders, options))
  writeDeviceState(folders.root, state)
  const witness = openWitness(join(folders.root, 'requests.ndjson'), options.clock ?? Date.now)
  const device = new Device(folders, options, { state, witness })
  device.regainPower()
  const server = await DeviceServer.start(device).catch((cause: unknown) => {
    witness.close()
    throw cause
  })
  device.reboot = async () => server.reboot()
  return controls(device, server)
}

async function makeState(folders: Folders, options: CtrlxCoreOptions): Promise<DeviceState> {
  const { user, password } = options.credentials
  return makeDevice(folders, {
    profile: profiles[options.profile],
    model: models[options.model],
    name: options.name,
    users: options.isFresh === true ? undefined : [{ user, password }, ...(options.users ?? [])],
    payloadBytes: options.payloadBytes ?? 0,
  })
}

function controls(device: Device, server: DeviceServer): CtrlxCore {
  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    await server.stop()
    await device.losePower()
    device.witness.close()
  }
  return {
    name: device.options.name,
    family: 'ctrlx-core',
    folder: device.folders.root,
    get address() {
      return server.address
    },
    get fingerprint() {
      return server.fingerprint
    },
    get serialNumber() {
      return device.state.identity.serialNumber
    },
    log: () => device.witness.requests(),
    events: () => device.witness.events(),
    content: () => contentOf(device),
    inject: (fault) => device.faults.inject(fault),
    clearFaults: () => device.faults.clear(),
    reboot: async () => server.reboot(),
    powerOff: async () => {
      await server.close()
      await device.losePower()
    },
    powerOn: async () => {
      device.regainPower()
      await server.listen()
    },
    renewCertificate: async (validity) => server.renewCertificate(validity),
    becomeAnother: (identity) => {
      device.change({ identity: { ...device.state.identity, ...identity } })
      device.sessions.clear()
    },
    changeVersion: (profile) => {
      const userApps = device.state.apps.filter(({ required }) => !required)
      device.change({ profile, apps: [...systemApps(device.model, profiles[profile]), ...userApps] })
    },
    setFreeBytes: (bytes) => {
      device.freeBytes = bytes
    },
    edit: (change) => device.change(change(device.state)),
    stop: async () => (stopped ??= stop()),
    [Symbol.asyncDispose]: async () => (stopped ??= stop()),
  }
}
