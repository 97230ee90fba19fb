import { FailureError } from '../../../shared/failure.ts'
import { withValidity } from '../../../shared/model/certificate.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import type { Removal } from '../../../shared/model/restore.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import type {
  BackupRequest,
  BackupStream,
  DeviceSession,
  PreparedRestore,
  RemovalsRequest,
  RestoreRequest,
} from '../family.ts'
import { readFlowsOf } from './archive.ts'
import { backUp, type NodeRedBackup } from './backup.ts'
import type { NodeRedClient } from './client.ts'
import { flowsAfter, removalsFrom } from './flows.ts'
import { readIdentity } from './identity.ts'
import { prepareRestore } from './restore.ts'
import { readScope } from './scope.ts'
import type { Timing } from './timing.ts'

export interface SessionFacts {
  readonly deviceName: string
  readonly fingerprint: string
  readonly timing: Timing
}

/** A connection to a Node-RED, logged in where it asks for that. */
export class NodeRedSession implements DeviceSession {
  readonly fingerprint: string
  readonly client: NodeRedClient
  readonly #facts: SessionFacts
  #identifiedOn: number | undefined
  #backup: NodeRedBackup | undefined

  constructor(client: NodeRedClient, facts: SessionFacts) {
    this.client = client
    this.fingerprint = facts.fingerprint
    this.#facts = facts
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    this.#identifiedOn = undefined
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const before = this.client.connection
      const identity = withValidity(await readIdentity(this.client, signal), this.client.validity)
      // Facts from two connections might be those of two devices.
      if (this.client.connection !== before) continue
      this.#identifiedOn = before
      return identity
    }
    const { address } = this.client
    throw new FailureError({ code: 'connection-lost', address, phase: 'reading-identity', bytesDone: 0 })
  }

  async scope(signal: AbortSignal): Promise<Scope> {
    return await readScope(this.client, signal)
  }

  async backUp(request: BackupRequest): Promise<BackupStream> {
    this.#backup = await backUp(this.client, this.#facts.deviceName, request)
    return this.#backup.stream
  }

  async findRemovals({ archive, options, signal }: RemovalsRequest): Promise<readonly Removal[]> {
    const { flows } = await readFlowsOf(archive, signal)
    const target = await this.client.readFlows(signal)
    return removalsFrom(target.flows, flowsAfter(flows, target.flows, options.mode))
  }

  async prepareRestore(request: RestoreRequest): Promise<PreparedRestore> {
    const facts = { identifiedOn: () => this.#identifiedOn, backedUpRev: this.#backup?.rev() }
    return await prepareRestore(this.client, request, facts, this.#facts.timing)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]()
  }
}
