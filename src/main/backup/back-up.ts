import { FailureError, type Failure } from '../../shared/failure.ts'
import type { Device, DeviceId } from '../../shared/model/device.ts'
import { completed } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CredentialBook } from '../devices/credential-book.ts'
import type { HeldFiles } from '../families/family.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { JobContext } from '../jobs/runner.ts'
import { connectTo, type FamilyOf } from './connect.ts'
import {
  openBackup,
  storeBackup,
  type OpenFile,
  type TakeBackupRequest,
  type TakenBackup,
} from './take-backup.ts'
import type { Vault } from '../vault/vault.ts'

export interface BackUpNeeds {
  readonly familyOf: FamilyOf
  readonly inventory: Inventory
  readonly credentials: CredentialBook
  readonly vault: Vault
  readonly catalog: Catalog
  readonly activity: ActivityLog
  readonly openFile: OpenFile
  readonly toFailure: (error: unknown) => Failure
}

export interface BackUpRequest {
  readonly device: Device
  readonly parts?: readonly string[]
  readonly password?: string
  readonly note?: string
}

/**
 * The use case "back up a device": pin, login, identity, file, vault, catalog, history, in this order (B0-B17). A device
 * that makes its files by itself may have several that are not in the vault yet: each becomes an archive of its own, in
 * the order in which the family gives them, and the record of the first one is given back. One that is not whole is
 * passed over for the others.
 * @throws FailureError also `backups-incomplete` where several files wait and not all of them are stored
 */
export function createBackUp(needs: BackUpNeeds) {
  return async (request: BackUpRequest, context: JobContext): Promise<ArchiveRecord> => {
    const { device } = request
    context.report({ phase: 'connecting', bytesDone: 0 })
    const family = needs.familyOf(device.family)
    await using session = await connectTo(needs, device, context.signal)
    context.report({ phase: 'reading-identity', bytesDone: 0 })
    const identity = await session.identify(context.signal)
    await needs.inventory.learn(device.id, identity)
    await needs.catalog.refresh()
    const source = completed(identity, family.stated(device.facts, device.addedAt))
    return await takeAll(needs, {
      ...request,
      family,
      session,
      identity: source,
      origin: 'backup',
      context,
    })
  }
}

/** A file that is not whole where it lies: fetching the others goes on. */
interface FailedFile {
  readonly fileName: string
  readonly sizeBytes: number
  readonly code: string
}

type Taken =
  | ({ readonly kind: 'stored' } & TakenBackup)
  | {
      readonly kind: 'not-whole'
      readonly file: FailedFile
      readonly waiting: number
      readonly error: unknown
    }

/** The file is to blame, not the line or the disk. */
const fileCodes: ReadonlySet<string> = new Set([
  'length-mismatch',
  'file-still-growing',
  'file-unreadable',
  'entry-refused',
  'parser-died',
])

async function takeAll(needs: BackUpNeeds, request: TakeBackupRequest): Promise<ArchiveRecord> {
  const stored: ArchiveRecord[] = []
  const failed: FailedFile[] = []
  let firstError: unknown
  let waiting = Infinity
  while (waiting > 0) {
    try {
      const taken = await takeOne(needs, request, failed)
      if (taken.kind === 'stored') stored.push(taken.record)
      else failed.push(taken.file)
      if (taken.kind === 'not-whole') firstError ??= taken.error
      waiting = Math.min(waiting - 1, taken.waiting)
    } catch (error) {
      const isFirst = stored.length + failed.length === 0
      if (isFirst || request.context.signal.aborted) throw error
      throw incomplete(request, { stored, failed, waiting, reason: needs.toFailure(error).code }, error)
    }
  }
  const [first] = stored
  if (failed.length === 0 && first) return first
  if (failed.length === 1 && !first) throw firstError
  throw incomplete(request, { stored, failed, waiting: 0, reason: undefined }, firstError)
}

interface Incomplete {
  readonly stored: readonly ArchiveRecord[]
  readonly failed: readonly FailedFile[]
  /** How many were not tried, and why the job ended before them. */
  readonly waiting: number
  readonly reason: string | undefined
}

function incomplete(
  { device }: TakeBackupRequest,
  { stored, failed, waiting, reason }: Incomplete,
  cause: unknown,
): FailureError {
  const files = failed.map(({ fileName, code }) => `${fileName}: ${code}`)
  return new FailureError(
    {
      code: 'backups-incomplete',
      device: device.name,
      stored: stored.length,
      waiting: failed.length + waiting,
      reason: [...files, ...(reason === undefined ? [] : [reason])].join(', '),
    },
    { cause },
  )
}

async function takeOne(
  needs: BackUpNeeds,
  request: TakeBackupRequest,
  passedOver: HeldFiles,
): Promise<Taken> {
  const { device, context } = request
  const all = { ...request, held: heldOf(needs.catalog, device.id), passedOver }
  const stream = await openBackup(all)
  try {
    const taken = await storeBackup(needs, all, stream)
    await keep(needs, device, taken.record)
    return { kind: 'stored', ...taken }
  } catch (error) {
    const { fileName, announcedBytes: sizeBytes, waiting } = stream
    const { code } = needs.toFailure(error)
    const isOfFile = code.startsWith('archive-') || fileCodes.has(code)
    // Only a family that says how many wait gives another file when it is asked again.
    if (!isOfFile || waiting === undefined || sizeBytes === undefined || context.signal.aborted) throw error
    return { kind: 'not-whole', file: { fileName, sizeBytes, code }, waiting, error }
  }
}

async function keep(
  { catalog, activity }: BackUpNeeds,
  device: Device,
  record: ArchiveRecord,
): Promise<void> {
  catalog.add(record)
  await activity.append({
    action: 'backup-made',
    subject: device.name,
    facts: { archive: record.id, sha256: record.sha256, sizeBytes: String(record.sizeBytes) },
  })
}

/** The files of a device that the vault holds. */
export function heldOf(catalog: Catalog, id: DeviceId): HeldFiles {
  return catalog.ofDevice(id).map(({ fileName, sizeBytes }) => ({ fileName, sizeBytes }))
}
