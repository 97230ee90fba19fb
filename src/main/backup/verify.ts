import { FailureError } from '../../shared/failure.ts'
import type { JobResult } from '../../shared/model/job.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { JobContext } from '../jobs/runner.ts'
import { reportBytes } from '../transfer/report-bytes.ts'
import type { Vault } from '../vault/vault.ts'
import type { OpenFile } from './take-backup.ts'

/**
 * The use case "is this archive still what was stored": reads every byte again, compares the hash, opens it.
 * The job fails with `archive-changed` or an `archive-…` failure where it is not.
 */
export function createVerify({ vault, openFile }: { readonly vault: Vault; readonly openFile: OpenFile }) {
  return (record: ArchiveRecord) =>
    async (context: JobContext): Promise<JobResult> => {
      const { sha256, matches } = await vault.rehash(record.id, {
        signal: context.signal,
        onBytes: reportBytes(context.report, 'checking-archive', record.sizeBytes),
      })
      if (!matches) {
        throw new FailureError({
          code: 'archive-changed',
          archive: record.id,
          expectedSha256: record.sha256,
          actualSha256: sha256,
        })
      }
      context.report({ phase: 'opening', bytesDone: record.sizeBytes, bytesTotal: record.sizeBytes })
      await using archive = await openFile(
        await vault.contentPath(record.id),
        record.fileName,
        context.signal,
        record.container === 'opaque',
      )
      // Opening parses the structure; the entries' own checksums are checked when they are read.
      await archive.call(
        'test',
        { part: 0, parts: 1 },
        {
          signal: context.signal,
          onProgress: reportBytes(context.report, 'opening', archive.unpackedBytes),
        },
      )
      return { kind: 'archive', archiveId: record.id }
    }
}
