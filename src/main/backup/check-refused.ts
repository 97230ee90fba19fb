import { FailureError } from '../../shared/failure.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { Refusal } from '../../shared/model/refused.ts'
import type { JobContext } from '../jobs/runner.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import { becomeArchive } from './become-archive.ts'
import type { ImportNeeds } from './import-archive.ts'
import { openSource } from './read-source.ts'

/**
 * Reads a refused file again, with the reader of this version. Where it opens now it becomes the archive that it would
 * have become at first, with the same origin, and only then the refusal is given up. Where it is refused again,
 * everything stays as it is.
 * @throws FailureError as an import; `archive-changed` where the kept bytes are no longer those that were refused
 */
export function createCheckRefused(needs: ImportNeeds) {
  return async (refusal: Refusal, context: JobContext): Promise<ArchiveRecord> => {
    const stored = await storedAlready(needs, refusal, context)
    if (stored) {
      await needs.vault.refusals.release(refusal.id, stored)
      return stored
    }
    const record = await readAgain(needs, refusal, context)
    needs.catalog.add(record)
    await needs.activity.append({
      action: 'refusal-opened',
      subject: record.device.name,
      facts: { archive: record.id, sha256: record.sha256, file: record.fileName, refused: refusal.id },
    })
    await needs.vault.refusals.release(refusal.id, record)
    return record
  }
}

async function readAgain(
  needs: ImportNeeds,
  refusal: Refusal,
  { signal, report }: JobContext,
): Promise<ArchiveRecord> {
  const { vault } = needs
  const { id, refusedAt: _refusedAt, failure: _failure, fileName, sizeBytes, sha256, ...known } = refusal
  const { content, size } = await openSource(await vault.refusals.contentPath(id))
  const staged = await vault.stage({
    content,
    fileName,
    announcedBytes: size,
    signal,
    onBytes: reportBytes(report, 'transferring', sizeBytes),
  })
  try {
    if (staged.sha256 !== sha256) {
      const { sha256: actualSha256 } = staged
      throw new FailureError({ code: 'archive-changed', archive: id, expectedSha256: sha256, actualSha256 })
    }
    report({ phase: 'opening', bytesDone: sizeBytes, bytesTotal: sizeBytes })
    return await becomeArchive(needs, { staged, known, signal })
  } catch (error) {
    await vault.discard(staged)
    throw error
  }
}

/** The archive that an earlier check has made of these bytes, where a crash kept it from giving the refusal up. */
async function storedAlready(
  { vault, catalog }: ImportNeeds,
  { sha256, origin, device }: Refusal,
  { signal }: JobContext,
): Promise<ArchiveRecord | undefined> {
  await catalog.refresh()
  for (const record of catalog.all()) {
    const isSame = record.sha256 === sha256 && record.origin === origin
    if (!isSame || (device !== undefined && record.device.id !== device.id)) continue
    if ((await vault.rehash(record.id, { signal })).matches) return record
  }
  return undefined
}
