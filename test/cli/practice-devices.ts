import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CtrlxCoreOptions } from '../../src/practice/ctrlx-core/options.ts'
import { startCtrlxCore, type CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import type { LinuxHostOptions } from '../../src/practice/linux-host/options.ts'
import { startLinuxHost, type LinuxHost } from '../../src/practice/linux-host/start-linux-host.ts'
import type { LoggedRequest, PracticeDevice } from '../../src/practice/practice-device.ts'
import type { Reached } from './command-line.ts'

export type Core = CtrlxCore & Reached
export type Host = LinuxHost & Reached

/** Practice devices in the process of the test, which can ask them what really arrived. */
export class Devices {
  /** Long and unlike anything else, so that a search for it finds every leak. */
  readonly password = `Canary-${randomBytes(12).toString('hex')}-7`
  readonly folder: string
  readonly #running: PracticeDevice[] = []

  static async make(): Promise<Devices> {
    return new Devices(await mkdtemp(join(tmpdir(), 'ferrite-cli-devices-')))
  }

  private constructor(folder: string) {
    this.folder = folder
  }

  async core(name: string, options: Partial<CtrlxCoreOptions> = {}): Promise<Core> {
    const device = await startCtrlxCore({
      folder: join(this.folder, name),
      name,
      model: 'X7',
      profile: '4.6',
      credentials: { user: 'boschrexroth', password: this.password },
      stepMs: 2,
      rebootWindows: { refusedMs: 60, gatewayMs: 60 },
      ...options,
    })
    this.#running.push(device)
    return withUser(device, 'boschrexroth')
  }

  async host(name: string, options: Partial<LinuxHostOptions> = {}): Promise<Host> {
    const device = await startLinuxHost({
      folder: join(this.folder, name),
      name,
      model: 'revpi',
      credentials: { user: 'root', password: this.password },
      ...options,
    })
    this.#running.push(device)
    return withUser(device, 'root')
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map(async (device) => device.stop()))
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** The device itself, not a copy: its fingerprint may change while it runs. */
function withUser<D extends PracticeDevice>(device: D, user: string): D & { readonly user: string } {
  return Object.assign(device, { user })
}

/** Requests that change a ctrlX CORE; logging in and out is none. */
export function changesOf(device: CtrlxCore): readonly LoggedRequest[] {
  const reading = new Set(['GET', 'HEAD'])
  return device
    .log()
    .filter(({ method, path }) => !reading.has(method) && !path.startsWith('/identity-manager/'))
}
