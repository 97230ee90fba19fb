import type { Device } from '../../shared/model/device.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CredentialBook } from '../devices/credential-book.ts'
import type { Inventory } from '../devices/inventory.ts'
import type { JobContext } from '../jobs/runner.ts'
import { connectTo, type FamilyOf } from './connect.ts'
import { takeBackup, type OpenFile } from './take-backup.ts'
import type { Vault } from '../vault/vault.ts'

export interface BackUpNeeds {
  readonly familyOf: FamilyOf
  readonly inventory: Inventory
  readonly credentials: CredentialBook
  readonly vault: Vault
  readonly catalog: Catalog
  readonly activity: ActivityLog
  readonly openFile: OpenFile
}

export interface BackUpRequest {
  readonly device: Device
  readonly parts?: readonly string[]
  readonly password?: string
  readonly note?: string
}

/** The use case "back up a device": pin, login, identity, file, vault, catalog, history, in this order (B0-B17). */
export function createBackUp(needs: BackUpNeeds) {
  return async (request: BackUpRequest, context: JobContext): Promise<ArchiveRecord> => {
    const { device } = request
    context.report({ phase: 'connecting', bytesDone: 0 })
    const family = needs.familyOf(device.family)
    await using session = await connectTo(needs, device, context.signal)
    context.report({ phase: 'reading-identity', bytesDone: 0 })
    const identity = await session.identify(context.signal)
    await needs.inventory.learn(device.id, identity)
    const record = await takeBackup(needs, {
      ...request,
      family,
      session,
      identity,
      origin: 'backup',
      context,
    })
    needs.catalog.add(record)
    await needs.activity.append({
      action: 'backup-made',
      subject: device.name,
      facts: { archive: record.id, sha256: record.sha256, sizeBytes: String(record.sizeBytes) },
    })
    return record
  }
}
