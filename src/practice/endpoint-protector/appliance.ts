import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { DeviceCertificate } from '../certificate.ts'
import { keepCertificate } from '../certificate.ts'
import type { Witness } from '../witness.ts'
import { Faults } from './faults.ts'
import type { ApplianceStep, EndpointProtectorOptions } from './options.ts'
import { Sessions } from './sessions.ts'
import type { ApplianceState, BackupRow } from './state.ts'
import { writeApplianceState } from './state.ts'

/** A backup whose key has been shown and not yet been confirmed as saved. The key is in memory only. */
export interface PendingBackup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly key: string
}

/** One practice appliance at work: its state, its clock and its tasks. The server only carries its bytes. */
export class Appliance {
  readonly options: EndpointProtectorOptions
  readonly witness: Witness
  readonly faults = new Faults()
  readonly sessions = new Sessions()
  readonly pending = new Map<string, PendingBackup>()
  readonly clock: () => number
  /** Tells the server that another certificate is to be shown. */
  certificateChanged: () => void = () => undefined
  /** Pending while the content is being replaced; requests wait for it. */
  restoring: Promise<void> | undefined
  readonly #running = new Set<Promise<void>>()
  #power = new AbortController()
  #state: ApplianceState
  #certificate: DeviceCertificate

  constructor(
    options: EndpointProtectorOptions,
    rest: {
      readonly state: ApplianceState
      readonly certificate: DeviceCertificate
      readonly witness: Witness
    },
  ) {
    this.options = options
    this.witness = rest.witness
    this.clock = options.clock ?? Date.now
    this.#state = rest.state
    this.#certificate = rest.certificate
    for (const folder of [this.backupsFolder, this.temporaryFolder]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    }
  }

  get state(): ApplianceState {
    return this.#state
  }

  get certificate(): DeviceCertificate {
    return this.#certificate
  }

  /** The address set at the VM's console. */
  get host(): string {
    return this.#state.host ?? this.options.host ?? '127.0.0.1'
  }

  get importLimitBytes(): number {
    return this.options.importLimitBytes ?? 209_715_200
  }

  get backupsFolder(): string {
    return join(this.options.folder, 'backups')
  }

  /** Uploads; emptied whenever the power comes back. */
  get temporaryFolder(): string {
    return join(this.options.folder, 'temporary')
  }

  /** Aborted when the appliance loses power. */
  get power(): AbortSignal {
    return this.#power.signal
  }

  /** Changes the state and has it in its file before this returns. */
  change(changes: Partial<ApplianceState>): void {
    this.#state = { ...this.#state, ...changes }
    writeApplianceState(this.options.folder, this.#state)
  }

  changeBackup(id: string, changes: Partial<BackupRow>): void {
    this.change({
      backups: this.#state.backups.map((row) => (row.id === id ? { ...row, ...changes } : row)),
    })
  }

  /** Shows this certificate from now on, and after a restart. */
  takeCertificate(pems: Pick<DeviceCertificate, 'certificatePem' | 'keyPem'>): void {
    this.#certificate = keepCertificate(this.options.folder, pems)
    this.certificateChanged()
  }

  now(): string {
    return new Date(this.clock()).toISOString()
  }

  /** A new id for a row of one of the lists. */
  nextId(): string {
    return randomBytes(6).toString('hex')
  }

  /** The time that one step takes. Rejects when the power goes. */
  async pace(step: ApplianceStep): Promise<void> {
    const { pace, stepMs = 30 } = this.options
    if (pace === undefined) {
      await wait(stepMs, undefined, { signal: this.power })
      return
    }
    const lost = new Promise<never>((_resolve, reject) => {
      this.power.addEventListener('abort', () => reject(new Error('the power went')), { once: true })
    })
    await Promise.race([pace(step), lost])
  }

  /** Lets `work` run beside the requests; losing power ends it, any other failure is put on record. */
  run(work: () => Promise<void>): Promise<void> {
    const running = work().catch((cause: unknown) => {
      if (this.power.aborted) return
      this.witness.event('simulator-error', { message: cause instanceof Error ? cause.stack : String(cause) })
    })
    this.#running.add(running)
    void running.then(() => this.#running.delete(running))
    return running
  }

  /** Cuts the power: whatever was running stops where it is. */
  async losePower(): Promise<void> {
    this.#power.abort()
    await Promise.all(this.#running)
  }

  /** Power is back: memory is empty, and what was being made or imported has failed. */
  regainPower(): void {
    this.#power = new AbortController()
    this.sessions.clear()
    this.pending.clear()
    this.restoring = undefined
    rmSync(this.temporaryFolder, { recursive: true, force: true })
    mkdirSync(this.temporaryFolder, { recursive: true, mode: 0o700 })
    const { backups, importing } = this.#state
    this.change({
      importing: undefined,
      backups: backups.map((row) =>
        row.status === 'In progress' || row.id === importing ? { ...row, status: 'Failed' as const } : row,
      ),
    })
  }
}
