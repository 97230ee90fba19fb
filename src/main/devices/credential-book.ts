import { FailureError } from '../../shared/failure.ts'
import type { Device, DeviceId } from '../../shared/model/device.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { Credentials } from '../transport/credentials.ts'

/** Whose secret it is: a device's password, or the key that opens an archive. The two kinds of id never look alike. */
export type SecretId = DeviceId | ArchiveId

/**
 * A place that keeps secrets safely at rest: the operating system's keychain in the window, nothing on the
 * command line. `usable` is false where only a weak backend exists; then nothing is ever stored.
 */
export interface SecretStore {
  readonly state: () => Promise<{ readonly usable: boolean; readonly backend: string }>
  /** @throws FailureError `keychain-unavailable` */
  readonly put: (id: SecretId, secret: string) => Promise<void>
  /** @throws FailureError `secret-unreadable` where the keychain cannot read what it once stored */
  readonly get: (id: SecretId) => Promise<string | undefined>
  readonly has: (id: SecretId) => boolean
  readonly delete: (id: SecretId) => Promise<void>
}

/** A secret store for where there is no keychain: keeps nothing. */
export const noSecretStore: SecretStore = {
  state: () => Promise.resolve({ usable: false, backend: 'none' }),
  put: () => Promise.reject(new FailureError({ code: 'keychain-unavailable', backend: 'none' })),
  get: () => Promise.resolve(undefined),
  has: () => false,
  delete: () => Promise.resolve(),
}

/** Where the credentials of a device are: in the keychain, in memory until the app ends, or nowhere. */
export type CredentialState = 'stored' | 'for-this-session' | 'none'

/** Finds the credentials of a device; each secret belongs to one device and is never offered to another. */
export class CredentialBook {
  readonly #session = new Map<DeviceId, Credentials>()
  readonly #store: SecretStore

  constructor(store: SecretStore) {
    this.#store = store
  }

  /** Keeps credentials in memory only. */
  giveForSession(id: DeviceId, credentials: Credentials): void {
    this.#session.set(id, credentials)
  }

  /** Stores a password where the keychain is safe; gives false, and keeps it for this session only, where it is not. */
  async givePassword(device: Device, password: string, remember: boolean): Promise<boolean> {
    this.#session.set(device.id, { kind: 'password', user: device.user, password })
    const { usable } = await this.#store.state()
    if (!remember || !usable) return false
    await this.#store.put(device.id, password)
    return true
  }

  stateOf(id: DeviceId): CredentialState {
    if (this.#store.has(id)) return 'stored'
    return this.#session.has(id) ? 'for-this-session' : 'none'
  }

  /** @throws FailureError `credentials-needed` where there are none */
  async of(device: Device): Promise<Credentials> {
    const found = await this.find(device)
    if (found) return found
    throw new FailureError({ code: 'credentials-needed', device: device.name })
  }

  /** What is kept for a device, or `undefined`. @throws FailureError `secret-unreadable` */
  async find(device: Device): Promise<Credentials | undefined> {
    const kept = this.#session.get(device.id)
    if (kept) return { ...kept, user: device.user }
    const password = await this.#store.get(device.id)
    return password === undefined ? undefined : { kind: 'password', user: device.user, password }
  }

  async forget(id: DeviceId): Promise<void> {
    this.#session.delete(id)
    await this.#store.delete(id)
  }
}
