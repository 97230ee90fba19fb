import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Witness } from '../witness.ts'
import type { DeviceState } from './device-state.ts'
import { writeDeviceState } from './device-state.ts'
import { Faults } from './faults.ts'
import type { Folders } from './folders.ts'
import type { Model } from './models.ts'
import { models } from './models.ts'
import type { CtrlxCoreOptions } from './options.ts'
import type { Profile } from './profiles.ts'
import { profiles } from './profiles.ts'
import { Sessions, usualPolicy } from './sessions.ts'
import { startedApps } from './system-apps.ts'

/** A task that is forgotten at a reboot: of the package manager, the system or the legacy backup. */
export interface VolatileTask {
  readonly id: string
  readonly action: string
  readonly state: 'pending' | 'running' | 'done' | 'failed'
  readonly progress: number
  readonly parameters: Readonly<Record<string, string>>
  readonly result?: unknown
  readonly error?: string
}

export type TaskService = 'packages' | 'system' | 'legacy'

/** One practice device at work: its state, its clock and its tasks. The server only carries its bytes. */
export class Device {
  readonly folders: Folders
  readonly options: CtrlxCoreOptions
  readonly witness: Witness
  readonly faults = new Faults()
  readonly sessions: Sessions
  readonly clock: () => number
  /** Sits between the device and its server: a reboot is the server's business too. */
  reboot: () => Promise<void> = () => Promise.resolve()
  isSwitching = false
  freeBytes: number
  readonly #tasks: Readonly<Record<TaskService, Map<string, VolatileTask>>> = {
    packages: new Map(),
    system: new Map(),
    legacy: new Map(),
  }
  readonly #running = new Set<Promise<void>>()
  #power = new AbortController()
  #startedAt: number
  #state: DeviceState
  #counter = 0

  constructor(folders: Folders, options: CtrlxCoreOptions, rest: { state: DeviceState; witness: Witness }) {
    this.folders = folders
    this.options = options
    this.witness = rest.witness
    this.clock = options.clock ?? Date.now
    this.sessions = new Sessions(this.clock, { ...usualPolicy, ...options.sessionPolicy })
    this.#state = rest.state
    this.#startedAt = this.clock()
    this.freeBytes = options.freeBytes ?? 1_500_000_000
  }

  get state(): DeviceState {
    return this.#state
  }

  get profile(): Profile {
    return profiles[this.#state.profile]
  }

  get model(): Model {
    return models[this.#state.model]
  }

  get uptimeSeconds(): number {
    return Math.max(0, Math.floor((this.clock() - this.#startedAt) / 1000))
  }

  /** Aborted when the device loses power. */
  get power(): AbortSignal {
    return this.#power.signal
  }

  /** Changes the state and has it in its file before this returns. */
  change(changes: Partial<DeviceState>): void {
    this.#state = { ...this.#state, ...changes }
    writeDeviceState(this.folders.root, this.#state)
  }

  now(): string {
    return new Date(this.clock()).toISOString()
  }

  temporaryFile(name: string): string {
    return join(this.folders.temporary, `${this.nextId()}-${name}`)
  }

  /** An id of letters and digits that this device did not use since it was started. */
  nextId(): string {
    this.#counter += 1
    const number = (Math.floor(this.clock() / 1000) % 46_656) * 1_000 + this.#counter
    return number.toString(36).padStart(6, '0')
  }

  /** The time that one step of a task takes. Rejects when the power goes. */
  async pace(): Promise<void> {
    await wait(this.options.stepMs ?? 30, undefined, { signal: this.power })
  }

  /** Lets `work` run beside the requests; losing power ends it, any other failure is put on record. */
  run(work: () => Promise<void>): void {
    const running = work().catch((cause: unknown) => {
      if (this.power.aborted) return
      this.witness.event('simulator-error', { message: cause instanceof Error ? cause.stack : String(cause) })
    })
    this.#running.add(running)
    void running.then(() => this.#running.delete(running))
  }

  tasks(service: TaskService): readonly VolatileTask[] {
    return [...this.#tasks[service].values()]
  }

  task(service: TaskService, id: string): VolatileTask | undefined {
    return this.#tasks[service].get(id)
  }

  putTask(service: TaskService, task: VolatileTask): VolatileTask {
    this.#tasks[service].set(task.id, task)
    return task
  }

  dropTask(service: TaskService, id: string): boolean {
    return this.#tasks[service].delete(id)
  }

  /** What a boot forgets: logins and the tasks that are kept in memory. */
  forget(): void {
    this.sessions.clear()
    for (const tasks of Object.values(this.#tasks)) tasks.clear()
    this.isSwitching = false
    this.change({ apps: startedApps(this.#state.apps) })
    this.#startedAt = this.clock()
  }

  /** Cuts the power: whatever was running stops where it is. */
  async losePower(): Promise<void> {
    this.#power.abort()
    await Promise.all(this.#running)
  }

  /** Power is back: tasks that were running have failed, and memory is empty. */
  regainPower(): void {
    this.#power = new AbortController()
    this.forget()
    const interrupted = this.state.setupTasks.map((task) =>
      task.state === 'pending' || task.state === 'running'
        ? { ...task, state: 'failed' as const, error: 'The device was switched off' }
        : task,
    )
    this.change({ setupTasks: interrupted })
  }
}
