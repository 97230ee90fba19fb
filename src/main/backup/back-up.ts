import { FailureError, type Failure } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import { completed } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CredentialBook } from '../devices/credential-book.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { JobContext } from '../jobs/runner.ts'
import { connectTo, type FamilyOf } from './connect.ts'
import { takeBackup, type OpenFile, type TakeBackupRequest, type TakenBackup } from './take-backup.ts'
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
 * the order in which the family gives them, and the record of the first one is given back.
 * @throws FailureError also `backups-incomplete` where some are stored and the next one failed
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
    const each = { ...request, family, session, identity: source, origin: 'backup', context } as const
    const first = await takeOne(needs, each)
    let { waiting } = first
    for (let stored = 1; waiting > 0; stored += 1) {
      try {
        waiting = Math.min(waiting - 1, (await takeOne(needs, each)).waiting)
      } catch (error) {
        if (context.signal.aborted) throw error
        const reason = needs.toFailure(error).code
        const failure = { code: 'backups-incomplete', device: device.name, stored, waiting, reason } as const
        throw new FailureError(failure, { cause: error })
      }
    }
    return first.record
  }
}

async function takeOne(needs: BackUpNeeds, request: TakeBackupRequest): Promise<TakenBackup> {
  const { device } = request
  const held = needs.catalog.ofDevice(device.id).map(({ fileName, sizeBytes }) => ({ fileName, sizeBytes }))
  const taken = await takeBackup(needs, { ...request, held })
  const { record } = taken
  needs.catalog.add(record)
  await needs.activity.append({
    action: 'backup-made',
    subject: device.name,
    facts: { archive: record.id, sha256: record.sha256, sizeBytes: String(record.sizeBytes) },
  })
  return taken
}
