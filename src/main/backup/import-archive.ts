import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { constants } from 'node:fs'
import { FailureError } from '../../shared/failure.ts'
import type { Device } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Family } from '../families/family.ts'
import type { JobContext } from '../jobs/runner.ts'
import { describeAs } from '../parser-host/describe-as.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import type { Vault } from '../vault/vault.ts'
import type { OpenFile } from './take-backup.ts'

export interface ImportNeeds {
  readonly families: readonly Family[]
  readonly vault: Vault
  readonly catalog: Catalog
  readonly activity: ActivityLog
  readonly openFile: OpenFile
}

export interface ImportRequest {
  /** A regular file of the person's choice; it is read, never moved or changed. */
  readonly file: string
  readonly family?: FamilyId
  /** The device it came from, where the person says so. */
  readonly device?: Device
  readonly note?: string
}

const pieceBytes = 1024 * 1024

/**
 * Takes a file that was made elsewhere into the vault, bit for bit, after the same reading back, opening and parsing
 * as a backup.
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
    try {
      const candidates = candidatesFor(needs.families, request)
      const opaque = candidates.some((each) => each.opaque)
      await using archive = await needs.openFile(staged.path, staged.fileName, context.signal, opaque)
      const families = candidates.map(({ id }) => id)
      const { family, source } = await describeAs(archive, families, { readAt: modifiedAt }, context.signal)
      const madeAt = candidates.find(({ id }) => id === family)?.madeAt?.(staged.fileName)
      const { device } = request
      const record = await needs.vault.commit(staged, {
        origin: 'import',
        family,
        device: device
          ? { id: device.id, name: device.name, address: device.address }
          : { name: source.hostname?.value ?? source.serial?.value ?? staged.fileName, address: '' },
        source,
        takenAt: madeAt ?? modifiedAt,
        container: archive.container,
        scope: { parts: [], leftOut: [] },
        proof: archive.container === 'opaque' ? 'L1' : 'L2',
        passwordProtected: false,
        ...(request.note !== undefined && { note: request.note }),
      })
      needs.catalog.add(record)
      await needs.activity.append({
        action: 'archive-imported',
        subject: record.device.name,
        facts: { archive: record.id, sha256: record.sha256, file: basename(request.file) },
      })
      return record
    } catch (error) {
      await needs.vault.discard(staged)
      throw error
    }
  }
}

/** Files that tell nothing of their kind are taken for one only where the person names it. */
function candidatesFor(families: readonly Family[], { family, device }: ImportRequest): readonly Family[] {
  const wanted = family ?? device?.family
  return families.filter(({ id, opaque }) => (wanted === undefined ? opaque !== true : id === wanted))
}

/** Only a regular file, with its size fixed when it is opened: a FIFO or a growing file is not a backup. */
async function openSource(file: string) {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new FailureError({ code: 'file-unreadable', file, reason }, { cause })
  }
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) =>
    refuse(cause instanceof Error ? cause.message : 'it cannot be opened', cause),
  )
  const stat = await handle.stat()
  if (!stat.isFile()) {
    await handle.close()
    return refuse('it is not a regular file')
  }
  async function* content() {
    try {
      for (let position = 0; ;) {
        const { bytesRead, buffer } = await handle.read(
          Buffer.allocUnsafe(pieceBytes),
          0,
          pieceBytes,
          position,
        )
        if (bytesRead === 0) return
        position += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  }
  return { size: stat.size, modifiedAt: stat.mtime.toISOString(), content: content() }
}
