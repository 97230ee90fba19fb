import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isFailure } from '../../src/shared/failure.ts'
import type { AppChange } from '../../src/shared/model/bridge.ts'
import { openArchive } from '../../src/main/archives/open.ts'
import type { AppChanged, ChangeAppRequest } from '../../src/main/families/family.ts'
import { writeAppFile } from '../../src/practice/ctrlx-core/app-file.ts'
import { posts, quiet, startPeer, temporaryFolder, type Peer } from './ctrlx.ts'

const uploads = '/package-manager/api/v1/packages'
const restarts = '/system/api/v1/tasks'

/** An app file as a person has it. */
async function fileFor({ app, to }: AppChange, architecture = 'amd64'): Promise<string> {
  const file = join(await temporaryFolder(), `${app}-${to}.app`)
  const description = { name: app, title: app, vendor: 'Bosch Rexroth AG', description: '', base: 'core24' }
  await writeAppFile(file, { ...description, version: to, architecture }, 3000)
  return file
}

async function change(
  peer: Peer,
  wanted: AppChange,
  changes: Partial<ChangeAppRequest> = {},
): Promise<AppChanged> {
  await using session = await peer.connect()
  const file = changes.file ?? (await fileFor(wanted))
  return await peer.family.apps!.change({
    change: wanted,
    file,
    sizeBytes: statSync(file).size,
    before: await session.identify(quiet),
    reconnect: async (signal) => await peer.connect({ signal }),
    limitMs: 8000,
    signal: quiet,
    onProgress: () => undefined,
    ...changes,
  })
}

function running(peer: Peer, app: string): string | undefined {
  return peer.device.content().apps.find(({ name }) => name === app)?.version
}

const setup: AppChange = { app: 'rexroth-setup', from: '4.4.0', to: '4.6.0' }

test.each([
  ['an app that interrupts nothing', setup, 0],
  ['an app that ends every login', { app: 'rexroth-deviceadmin', from: '4.4.0', to: '4.6.0' }, 0],
  [
    'an app that restarts the device by itself',
    { app: 'rexroth-arch02-kernel', from: '4.4.0+6.12', to: '4.6.0+6.12.40-ctrlx-55' },
    0,
  ],
  [
    'an app that needs a restart, which is asked for once',
    { app: 'rexroth-arch02-hw', from: '4.4.0', to: '4.6.0' },
    1,
  ],
] as const)('%s is brought to another version and seen to run', async (_name, wanted, asked) => {
  const peer = await startPeer({ profile: '4.4' })
  expect(await change(peer, wanted)).toEqual({ running: wanted.to, sent: true })
  expect(running(peer, wanted.app)).toBe(wanted.to)
  expect(posts(peer, uploads)).toBe(1)
  expect(posts(peer, restarts)).toBe(asked)
  expect(peer.device.content().operatingState).toBe('SERVICE')
})

test('a version that runs already is not sent', async () => {
  const peer = await startPeer({ profile: '4.6' })
  expect(await change(peer, setup)).toEqual({ running: '4.6.0', sent: false })
  expect(posts(peer, uploads)).toBe(0)
  expect(peer.device.content().operatingState).toBe('OPERATING')
})

test('a lost answer to the upload is followed to the version that runs, and nothing is sent again', async () => {
  const peer = await startPeer({ profile: '4.4' })
  peer.device.inject({ effect: 'lose-answer', how: 'reset', method: 'POST', path: uploads })
  expect(await change(peer, setup)).toEqual({ running: '4.6.0', sent: true })
  expect(posts(peer, uploads)).toBe(1)
})

test('a task that is done while the former version runs is no success', async () => {
  const peer = await startPeer({ profile: '4.4' })
  peer.device.inject({ effect: 'app-not-updated' })
  const failed = await change(peer, setup).catch((error: unknown) => error)
  expect(isFailure(failed, 'outcome-unknown') && failed.failure.detail).toBe('runs 4.4.0')
  expect(posts(peer, uploads)).toBe(1)
})

test('a file for another processor fails with the device’s own words', async () => {
  const peer = await startPeer({ profile: '4.4' })
  const file = await fileFor(setup, 'arm64')
  const failed = await change(peer, setup, { file }).catch((error: unknown) => error)
  expect(isFailure(failed, 'device-task-failed') && failed.failure.detail).toContain('0C641132')
  expect(running(peer, 'rexroth-setup')).toBe('4.4.0')
})

test('a device without room says so, and its app stays', async () => {
  const peer = await startPeer({ profile: '4.4', freeBytes: 100 })
  const failed = await change(peer, setup).catch((error: unknown) => error)
  expect(isFailure(failed, 'device-full')).toBe(true)
  expect(running(peer, 'rexroth-setup')).toBe('4.4.0')
})

test('another device at the address gets nothing', async () => {
  const peer = await startPeer({ profile: '4.4' })
  await using session = await peer.connect()
  const before = await session.identify(quiet)
  peer.device.becomeAnother({ serialNumber: '7260000000009' })
  const failed = await change(peer, setup, { before }).catch((error: unknown) => error)
  expect(isFailure(failed, 'wrong-device')).toBe(true)
  expect(posts(peer, uploads)).toBe(0)
})

test('afterwards the device is brought back to the operating state it had', async () => {
  const peer = await startPeer({ profile: '4.4' })
  await using session = await peer.connect()
  const before = await session.identify(quiet)
  await change(peer, setup, { before })
  const remarks = await peer.family.apps!.end({
    before,
    reconnect: async (signal) => await peer.connect({ signal }),
    limitMs: 4000,
    signal: quiet,
    onProgress: () => undefined,
  })
  expect(remarks).toEqual([{ remark: 'state-brought-back', facts: { from: 'SERVICE', to: 'OPERATING' } }])
  expect(peer.device.content().operatingState).toBe('OPERATING')
})

test('what an app file holds is read from its entries', async () => {
  const peer = await startPeer()
  const kernel = { app: 'rexroth-arch02-kernel', to: '4.6.0+6.12.40-ctrlx-55' }
  await using archive = await openArchive(await fileFor(kernel))
  expect(await peer.family.apps!.readFile(archive)).toEqual([
    { app: kernel.app, version: kernel.to, architecture: 'x64' },
  ])
})
