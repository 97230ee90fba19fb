import type { ArchiveFacts } from '../../shared/compatibility/rule.ts'
import { completed, type Identity } from '../../shared/model/identity.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import type { SizePoint } from '../../shared/size-forecast.ts'
import type { Family } from '../families/family.ts'
import { describeAs } from '../parser-host/describe-as.ts'
import type { HostedArchive } from '../parser-host/hosted-archive.ts'

/** The facts that a person stated of an archive's source, as `stated-facts.ts` names them, with the time of each. */
export type Statements = Readonly<Record<string, { readonly value: string; readonly statedAt: string }>>

/** Finds what was stated of an archive. */
export type StatedOf = (id: ArchiveId) => Promise<Statements>

/** An archive as the rules meet it before it is opened. */
export interface ArchiveInQuestion {
  readonly family: Family
  readonly record: ArchiveRecord
  readonly stated: Statements
  /** What the caller found by hashing it again now, or `undefined` where it did not. */
  readonly hashMatches: boolean | undefined
  /** Whether the key that opens it is kept; `undefined` where nobody asked. */
  readonly keyKept?: boolean | undefined
  /** The sizes of the backups of the same device; `undefined` where nobody looked. */
  readonly pastSizes?: readonly SizePoint[]
}

/** Whether the key of an archive can be used now. */
export type KeyKept = (id: ArchiveId) => boolean

/**
 * What the rules may know of an archive that is open.
 * @throws FailureError `archive-foreign`, `archive-…`
 */
export async function readArchiveFacts(
  { family, record, stated, hashMatches, keyKept, pastSizes }: ArchiveInQuestion,
  archive: HostedArchive,
  signal: AbortSignal,
): Promise<ArchiveFacts> {
  const { source } = await describeAs(archive, [family.id], record.source, signal)
  const read = { ...record.source, ...source }
  return {
    source: withStatements(family, read, stated),
    // Links and odd names are what a device really has, where the vault itself pulled the file from one; only
    // files from elsewhere have to answer for them. Names that could escape never get past the reader.
    unsafeEntries: record.origin === 'import' ? (await archive.unsafeEntries()).map(({ path }) => path) : [],
    hashMatches,
    unpackedBytes: archive.container === 'opaque' ? undefined : archive.unpackedBytes,
    keyKept,
    pastSizes,
  }
}

/** What is known of an archive from its record and from statements alone, without its file. */
export function recordedFacts({
  family,
  record,
  stated,
  hashMatches,
  keyKept,
  pastSizes,
}: ArchiveInQuestion): ArchiveFacts {
  return {
    source: withStatements(family, record.source, stated),
    unsafeEntries: undefined,
    hashMatches,
    unpackedBytes: undefined,
    keyKept,
    pastSizes,
  }
}

/** Completes an identity by what a person stated; what was read from a device or an archive wins. */
export function withStatements(family: Family, known: Identity, stated: Statements): Identity {
  // Each statement has its own time, so each is asked for alone.
  return Object.entries(stated).reduce<Identity>(
    (identity, [name, { value, statedAt }]) =>
      completed(identity, family.stated({ [name]: value }, statedAt)),
    known,
  )
}
