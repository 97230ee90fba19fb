import { FailureError, isFailure } from '../../../shared/failure.ts'
import { identityName } from '../../../shared/model/identity-name.ts'
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
import { readSetupFile } from './archive.ts'
import { backUp, readScope } from './backup.ts'
import type { CtrlxClient } from './client.ts'
import { readIdentity } from './identity.ts'
import { removalsFrom } from './removals.ts'
import { checkRestore, prepareRestore, type Baseline, type CommitFacts } from './restore.ts'
import { readSetupInfo } from './setup-api.ts'
import { readPackages } from './system-api.ts'
import type { Timing } from './timing.ts'

/** A logged-in connection to a ctrlX device. */
export class CtrlxSession implements DeviceSession {
  readonly fingerprint: string
  readonly client: CtrlxClient
  readonly #timing: Timing
  #identifiedOn: number | undefined
  #identity: Identity | undefined
  #baseline: Baseline | undefined

  constructor(client: CtrlxClient, fingerprint: string, timing: Timing) {
    this.client = client
    this.fingerprint = fingerprint
    this.#timing = timing
    client.onLoggedInAgain((signal) => this.#confirmDevice(signal))
  }

  /** What the device knew before the restore that was prepared here; absent where none was. */
  get baseline(): Baseline | undefined {
    return this.#baseline
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    this.#identifiedOn = undefined
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const before = this.client.connection
      const identity = withValidity(await readIdentity(this.client, signal), this.client.validity)
      // Facts from two connections might be those of two devices.
      if (this.client.connection !== before && attempt === 0) continue
      if (this.client.connection !== before) break
      this.#identifiedOn = before
      this.#identity = identity
      return identity
    }
    const { address } = this.client
    throw new FailureError({ code: 'connection-lost', address, phase: 'reading-identity', bytesDone: 0 })
  }

  async scope(signal: AbortSignal): Promise<Scope> {
    return await readScope(this.client, { signal, hasPassword: false })
  }

  async backUp(request: BackupRequest): Promise<BackupStream> {
    try {
      return await backUp(this.client, request, this.#timing)
    } catch (error) {
      // A task that the device does not know may be one that another device had.
      if (isFailure(error, 'device-task-failed')) await this.#confirmDevice(request.signal)
      throw error
    }
  }

  async checkRestore(request: RestoreRequest): Promise<void> {
    await checkRestore(this.client, request, this.#facts)
  }

  async prepareRestore(request: RestoreRequest): Promise<PreparedRestore> {
    const { prepared, baseline } = await prepareRestore(this.client, request, this.#facts, this.#timing)
    this.#baseline = baseline
    return prepared
  }

  /** `undefined` for a legacy archive, whose inside is not known, and on devices older than `/setupinfo`. */
  async findRemovals({ archive, options, signal }: RemovalsRequest): Promise<readonly Removal[] | undefined> {
    const setup = await readSetupFile(archive, signal)
    const present = setup && (await readSetupInfo(this.client, signal))
    if (!setup || !present) return undefined
    return removalsFrom(present, await readPackages(this.client, signal), setup.document, options.mode)
  }

  /** `undefined` on devices older than `/setupinfo`. */
  async readSettings(signal: AbortSignal): Promise<Readonly<Record<string, unknown>> | undefined> {
    return await readSetupInfo(this.client, signal)
  }

  get #facts(): CommitFacts {
    return {
      identifiedOn: () => this.#identifiedOn,
      systemVersion: () => this.#identity?.systemVersion?.value,
    }
  }

  /**
   * A login that ended may be one that another device never had: behind the same certificate there may be one, whose
   * key was brought back by a restore. What a device does not tell, such as while it starts, is no difference.
   */
  async #confirmDevice(signal: AbortSignal): Promise<void> {
    const before = this.#identity
    if (!before) return
    const now = await readIdentity(this.client, signal)
    const differs = (['serial', 'model'] as const).some(
      (name) => before[name] && now[name] && before[name].value !== now[name].value,
    )
    if (!differs) return
    throw new FailureError({
      code: 'wrong-device',
      expected: identityName(before),
      actual: identityName(now),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]()
  }
}
