import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadCertificate } from '../certificate.ts'
import type { LoggedEvent, PracticeDevice } from '../practice-device.ts'
import { openWitness } from '../witness.ts'
import { Appliance } from './appliance.ts'
import { beginBackup, confirmKey, readBackup } from './backups.ts'
import type { CarriedContent } from './content.ts'
import { carriedContentOf } from './content.ts'
import { makeState } from './factory.ts'
import type { Fault } from './faults.ts'
import type { EndpointProtectorOptions } from './options.ts'
import type { PushOptions, PushedFile } from './push.ts'
import { pushBackup } from './push.ts'
import { ApplianceServer } from './server.ts'
import type { ApplianceState, Disk, Licence } from './state.ts'
import { readApplianceState, writeApplianceState } from './state.ts'
import { isVersion } from './version.ts'

/** A System Backup v2 as a person takes it away: the file and, apart from it, its key. */
export interface TakenBackup {
  readonly id: string
  readonly fileName: string
  readonly bytes: Buffer
  readonly key: string
}

/** A simulated Endpoint Protector appliance at work, with the handles that a test or a rehearsal needs. */
export interface EndpointProtector extends PracticeDevice {
  readonly family: 'endpoint-protector'
  readonly folder: string
  readonly version: string
  /** The address set at the VM's console, without the port. */
  readonly host: string
  /** What the appliance did by itself and what changed it, in the order of `sequence`. */
  events(): readonly LoggedEvent[]
  /** What a migration can change, read from the state; the oracle for "old or new". */
  content(): CarriedContent
  licence(): Licence
  disk(): Disk
  hasClientCommunication(): boolean
  /** How many of the computers have talked to this appliance, and how many it knows. */
  lastSeen(): { readonly seen: number; readonly known: number }
  /** Lays a fault in wait and answers how to take it back. */
  inject(fault: Fault): () => void
  clearFaults(): void
  /** Makes a System Backup v2 as a person at the console does, and downloads it. */
  takeBackup(backup: { readonly name: string; readonly description?: string }): Promise<TakenBackup>
  /** Puts a backup into the folder of the external storage. Throws when there is none. */
  pushTo(folder: string, options?: PushOptions): PushedFile
  /** Switches the VM off: whatever was running stops where it is. */
  powerOff(): Promise<void>
  powerOn(): Promise<void>
  /** Sets this address at the VM's console. Rejects with `EADDRINUSE` while another appliance answers there. */
  moveTo(host: string): Promise<void>
  /** Every client calls the address that it was installed for; answers the computers that got through. */
  clientsCall(host: string): readonly string[]
  setDisk(disk: Disk): void
  /** Changes the state behind everybody's back: a patch, a licence, a new policy. */
  edit(change: (state: ApplianceState) => Partial<ApplianceState>): void
}

/**
 * Starts a simulated appliance that keeps everything in `options.folder`: its certificate, its state, its backups
 * and the record of requests. Started again on the same folder it is the same appliance.
 */
export async function startEndpointProtector(options: EndpointProtectorOptions): Promise<EndpointProtector> {
  if (!isVersion(options.version)) throw new Error(`'${options.version}' is no version of an appliance`)
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const certificate = await loadCertificate(options.folder, options.name)
  const state = readApplianceState(options.folder) ?? makeState(options)
  writeApplianceState(options.folder, state)
  const witness = openWitness(join(options.folder, 'requests.ndjson'), options.clock ?? Date.now)
  const appliance = new Appliance(options, { state, certificate, witness })
  appliance.regainPower()
  const server = await ApplianceServer.start(appliance).catch((cause: unknown) => {
    witness.close()
    throw cause
  })
  return controls(appliance, server)
}

function controls(appliance: Appliance, server: ApplianceServer): EndpointProtector {
  let stopped: Promise<void> | undefined
  const stop = async (): Promise<void> => {
    await appliance.losePower()
    await server.close()
    await server.idle()
    appliance.witness.close()
  }
  return {
    name: appliance.options.name,
    family: 'endpoint-protector',
    folder: appliance.options.folder,
    get address() {
      return server.address
    },
    get fingerprint() {
      return appliance.certificate.fingerprint
    },
    get version() {
      return appliance.state.version
    },
    get host() {
      return appliance.host
    },
    log: () => appliance.witness.requests(),
    events: () => appliance.witness.events(),
    content: () => carriedContentOf(appliance.state.content),
    licence: () => appliance.state.licence,
    disk: () => appliance.state.disk,
    hasClientCommunication: () => appliance.state.clientCommunication,
    lastSeen: () => ({
      seen: Object.keys(appliance.state.lastSeen).length,
      known: appliance.state.content.entities.computers.length,
    }),
    inject: (fault) => appliance.faults.inject(fault),
    clearFaults: () => appliance.faults.clear(),
    takeBackup: async (backup) => takeBackup(appliance, backup),
    pushTo: (folder, options) => pushBackup(appliance, folder, options),
    powerOff: async () => powerOff(appliance, server),
    powerOn: async () => {
      if (server.isListening) return
      appliance.regainPower()
      await server.listen()
      appliance.witness.event('power-on', { address: server.address })
    },
    moveTo: async (host) => moveTo(appliance, server, host),
    clientsCall: (host) => (server.isListening && host === appliance.host ? receiveClients(appliance) : []),
    setDisk: (disk) => appliance.change({ disk }),
    edit: (change) => appliance.change(change(appliance.state)),
    stop: async () => (stopped ??= stop()),
    [Symbol.asyncDispose]: async () => (stopped ??= stop()),
  }
}

async function takeBackup(
  appliance: Appliance,
  { name, description = '' }: { readonly name: string; readonly description?: string },
): Promise<TakenBackup> {
  const { id, key } = beginBackup(appliance, { name, description })
  await confirmKey(appliance, id)
  return { id, key, ...readBackup(appliance, id) }
}

async function powerOff(appliance: Appliance, server: ApplianceServer): Promise<void> {
  if (appliance.faults.condition('survives-power-off') !== undefined) {
    appliance.witness.event('power-off-without-effect')
    return
  }
  await appliance.losePower()
  await server.close()
  await server.idle()
  appliance.witness.event('power-off')
}

async function moveTo(appliance: Appliance, server: ApplianceServer, host: string): Promise<void> {
  const { host: before } = appliance.state
  const wasListening = server.isListening
  await server.close()
  appliance.change({ host })
  try {
    if (wasListening) await server.listen()
  } catch (cause) {
    // Another appliance has the address: this one stays where it was.
    appliance.change({ host: before })
    await server.listen()
    throw cause
  }
  appliance.witness.event('moved', { host })
}

function receiveClients(appliance: Appliance): readonly string[] {
  const { clientCommunication, content } = appliance.state
  if (!clientCommunication) return []
  const names = content.entities.computers.map(({ name }) => name)
  appliance.change({ lastSeen: Object.fromEntries(names.map((name) => [name, appliance.now()])) })
  return names
}
