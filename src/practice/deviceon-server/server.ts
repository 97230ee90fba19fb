import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LaidFaults } from '../ssh/laid-faults.ts'
import type { Witness } from '../witness.ts'
import { ServerDisk } from './disk.ts'
import type { Edition } from './editions.ts'
import { editions } from './editions.ts'
import type { ServerFault } from './faults.ts'
import type { DeviceOnServerOptions, PortalCondition } from './options.ts'
import { keyFor } from './sealing.ts'
import type { ServerState } from './server-state.ts'
import {
  endorsementKeyHashFor,
  machineIdFor,
  macAddressFor,
  saveState,
  tpmSecretFor,
} from './server-state.ts'

/** One practised server: its files, its data, what goes wrong with it. SSH and HTTP only carry its bytes. */
export class Server {
  readonly options: DeviceOnServerOptions
  readonly witness: Witness
  readonly disk: ServerDisk
  readonly edition: Edition
  readonly clock: () => number
  readonly faults = new LaidFaults<ServerFault>()
  portal: PortalCondition = 'up'
  /** While the recovery tool is at work the services are stopped, the portal among them. */
  isRestoring = false
  #state: ServerState
  #isSwapped = false
  readonly #work = new Set<Promise<unknown>>()

  constructor(options: DeviceOnServerOptions, state: ServerState, witness: Witness) {
    this.options = options
    this.witness = witness
    this.clock = options.clock ?? Date.now
    this.edition = editions[state.edition]
    this.disk = new ServerDisk(options.folder, state.edition)
    this.#state = state
  }

  get state(): ServerState {
    return this.#state
  }

  /** On the disk before it returns. */
  change(part: Partial<ServerState>): void {
    this.#state = { ...this.#state, ...part }
    saveState(this.options.folder, this.#state)
  }

  /** The name of the machine now: another one after a swap. */
  get #machine(): string {
    return this.#isSwapped ? 'SPARE-PART' : this.options.name
  }

  /** In capitals on Windows, in small letters on Linux. */
  get hostname(): string {
    const name = this.#machine.replaceAll(/[^A-Za-z0-9-]/g, '-')
    return this.edition.id === 'windows' ? name.toUpperCase() : name.toLowerCase()
  }

  /** On Windows the machine GUID with its hyphens, on Linux the content of `/etc/machine-id`. */
  get machineId(): string {
    const id = machineIdFor(this.#machine)
    if (this.edition.id === 'ubuntu') return id
    return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-')
  }

  get macAddress(): string {
    return macAddressFor(this.#machine)
  }

  get hasTpm(): boolean {
    return this.#state.tpm !== 'absent'
  }

  get endorsementKeyHash(): string {
    return endorsementKeyHashFor(this.#machine)
  }

  /** What DeviceOn encrypts backups with, where it was told to. */
  get tpmKey(): Buffer | undefined {
    return this.#state.tpm === 'used' ? keyFor(tpmSecretFor(this.#machine)) : undefined
  }

  get diskBytes(): number {
    return this.options.diskBytes ?? 64 * 1024 ** 3
  }

  /** Free bytes of the drive that holds this path. */
  freeBytes(path: string): number {
    return Math.max(0, this.diskBytes - this.disk.usedBytes(this.disk.known(path)))
  }

  /** A folder for files that are not on the server's disk. */
  get workFolder(): string {
    const folder = join(this.options.folder, 'work')
    mkdirSync(folder, { recursive: true })
    return folder
  }

  /** Another machine stands at this address from now on. */
  swap(): void {
    this.#isSwapped = true
    this.witness.event('identity-swapped')
  }

  /** Remembers something at work until it has ended. */
  track(work: Promise<unknown>): void {
    this.#work.add(work)
    void work.finally(() => this.#work.delete(work))
  }

  /** Settles when everything has ended; connections have to be gone. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#work)
  }
}
