import { FailureError } from '../../../shared/failure.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import type {
  BackupRequest,
  BackupStream,
  DeviceSession,
  PreparedRestore,
  RestoreRequest,
} from '../family.ts'
import { backUp, readScope } from './backup.ts'
import type { CtrlxClient } from './client.ts'
import { readIdentity } from './identity.ts'
import { prepareRestore, type Baseline } from './restore.ts'
import type { Timing } from './timing.ts'

/** A logged-in connection to a ctrlX device. */
export class CtrlxSession implements DeviceSession {
  readonly fingerprint: string
  readonly client: CtrlxClient
  readonly #timing: Timing
  #identifiedOn: number | undefined
  #systemVersion: string | undefined
  #baseline: Baseline | undefined

  constructor(client: CtrlxClient, fingerprint: string, timing: Timing) {
    this.client = client
    this.fingerprint = fingerprint
    this.#timing = timing
  }

  /** What the device knew before the restore that was prepared here; absent where none was. */
  get baseline(): Baseline | undefined {
    return this.#baseline
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    this.#identifiedOn = undefined
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const before = this.client.connection
      const identity = await readIdentity(this.client, signal)
      // Facts from two connections might be those of two devices.
      if (this.client.connection !== before && attempt === 0) continue
      if (this.client.connection !== before) break
      this.#identifiedOn = before
      this.#systemVersion = identity.systemVersion?.value
      return identity
    }
    const { address } = this.client
    throw new FailureError({ code: 'connection-lost', address, phase: 'reading-identity', bytesDone: 0 })
  }

  async scope(signal: AbortSignal): Promise<Scope> {
    return await readScope(this.client, { signal, hasPassword: false })
  }

  async backUp(request: BackupRequest): Promise<BackupStream> {
    return await backUp(this.client, request, this.#timing)
  }

  async prepareRestore(request: RestoreRequest): Promise<PreparedRestore> {
    const facts = { identifiedOn: () => this.#identifiedOn, systemVersion: () => this.#systemVersion }
    const { prepared, baseline } = await prepareRestore(this.client, request, facts, this.#timing)
    this.#baseline = baseline
    return prepared
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]()
  }
}
