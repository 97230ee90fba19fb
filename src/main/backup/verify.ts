import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { FailureError } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { JobResult } from '../../shared/model/job.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { OpenArchive } from '../archives/open.ts'
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
      await readEverything(archive, context.signal)
      return { kind: 'archive', archiveId: record.id }
    }
}

/** What is encrypted cannot be judged without its password; the hash of the whole file covers its bytes. */
function isReadable({ kind, restriction }: Entry): boolean {
  return kind === 'file' && restriction !== 'encrypted'
}

async function readEverything(archive: OpenArchive, signal: AbortSignal): Promise<void> {
  for await (const { content } of archive.readAll({ signal, only: isReadable }))
    await finished(Readable.from(content).resume())
}
