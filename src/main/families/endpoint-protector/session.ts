import { withValidity } from '../../../shared/model/certificate.ts'
import { fact, type Identity } from '../../../shared/model/identity.ts'
import type { Device } from '../../../shared/model/device.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import type { HttpsSession } from '../../transport/https.ts'
import type { BackupRequest, BackupStream, DeviceSession, HeldFiles } from '../family.ts'
import { fetchFromFolder, scopeOfFolder } from './export-folder.ts'
import type { Timing } from './timing.ts'

/**
 * A connection to an appliance whose certificate was compared. It is a proof that the appliance answers and nothing
 * else: no login, no request.
 */
export class ApplianceSession implements DeviceSession {
  readonly fingerprint: string
  readonly #https: HttpsSession
  readonly #device: Device
  readonly #timing: Timing

  constructor(https: HttpsSession, fingerprint: string, device: Device, timing: Timing) {
    this.#https = https
    this.fingerprint = fingerprint
    this.#device = device
    this.#timing = timing
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    signal.throwIfAborted()
    const readAt = new Date().toISOString()
    const traits = { certificate: fact(this.fingerprint, 'probed', readAt) }
    return withValidity({ family: 'endpoint-protector', readAt, traits }, this.#https.validity)
  }

  async scope(signal: AbortSignal, held: HeldFiles = []): Promise<Scope> {
    signal.throwIfAborted()
    return await scopeOfFolder(this.#device, held)
  }

  async backUp(request: BackupRequest): Promise<BackupStream> {
    return await fetchFromFolder(this.#device, request, this.#timing)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#https[Symbol.asyncDispose]()
  }
}
