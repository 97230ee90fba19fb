import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { openArchive, type OpenArchive } from '../../src/main/archives/open.ts'
import { createCtrlxCore } from '../../src/main/families/ctrlx-core/ctrlx-core.ts'
import type { Timing } from '../../src/main/families/ctrlx-core/timing.ts'
import type {
  BackupClosing,
  ConnectRequest,
  DeviceSession,
  Family,
  RestoreRequest,
} from '../../src/main/families/family.ts'
import { departures } from '../../src/practice/ctrlx-core/departures.ts'
import type { CtrlxCoreOptions, RecordedExchange } from '../../src/practice/ctrlx-core/options.ts'
import { startCtrlxCore, type CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import type { Device } from '../../src/shared/model/device.ts'
import type { Identity } from '../../src/shared/model/identity.ts'
import type { Progress } from '../../src/shared/model/progress.ts'
import { archiveRecordSchema, type ArchiveRecord } from '../../src/shared/model/record.ts'
import { restoreOptionsSchema, type RestoreOptions } from '../../src/shared/model/restore.ts'
import { isDeparture } from './openapi/departure.ts'
import { Referee } from './openapi/referee.ts'
import { findVendorFiles } from './openapi/vendor-files.ts'

export const user = 'boschrexroth'
export const password = 'Practice-1234'
export const quiet = new AbortController().signal

/** As the product's, only faster. */
export const quick: Partial<Timing> = {
  pollMs: 10,
  stallMs: 4000,
  answerMs: 5000,
  createLimitMs: 20_000,
  reachMs: 10,
  reachMaxMs: 80,
  quietMs: 300,
  settleMs: 60,
  agreeMs: 400,
  switchMs: 1500,
  logoutMs: 500,
}

const vendorFiles = findVendorFiles()
const referee = vendorFiles.found ? new Referee(vendorFiles.folder) : undefined

/** A simulated device and the family that talks to it. */
export interface Peer {
  readonly device: CtrlxCore
  readonly family: Family
  readonly exchanges: readonly RecordedExchange[]
  /** As the inventory knows it; its pin is the device's present certificate. */
  readonly inventory: Device
  readonly connect: (changes?: Partial<ConnectRequest>) => Promise<DeviceSession>
}

/** Starts a device for one test. When the test ends every exchange is held to the vendor's description. */
export async function startPeer(
  options: Partial<CtrlxCoreOptions> = {},
  timing: Partial<Timing> = {},
): Promise<Peer> {
  const exchanges: RecordedExchange[] = []
  const device = await startCtrlxCore({
    folder: await temporaryFolder(),
    profile: '4.6',
    model: 'X7',
    name: 'PRESS-7',
    credentials: { user, password },
    stepMs: 2,
    rebootWindows: { refusedMs: 60, gatewayMs: 60 },
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  })
  onTestFinished(async () => {
    await device.stop()
    expect(device.events().filter(({ event }) => event === 'simulator-error')).toEqual([])
    await expectAsDescribed(exchanges)
  })
  const family = createCtrlxCore({ ...quick, ...timing })
  const inventory = inventoryEntry(device)
  return {
    device,
    family,
    exchanges,
    inventory,
    connect: async (changes = {}) =>
      await family.connect({
        device: inventory,
        credentials: { kind: 'password', user, password },
        fingerprints: [inventory.pin!.fingerprint],
        signal: quiet,
        ...changes,
      }),
  }
}

/** Fails on whatever the description does not allow: of the client anything at all, of the simulator what it did not announce. */
export async function expectAsDescribed(exchanges: readonly RecordedExchange[]): Promise<void> {
  if (referee === undefined) return
  const violations = []
  for (const exchange of exchanges) {
    const found = await referee.check(exchange)
    violations.push(
      ...found.filter((violation) => {
        if (violation.part.startsWith('request.') && violation.part !== 'request.login') return true
        return exchange.fault === undefined && !departures.some((row) => isDeparture(row, violation))
      }),
    )
  }
  expect(violations).toEqual([])
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-peer-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  return folder
}

function inventoryEntry({ address, fingerprint, name }: CtrlxCore): Device {
  return {
    id: 'dev-aaaaaaaaaaaa' as Device['id'],
    name,
    family: 'ctrlx-core',
    address,
    user,
    pin: { kind: 'tls', fingerprint, acceptedAt: '2026-11-21T06:00:00.000Z', compared: true },
    tags: [],
    role: 'production',
    facts: {},
    addedAt: '2026-11-21T06:00:00.000Z',
  }
}

/** A backup as it lies in a vault. */
export interface Stored {
  readonly file: string
  readonly record: ArchiveRecord
  readonly archive: OpenArchive
  readonly closing: BackupClosing
  readonly progress: readonly Progress[]
}

/** Makes a backup over a session of its own and stores it. */
export async function backUp(
  peer: Peer,
  request: { readonly password?: string; readonly parts?: readonly string[] } = {},
): Promise<Stored> {
  await using session = await peer.connect()
  const source = await session.identify(quiet)
  return await backUpOver(session, source, peer.inventory, request)
}

export async function backUpOver(
  session: DeviceSession,
  source: Identity,
  device: Device,
  request: { readonly password?: string; readonly parts?: readonly string[] } = {},
): Promise<Stored> {
  const progress: Progress[] = []
  const stream = await session.backUp({
    ...request,
    signal: quiet,
    onProgress: (each) => progress.push(each),
  })
  const pieces: Uint8Array[] = []
  for await (const piece of stream.content) pieces.push(piece)
  const closing = await stream.finish()
  const bytes = Buffer.concat(pieces)
  const file = join(await temporaryFolder(), 'archive')
  await writeFile(file, bytes)
  const archive = await openArchive(file, { name: stream.fileName })
  onTestFinished(async () => archive[Symbol.asyncDispose]())
  return {
    file,
    archive,
    closing,
    progress,
    record: archiveRecordSchema.parse({
      format: 1,
      id: '20261121t060000z-press-7-a1b2c3',
      origin: 'backup',
      family: 'ctrlx-core',
      device: { id: device.id, name: device.name, address: device.address },
      source,
      takenAt: source.readAt,
      fileName: stream.fileName,
      container: archive.container,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      scope: closing.scope,
      proof: 'L2',
      passwordProtected: closing.passwordProtected,
    }),
  }
}

/** A restore of a stored backup to a device. */
export function restoreRequest(
  peer: Peer,
  { file, record, archive }: Stored,
  changes: Partial<RestoreRequest> & { readonly mode?: RestoreOptions['mode'] } = {},
): RestoreRequest {
  const { mode = 'merge', ...rest } = changes
  return {
    device: peer.inventory,
    record,
    archiveFile: file,
    archive,
    options: restoreOptionsSchema.parse({ mode }),
    signal: quiet,
    onProgress: () => undefined,
    ...rest,
  }
}

/** Changing requests that reached the device on this path, whether or not they were answered. */
export function posts(peer: Peer, path: string): number {
  return peer.device.log().filter((request) => request.method === 'POST' && request.path === path).length
}
