import type { ArchiveFacts } from '../../shared/compatibility/rule.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { OpenArchive } from '../archives/open.ts'
import type { Family } from '../families/family.ts'

/**
 * What the rules may know of an archive. `hashMatches` is what the caller found by hashing it again now, or `undefined`
 * where it did not.
 * @throws FailureError `archive-foreign`, `archive-…`
 */
export async function readArchiveFacts(
  family: Family,
  record: ArchiveRecord,
  archive: OpenArchive,
  hashMatches: boolean | undefined,
  signal: AbortSignal,
): Promise<ArchiveFacts> {
  return {
    source: { ...record.source, ...(await family.readArchive(archive, record.source, signal)) },
    // Links and odd names are what a device really has, where the vault itself pulled the file from one; only
    // files from elsewhere have to answer for them. Names that could escape never get past the reader.
    unsafeEntries: record.origin === 'import' ? archive.unsafeEntries().map(({ path }) => path) : [],
    hashMatches,
    unpackedBytes: archive.unpackedBytes,
  }
}
