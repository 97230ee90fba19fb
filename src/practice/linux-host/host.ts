import { createHash } from 'node:crypto'
import { LaidFaults } from '../ssh/laid-faults.ts'
import type { Witness } from '../witness.ts'
import type { CommandEffect, HostFault } from './faults.ts'
import type { FileTree } from './file-tree.ts'
import { hostnameFor } from './content.ts'
import type { HostModel } from './models.ts'
import { hostModels } from './models.ts'
import type { HostUser, LinuxHostOptions } from './options.ts'

/** One command at work. */
export interface Execution {
  readonly args: readonly string[]
  readonly host: Host
  readonly user: HostUser
  readonly input: AsyncIterable<Buffer>
  /** Settles when there is room for more. */
  readonly print: (bytes: string | Buffer) => Promise<void>
  readonly complain: (text: string) => void
  /** What goes wrong with this command, if anything. */
  readonly effect: CommandEffect | undefined
}

/** Does what its name does on a Linux host and gives the exit code. */
export type Command = (execution: Execution) => Promise<number>

/** Thrown by a command whose host is to be cut off in the middle of it. */
export class CutOff extends Error {
  override readonly name = 'CutOff'
}

/** One practised host: its files, its users, what is running on it. The server only carries its bytes. */
export class Host {
  readonly tree: FileTree
  readonly options: LinuxHostOptions
  readonly witness: Witness
  readonly faults = new LaidFaults<HostFault>()
  readonly clock: () => number
  readonly model: HostModel
  readonly users: readonly HostUser[]
  /** Command lines that have begun and not ended. */
  readonly running = new Set<string>()
  readonly #stopped = new Set<string>()
  readonly #commands = new Set<Promise<void>>()
  #isSwapped = false

  constructor(tree: FileTree, options: LinuxHostOptions, witness: Witness) {
    this.tree = tree
    this.options = options
    this.witness = witness
    this.clock = options.clock ?? Date.now
    this.model = hostModels[options.model]
    const { authorizedKeys = [], credentials, users = [] } = options
    this.users = [{ ...credentials, uid: 0, gid: 0, authorizedKeys }, ...users]
  }

  get seconds(): number {
    return Math.floor(this.clock() / 1000)
  }

  get diskBytes(): number {
    return this.options.diskBytes ?? this.model.diskBytes
  }

  get freeBytes(): number {
    return Math.max(0, this.diskBytes - this.tree.usedBytes())
  }

  get tar(): 'gnu' | 'busybox' | 'none' {
    return this.options.tar ?? this.model.tar
  }

  get hostname(): string {
    return this.#isSwapped ? 'spare-part' : hostnameFor(this.options.name)
  }

  /** Remembers a command until it has ended. */
  track(command: Promise<void>): void {
    this.#commands.add(command)
    void command.finally(() => this.#commands.delete(command))
  }

  /** Settles when every command has ended; their connections have to be gone. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#commands)
  }

  /** Another host stands at this address from now on. */
  swap(): void {
    this.#isSwapped = true
    this.witness.event('identity-swapped')
  }

  /** The bytes that reading `path` gives; of a swapped host the machine id is another one. */
  contentOf(path: string): Buffer {
    const content = this.tree.read(path)
    if (!this.#isSwapped || path !== 'etc/machine-id') return content
    return Buffer.from(`${createHash('sha256').update(content).digest('hex').slice(0, 32)}\n`)
  }

  /** Whether there is a unit file of this service. */
  hasService(service: string): boolean {
    return ['etc', 'usr/lib', 'lib'].some(
      (folder) => this.tree.resolve(`${folder}/systemd/system/${service}`) !== undefined,
    )
  }

  /** Starts a service anew: the program it names has to be there. */
  restartService(service: string): boolean {
    const file = ['etc', 'usr/lib', 'lib']
      .map((folder) => this.tree.resolve(`${folder}/systemd/system/${service}`))
      .find((path) => path !== undefined)
    const program =
      file === undefined ? undefined : /^ExecStart=(\S+)/m.exec(this.tree.read(file).toString())?.[1]
    const isStarted = program !== undefined && this.tree.resolve(program) !== undefined
    if (isStarted) this.#stopped.delete(service)
    else this.#stopped.add(service)
    this.witness.event('service-restarted', { service, isStarted })
    return isStarted
  }

  isActive(service: string): boolean {
    return this.hasService(service) && !this.#stopped.has(service)
  }
}
