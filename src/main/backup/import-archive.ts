import { basename } from 'node:path'
import type { Device } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RefusalDraft } from '../../shared/model/refused.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { JobContext } from '../jobs/runner.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import { becomeArchive, type ArchiveNeeds } from './become-archive.ts'
import { keepRefused } from './keep-refused.ts'
import { openSource } from './read-source.ts'

export interface ImportNeeds extends ArchiveNeeds {
  readonly catalog: Catalog
  readonly activity: ActivityLog
}

export interface ImportRequest {
  /** A regular file of the person's choice; it is read, never moved or changed. */
  readonly file: string
  readonly family?: FamilyId
  /** The device it came from, where the person says so. */
  readonly device?: Device
  readonly note?: string
}

/**
 * Takes a file that was made elsewhere into the vault, bit for bit, after the same reading back, opening and parsing
 * as a backup. One that is refused is kept as such, but for what nobody named and no kind of device knows.
 * @throws FailureError `file-unreadable`, `archive-…`, `archive-foreign` where no family knows it
 */
export function createImportArchive(needs: ImportNeeds) {
  return async (request: ImportRequest, context: JobContext): Promise<ArchiveRecord> => {
    const { size, modifiedAt, content } = await openSource(request.file)
    const staged = await needs.vault.stage({
      content,
      fileName: basename(request.file),
      announcedBytes: size,
      signal: context.signal,
      onBytes: reportBytes(context.report, 'transferring', size),
    })
    const known = knownOf(request, modifiedAt)
    try {
      const record = await becomeArchive(needs, { staged, known, signal: context.signal })
      needs.catalog.add(record)
      await needs.activity.append({
        action: 'archive-imported',
        subject: record.device.name,
        facts: { archive: record.id, sha256: record.sha256, file: basename(request.file) },
      })
      return record
    } catch (error) {
      await keepRefused(needs, { staged, known, error, signal: context.signal })
      throw error
    }
  }
}

/** What is known of a file before it is opened. */
function knownOf({ family, device, note }: ImportRequest, takenAt: string): Omit<RefusalDraft, 'failure'> {
  const named = family ?? device?.family
  return {
    origin: 'import',
    takenAt,
    scope: { parts: [], leftOut: [] },
    passwordProtected: false,
    ...(named && { family: named }),
    ...(device && { device: { id: device.id, name: device.name, address: device.address } }),
    ...(note !== undefined && { note }),
  }
}
