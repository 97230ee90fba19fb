import type { Device } from '../../shared/model/device.ts'
import { connectTo, type ConnectNeeds } from '../backup/connect.ts'
import type { DeviceSession } from '../families/family.ts'

/** The one connection of one step, opened when it is first needed. */
export class GuidedLine {
  readonly #connect: () => Promise<DeviceSession>
  #session: Promise<DeviceSession> | undefined

  constructor(needs: ConnectNeeds, device: Device, signal: AbortSignal, alsoAccept: readonly string[]) {
    this.#connect = () => connectTo(needs, device, signal, alsoAccept)
  }

  /** Throws as `connectTo`. A connection that could not be opened is tried anew at the next call. */
  async open(): Promise<DeviceSession> {
    this.#session ??= this.#connect()
    try {
      return await this.#session
    } catch (error) {
      this.#session = undefined
      throw error
    }
  }

  async close(): Promise<void> {
    // A connection that could not be opened has told so to whoever asked for it.
    const session = await this.#session?.catch(() => undefined)
    await session?.[Symbol.asyncDispose]()
  }
}
