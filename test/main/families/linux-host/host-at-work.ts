import { observeRestore } from '../../../peers/observe-restore.ts'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openArchive, type OpenArchive } from '../../../../src/main/archives/open.ts'
import type {
  BackupClosing,
  Commitment,
  DeviceSession,
  Observation,
  ObserveRequest,
  PreparedRestore,
  RestoreRequest,
} from '../../../../src/main/families/family.ts'
import { readArchive } from '../../../../src/main/families/linux-host/archive.ts'
import { createLinuxHost } from '../../../../src/main/families/linux-host/linux-host.ts'
import type { Credentials } from '../../../../src/main/transport/credentials.ts'
import type { Deadlines } from '../../../../src/main/transport/deadlines.ts'
import type { Device, DeviceFacts } from '../../../../src/shared/model/device.ts'
import type { Identity } from '../../../../src/shared/model/identity.ts'
import type { Progress } from '../../../../src/shared/model/progress.ts'
import type { ArchiveRecord } from '../../../../src/shared/model/record.ts'
import type { RestoreOptions } from '../../../../src/shared/model/restore.ts'
import { sampleDevice, sampleOptions, sampleRecord } from './sample.ts'

export const never = new AbortController().signal
const quick: Partial<Deadlines> = { connectMs: 2_000, handshakeMs: 3_000, idleMs: 1_500 }
export const linuxHost = createLinuxHost({ packIdleMs: 1_500, askAgainMs: 100, settleMs: 300 }, quick)

/** Where a host can be reached, whoever runs it. */
export interface Reachable {
  readonly address: string
  readonly fingerprint: string
}

/** A stored backup, as the vault would keep it. */
export interface Stored {
  readonly file: string
  readonly record: ArchiveRecord
  readonly closing: BackupClosing
}

/** Does in a test what the use cases do around a family, with a plain folder in place of the vault. */
export class Bench implements AsyncDisposable {
  readonly folder: string
  readonly progress: Progress[] = []
  readonly credentials: Credentials
  readonly #open: AsyncDisposable[] = []

  static async make(credentials: Credentials): Promise<Bench> {
    return new Bench(await mkdtemp(join(tmpdir(), 'linux-host-bench-')), credentials)
  }

  private constructor(folder: string, credentials: Credentials) {
    this.folder = folder
    this.credentials = credentials
  }

  device({ address }: Reachable, facts: DeviceFacts = {}): Device {
    const { user } = this.credentials
    return sampleDevice({ address, user, facts: linuxHost.checkFacts(facts) })
  }

  async connect(
    host: Reachable,
    facts: DeviceFacts = {},
    { fingerprints = [host.fingerprint], credentials = this.credentials, signal = never } = {},
  ): Promise<DeviceSession> {
    const device = this.device(host, facts)
    const session = await linuxHost.connect({ device, credentials, fingerprints, signal })
    this.#open.push(session)
    return session
  }

  async backUp(session: DeviceSession, parts?: readonly string[], signal = never): Promise<Stored> {
    const stream = await session.backUp({ ...(parts && { parts }), signal, onProgress: () => undefined })
    const file = join(await mkdtemp(join(this.folder, 'backup-')), stream.fileName)
    await pipeline(stream.content, createWriteStream(file), { signal })
    const closing = await stream.finish()
    const identity = await session.identify(signal)
    const archive = await this.openFile(file)
    const source = await readArchive(archive, identity, signal)
    return { file, closing, record: await this.describe(file, { source, scope: closing.scope }) }
  }

  async describe(file: string, changes: Partial<ArchiveRecord>): Promise<ArchiveRecord> {
    const digest = createHash('sha256')
    const archive = await this.openFile(file)
    for await (const piece of createReadStream(file)) digest.update(piece as Buffer)
    const { archiveBytes: sizeBytes, container } = archive
    return sampleRecord({ sizeBytes, container, sha256: digest.digest('hex'), ...changes })
  }

  async openFile(file: string): Promise<OpenArchive> {
    const archive = await openArchive(file)
    this.#open.push(archive)
    return archive
  }

  async request(
    device: Device,
    { file, record }: Pick<Stored, 'file' | 'record'>,
    options: Partial<RestoreOptions> = {},
  ): Promise<RestoreRequest> {
    return {
      device,
      record,
      archiveFile: file,
      archive: await this.openFile(file),
      options: sampleOptions(options),
      signal: never,
      onProgress: (progress) => this.progress.push(progress),
    }
  }

  /** R9 to R17 as the use case goes through them. */
  async restore(
    host: Reachable,
    stored: Pick<Stored, 'file' | 'record'>,
    {
      facts = {},
      options = {},
      safety,
      limitMs = 30_000,
      beforeCommit = () => undefined,
      reconnectTo = host,
    }: {
      facts?: DeviceFacts
      options?: Partial<RestoreOptions>
      safety?: Stored
      limitMs?: number
      /** Who answers at the address when it is asked again. */
      reconnectTo?: Reachable
      beforeCommit?: (prepared: PreparedRestore) => void | Promise<void>
    } = {},
  ): Promise<Observation & { readonly commitment: Commitment }> {
    const session = await this.connect(host, facts)
    const request = await this.request(this.device(host, facts), stored, options)
    const prepared = await session.prepareRestore!(request)
    const before: Identity = await session.identify(never)
    await beforeCommit(prepared)
    const commitment = await prepared.commit(never)
    if (commitment.kind === 'refused') throw new Error(JSON.stringify(commitment.failure))
    const observation = await this.observe({
      restore: request,
      before,
      commitment,
      session,
      host: reconnectTo,
      facts,
      limitMs,
      ...(safety && { safety }),
    })
    return { ...observation, commitment }
  }

  async observe({
    host,
    facts,
    safety,
    limitMs = 30_000,
    ...known
  }: Pick<ObserveRequest, 'restore' | 'before' | 'commitment' | 'session'> & {
    host: Reachable
    facts: DeviceFacts
    safety?: Stored
    limitMs?: number
  }): Promise<Observation> {
    return await observeRestore(linuxHost, {
      ...known,
      reconnect: () => this.connect(host, facts),
      safety: safety && (await this.openFile(safety.file)),
      limitMs,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#open.reverse()) await each[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** The failure that a promise rejects with; a promise that does not is a mistake. */
export async function failureOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise
  } catch (error) {
    const { failure } = error as { failure?: Record<string, unknown> }
    if (failure) return failure
    throw error
  }
  throw new Error('nothing failed')
}
