import type { Device } from '../../shared/model/device.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RefusalDraft } from '../../shared/model/refused.ts'
import type { BackupClosing, BackupRequest, BackupStream, DeviceSession, Family } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { describeAs } from '../parser-host/describe-as.ts'
import type { HostedArchive } from '../parser-host/hosted-archive.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import type { StagedFile } from '../vault/staging.ts'
import type { Vault } from '../vault/vault.ts'
import { keepRefused, type RefusalNeeds } from './keep-refused.ts'
import { openedAs } from './opened-as.ts'

/**
 * Opens an archive file for reading, hostile ones included. `mayBeOpaque`: what begins like no archive is taken as it
 * is, because somebody has said what it is.
 */
export type OpenFile = (
  file: string,
  name: string,
  signal: AbortSignal,
  mayBeOpaque?: boolean,
) => Promise<HostedArchive>

export interface TakeBackupNeeds extends RefusalNeeds {
  readonly openFile: OpenFile
}

/** A backup over a session that is already open; also how the safety backup before a restore is taken. */
export interface TakeBackupRequest {
  readonly family: Family
  readonly device: Device
  readonly session: DeviceSession
  /** Read on this session just now. */
  readonly identity: Identity
  readonly origin: 'backup' | 'safety'
  readonly parts?: readonly string[]
  readonly password?: string
  readonly note?: string
  /** Files of this device that the vault holds, so that they are not fetched again. */
  readonly held?: BackupRequest['held']
  /** Files that were tried in this job and are not whole. */
  readonly passedOver?: BackupRequest['passedOver']
  readonly context: JobContext
}

/** `waiting`: how many more files the device has to be fetched after this one. */
export interface TakenBackup {
  readonly record: ArchiveRecord
  readonly waiting: number
}

/**
 * Pulls one archive and stores it: the device makes its file, the bytes are hashed while they are written, read back,
 * opened and parsed, and only then does one rename make it an archive. Whatever fails before leaves nothing listed; what
 * came whole and is refused by its reader is kept as a refused file.
 * @throws FailureError of the device, the disk (`disk-full`, …) or the archive (`archive-…`)
 */
export async function takeBackup(needs: TakeBackupNeeds, request: TakeBackupRequest): Promise<TakenBackup> {
  return await storeBackup(needs, request, await openBackup(request))
}

/** Has the device make its file, or give one that it made by itself. Throws as `DeviceSession.backUp`. */
export async function openBackup(request: TakeBackupRequest): Promise<BackupStream> {
  const { session, context } = request
  return await session.backUp({
    ...(request.parts && { parts: request.parts }),
    ...(request.password !== undefined && { password: request.password }),
    ...(request.held && { held: request.held }),
    ...(request.passedOver && { passedOver: request.passedOver }),
    signal: context.signal,
    onProgress: context.report,
  })
}

/** Stores what the device gives, as `takeBackup` promises. */
export async function storeBackup(
  needs: TakeBackupNeeds,
  request: TakeBackupRequest,
  stream: BackupStream,
): Promise<TakenBackup> {
  const { context } = request
  const staged = await stage(needs.vault, stream, request)
  const closing = await finish(needs.vault, stream, staged)
  const known = describe(request, closing, stream.madeAt)
  try {
    context.report({ phase: 'opening', bytesDone: staged.sizeBytes, bytesTotal: staged.sizeBytes })
    const { opaque } = request.family
    await using archive = await needs.openFile(staged.path, staged.fileName, context.signal, opaque)
    const { source } = await describeAs(archive, [request.family.id], request.identity, context.signal)
    context.signal.throwIfAborted()
    const record = await needs.vault.commit(staged, {
      ...known,
      source: { ...request.identity, ...source },
      ...openedAs(archive),
    })
    return { record, waiting: stream.waiting ?? 0 }
  } catch (error) {
    await keepRefused(needs, { staged, known, error, signal: context.signal })
    throw error
  }
}

/** What the device says once all bytes have come: until then they are not its file. */
async function finish(vault: Vault, stream: BackupStream, staged: StagedFile): Promise<BackupClosing> {
  try {
    return await stream.finish()
  } catch (error) {
    await vault.discard(staged)
    throw error
  }
}

async function stage(vault: Vault, stream: BackupStream, request: TakeBackupRequest): Promise<StagedFile> {
  const { context } = request
  return await vault.stage({
    content: stream.content,
    fileName: stream.fileName,
    ...(stream.announcedBytes !== undefined && { announcedBytes: stream.announcedBytes }),
    signal: context.signal,
    onBytes: reportBytes(context.report, 'transferring', stream.announcedBytes),
    onReadBack: reportBytes(context.report, 'reading-back', stream.announcedBytes),
  })
}

/** All that is known of the file before it is opened. `madeAt`: when the device made it, where that was not now. */
function describe(
  { family, device, session, origin, note, identity }: TakeBackupRequest,
  closing: BackupClosing,
  madeAt: string | undefined,
) {
  return {
    origin,
    family: family.id,
    device: { id: device.id, name: device.name, address: device.address },
    source: identity,
    takenAt: madeAt ?? new Date().toISOString(),
    scope: closing.scope,
    passwordProtected: closing.passwordProtected,
    pinFingerprint: session.fingerprint,
    ...(note !== undefined && note !== '' && { note }),
    ...(closing.messages.length > 0 && { deviceMessages: closing.messages }),
  } satisfies Omit<RefusalDraft, 'failure'>
}
