import type { FamilyId } from '../../shared/model/family-id.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { RefusalDraft } from '../../shared/model/refused.ts'
import type { Family } from '../families/family.ts'
import { describeAs } from '../parser-host/describe-as.ts'
import type { StagedFile } from '../vault/staging.ts'
import type { Vault } from '../vault/vault.ts'
import { openedAs } from './opened-as.ts'
import type { OpenFile } from './take-backup.ts'

export interface ArchiveNeeds {
  readonly families: readonly Family[]
  readonly vault: Vault
  readonly openFile: OpenFile
}

/** A staged file and all that is known of it without opening it. */
export interface KnownFile {
  readonly staged: StagedFile
  readonly known: Omit<RefusalDraft, 'failure'>
  readonly signal: AbortSignal
}

/**
 * Opens and parses a staged file and makes it an archive: of the family that is known, or else of the first one that
 * knows the file. After a failure it is still staged.
 * @throws FailureError `archive-…`, `archive-foreign` where no family knows it, `parser-died`; as `Vault.commit`
 */
export async function becomeArchive(
  { families, vault, openFile }: ArchiveNeeds,
  { staged, known, signal }: KnownFile,
): Promise<ArchiveRecord> {
  const candidates = candidatesFor(families, known.family)
  const opaque = candidates.some((each) => each.opaque)
  await using archive = await openFile(staged.path, staged.fileName, signal, opaque)
  const ids = candidates.map(({ id }) => id)
  const recorded = known.source ?? { readAt: known.takenAt }
  const { family, source } = await describeAs(archive, ids, recorded, signal)
  signal.throwIfAborted()
  const madeAt = candidates.find(({ id }) => id === family)?.madeAt?.(staged.fileName)
  const name = source.hostname?.value ?? source.serial?.value ?? staged.fileName
  return await vault.commit(staged, {
    ...known,
    family,
    device: known.device ?? { name, address: '' },
    source: { ...known.source, ...source },
    takenAt: (known.origin === 'import' ? madeAt : undefined) ?? known.takenAt,
    ...openedAs(archive),
  })
}

/** Files that tell nothing of their kind are taken for one only where the person names it. */
function candidatesFor(families: readonly Family[], wanted: FamilyId | undefined): readonly Family[] {
  return families.filter(({ id, opaque }) => (wanted === undefined ? opaque !== true : id === wanted))
}
