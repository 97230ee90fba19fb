import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createCtrlxCore } from '../../src/main/families/ctrlx-core/ctrlx-core.ts'
import type { Family } from '../../src/main/families/family.ts'
import { createLinuxHost } from '../../src/main/families/linux-host/linux-host.ts'
import { startCtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { startLinuxHost } from '../../src/practice/linux-host/start-linux-host.ts'
import type { LoggedRequest, PracticeDevice } from '../../src/practice/practice-device.ts'
import { quick } from '../peers/ctrlx.ts'

export const password = 'Practice-1234'

/** In what another device differs from the one that was there before; in nothing that is not named. */
export interface Stranger {
  readonly serial?: 'other'
  readonly key?: 'other'
  readonly name?: 'other'
  readonly model?: 'other'
}

export interface Stand {
  readonly family: Family
  readonly user: string
  readonly urlOf: (port: number) => string
  /** Makes the first device in an empty folder and leaves the folder to be copied. */
  readonly make: (folder: string) => Promise<void>
  /** Starts the device of a folder, after making it a stranger where one is asked for. */
  readonly start: (folder: string, stranger?: Stranger) => Promise<PracticeDevice>
  /** Whether the device would be another one after this request; logging in and out is none. */
  readonly changes: (request: LoggedRequest) => boolean
  /** Whether it is the one call that restores. */
  readonly commits: (request: LoggedRequest) => boolean
}

const nameOf = (stranger?: Stranger): string => (stranger?.name === 'other' ? 'PRESS-8' : 'PRESS-7')

const core = (folder: string, name: string) =>
  startCtrlxCore({
    folder,
    name,
    profile: '4.6',
    model: 'X7',
    credentials: { user: 'boschrexroth', password },
    stepMs: 1,
    rebootsDuringApply: 0,
    rebootWindows: { refusedMs: 10, gatewayMs: 10 },
  })

/** A control over TLS. Its client opens a lost connection anew by itself, and so may meet a stranger at any request. */
export const ctrlxStand: Stand = {
  family: createCtrlxCore({ ...quick, reachMs: 5, quietMs: 150, settleMs: 10, agreeMs: 100, pollMs: 4 }),
  user: 'boschrexroth',
  urlOf: (port) => `https://127.0.0.1:${String(port)}`,
  make: async (folder) => (await core(folder, 'PRESS-7')).stop(),
  start: async (folder, stranger) => {
    const device = await core(folder, nameOf(stranger))
    if (stranger?.key === 'other') await device.renewCertificate()
    if (stranger?.serial === 'other') device.becomeAnother({ serialNumber: '7299999999999' })
    if (stranger?.name === 'other') device.edit(() => ({ hostname: 'press-8' }))
    if (stranger?.model === 'other') device.edit(() => ({ model: 'virtual' }))
    return device
  },
  changes: ({ method, path }) =>
    method !== 'GET' && method !== 'HEAD' && !path.startsWith('/identity-manager/'),
  commits: ({ method, path }) => method === 'POST' && path === '/setup/api/v1/apply',
}

const changing = /^cat >|^env 'LC_ALL=C' (?!uname|cat|id|df|ls|find|sha256sum|pgrep|tar)|tar .* -xz?pf /

/** A host over SSH. Its client never connects again by itself before the changing call. */
export const linuxStand: Stand = {
  family: createLinuxHost(
    { packIdleMs: 1_500, askAgainMs: 30, settleMs: 50 },
    { connectMs: 2_000, handshakeMs: 3_000, idleMs: 1_500 },
  ),
  user: 'root',
  urlOf: (port) => `ssh://127.0.0.1:${String(port)}`,
  make: async (folder) => {
    const credentials = { user: 'root', password }
    await (await startLinuxHost({ folder, name: 'PRESS-7', model: 'panel-pc', credentials })).stop()
  },
  start: async (folder, stranger) => {
    if (stranger?.key === 'other') await rm(join(folder, 'host-key'))
    const device = await startLinuxHost({
      folder,
      name: nameOf(stranger),
      model: 'panel-pc',
      credentials: { user: 'root', password },
    })
    if (stranger?.serial === 'other') {
      device.tree.write('etc/machine-id', `${'f'.repeat(32)}\n`, {
        mode: 0o444,
        uid: 0,
        gid: 0,
        modifiedAt: 0,
      })
    }
    return device
  },
  changes: ({ method, path }) => method === 'EXEC' && changing.test(path),
  commits: ({ method, path }) => method === 'EXEC' && /tar .* -xz?pf /.test(path),
}

/** Copies a folder in which a device was made. */
export async function copyOf(template: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await cp(template, folder, { recursive: true })
  return folder
}
