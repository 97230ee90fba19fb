import type { Device } from '../../../shared/model/device.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import type { Scope } from '../../../shared/model/scope.ts'
import type { Credentials } from '../../transport/credentials.ts'
import type { SshSession } from '../../transport/ssh.ts'
import type { BackupRequest, BackupStream, DeviceSession, HeldFiles } from '../family.ts'
import { backUp, readScope } from './backup.ts'
import { readFacts, type ServerFacts } from './facts.ts'
import { readIdentity } from './identity.ts'
import { Server } from './server.ts'
import type { Timing } from './timing.ts'
import { askVersion, type PortalAnswer } from './version.ts'

export interface ServerLogin {
  readonly ssh: SshSession
  readonly device: Device
  readonly credentials: Credentials
  readonly timing: Timing
}

/** One login on a server over one SSH connection; it never connects again by itself. */
export class ServerSession implements DeviceSession {
  readonly fingerprint: string
  readonly facts: ServerFacts
  readonly #login: ServerLogin
  #server: Promise<Server> | undefined

  constructor(login: ServerLogin) {
    this.fingerprint = login.ssh.fingerprint
    this.facts = readFacts(login.device.facts)
    this.#login = login
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    const server = await this.server(signal)
    const answer = await this.askPortal(signal)
    const version = answer.kind === 'version' ? answer.version : undefined
    return await readIdentity(server, { facts: this.facts, device: this.#login.device, version }, signal)
  }

  async scope(signal: AbortSignal, held: HeldFiles = []): Promise<Scope> {
    return await readScope(await this.server(signal), this.facts, held, signal)
  }

  async backUp(request: BackupRequest): Promise<BackupStream> {
    const server = await this.server(request.signal)
    return await backUp(server, { facts: this.facts, deviceName: this.#login.device.name }, request)
  }

  /** What the portal says of its version. Throws as `askVersion`. */
  async askPortal(signal: AbortSignal): Promise<PortalAnswer> {
    const { ssh, credentials, timing } = this.#login
    return await askVersion(ssh, { facts: this.facts, credentials }, { signal, limitMs: timing.portalMs })
  }

  /** The commands of this server; its system is asked for once. Throws as `Server.find`. */
  async server(signal: AbortSignal): Promise<Server> {
    const { ssh, device, timing } = this.#login
    this.#server ??= Server.find(ssh, { address: device.address, timing }, signal)
    try {
      return await this.#server
    } catch (error) {
      this.#server = undefined
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#login.ssh[Symbol.asyncDispose]()
  }
}
