import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from '../../shared/schema.ts'
import { FailureError } from '../../shared/failure.ts'
import {
  deviceIdSchema,
  deviceNameSchema,
  deviceSchema,
  type Device,
  type DeviceDraft,
  type DeviceId,
  type Pin,
} from '../../shared/model/device.ts'
import type { Identity } from '../../shared/model/identity.ts'
import { readDurably, updateDurably } from '../storage/durable-file.ts'

const fileSchema = z.object({ format: z.literal(1), devices: z.array(deviceSchema).readonly() })
type File = z.infer<typeof fileSchema>
const empty: File = { format: 1, devices: [] }
const knownFormat = 1

/** What may be changed about a device that is already in the inventory. */
export type DeviceChange = Partial<
  Pick<Device, 'name' | 'user' | 'tags' | 'facts' | 'role' | 'pin' | 'identity' | 'address'>
>

/**
 * The devices a person works with, in one file that is written whole or not at all. Window and command line may use
 * it at the same time: every change reads the file again under a lock.
 */
export class Inventory {
  readonly #file: string
  readonly #listeners = new Set<() => void>()

  /** `folder` is the application's own folder; the file is made with the first device. */
  constructor(folder: string) {
    this.#file = join(folder, 'inventory.json')
  }

  /** Calls `listener` after every change made through this object. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * In the order of their names.
   * @throws FailureError `storage-damaged`, `storage-newer`
   */
  async list(): Promise<readonly Device[]> {
    const { devices } = (await readDurably(this.#file, fileSchema, knownFormat)) ?? empty
    return devices.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  }

  /** @throws FailureError `not-found` */
  async get(id: DeviceId): Promise<Device> {
    const device = (await this.list()).find((candidate) => candidate.id === id)
    if (!device) throw new FailureError({ code: 'not-found', kind: 'device', id })
    return device
  }

  /**
   * Finds by id or by exact name.
   * @throws FailureError `not-found`
   */
  async find(nameOrId: string): Promise<Device> {
    const devices = await this.list()
    const device = devices.find(({ id, name }) => id === nameOrId || name === nameOrId)
    if (!device) throw new FailureError({ code: 'not-found', kind: 'device', id: nameOrId })
    return device
  }

  /**
   * Adds a device whose pin was accepted. Names are unique, because a name is typed to confirm a restore.
   * @throws FailureError `name-taken`
   */
  async add(draft: DeviceDraft & { readonly pin: Pin }, now = new Date()): Promise<Device> {
    const device: Device = {
      ...draft,
      id: deviceIdSchema.parse(`dev-${randomUUID().replaceAll('-', '').slice(0, 12)}`),
      addedAt: now.toISOString(),
    }
    await this.#update((devices) => {
      refuseTakenName(devices, device)
      return [...devices, device]
    })
    return device
  }

  /** @throws FailureError `not-found`, `name-taken` */
  async change(id: DeviceId, change: DeviceChange): Promise<Device> {
    let changed: Device | undefined
    await this.#update((devices) =>
      devices.map((device) => {
        if (device.id !== id) return device
        changed = { ...device, ...change, name: deviceNameSchema.parse(change.name ?? device.name) }
        refuseTakenName(devices, changed)
        return changed
      }),
    )
    if (!changed) throw new FailureError({ code: 'not-found', kind: 'device', id })
    return changed
  }

  /** Takes a device off the list; its archives stay in the vault. */
  async remove(id: DeviceId): Promise<void> {
    await this.#update((devices) => devices.filter((device) => device.id !== id))
  }

  /** Stores what was read from the device just now. */
  async learn(id: DeviceId, identity: Identity): Promise<Device> {
    return await this.change(id, { identity })
  }

  async #update(change: (devices: readonly Device[]) => readonly Device[]): Promise<void> {
    await updateDurably(this.#file, fileSchema, {
      knownFormat,
      initial: empty,
      change: ({ devices }): File => ({ format: 1, devices: change(devices) }),
    })
    for (const listener of this.#listeners) listener()
  }
}

function refuseTakenName(devices: readonly Device[], device: Device): void {
  const taken = devices.some(
    ({ id, name }) => id !== device.id && name.toLocaleLowerCase() === device.name.toLocaleLowerCase(),
  )
  if (taken) throw new FailureError({ code: 'name-taken', name: device.name })
}
