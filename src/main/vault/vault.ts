import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError, isFailure, type Failure } from '../../shared/failure.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import { digestFile } from '../storage/digest.ts'
import { removeAbandoned } from '../storage/durable-file.ts'
import { statOf } from '../storage/plain-file.ts'
import { commitStaged, type RecordDraft } from './commit.ts'
import { exportArchive, type WatchOptions } from './export-archive.ts'
import { archiveIdOf, idFileName, isDropping, recordFileName, type VaultLayout } from './layout.ts'
import { entriesOf, listArchives, type VaultListing } from './listing.ts'
import { gone, isVanished, openVault, readVaultId, type OpenedVault, type OpenOptions } from './open-vault.ts'
import { readRecord } from './records.ts'
import { Refusals } from './refusals.ts'
import {
  removeStaged,
  stageInto,
  sweepStaging,
  type StagedFile,
  type StageOptions,
  type SweepReport,
} from './staging.ts'

/**
 * The folder that holds archives and records: the truth, of which everything else can be rebuilt.
 *
 * An archive exists from one rename on and is never changed afterwards. Several processes may use a vault at once:
 * each stages in folders of its own, and ids are never used twice. Every method throws `vault-gone` where the
 * folder, or the id file in it, is no longer the one that was opened.
 */
export class Vault {
  readonly id: string
  readonly folder: string
  /** Files that the reader refused: kept, and no archives. */
  readonly refusals: Refusals
  readonly #layout: VaultLayout
  /** What this process has staged, with the time of the file's last change at that moment. */
  readonly #staged = new Map<string, number>()

  private constructor({ layout, id }: OpenedVault) {
    this.id = id
    this.folder = layout.folder
    this.#layout = layout
    this.refusals = new Refusals({
      layout,
      guarded: async (work) => await this.#guarded(work),
      using: async (staged, work) => await this.#using(staged, work),
    })
  }

  /**
   * Opens the vault in a folder, or makes one where the options allow it.
   * @throws FailureError `vault-gone`, `target-not-empty`, `storage-damaged`, `storage-newer`, `storage-unwritable`
   */
  static async open(folder: string, options: OpenOptions = {}): Promise<Vault> {
    return new Vault(await openVault(folder, options))
  }

  /**
   * Takes in a stream of bytes: checks the room beforehand, the length against the announced one, flushes, and reads
   * back what was written. What is staged is no archive until `commit`. A stage that fails or is aborted leaves nothing.
   * @throws FailureError `disk-full`, `length-mismatch`, `storage-unwritable`, `storage-damaged`, `cancelled`; whatever
   * the source throws
   */
  async stage(options: StageOptions): Promise<StagedFile> {
    return await this.#guarded(async () => {
      const staged = await stageInto(this.#layout.staging, options)
      this.#staged.set(staged.stagingId, (await lstat(staged.path)).mtimeMs)
      return staged
    })
  }

  /**
   * Makes a staged file an archive, whole or not at all, and gives its record. After a failure the file is still
   * staged, to be committed again or discarded.
   * @throws FailureError `not-found` where it is not staged by this process, `bad-input`, `disk-full`,
   * `storage-unwritable`, `storage-damaged` where the staged bytes were touched in the meantime
   */
  async commit(staged: StagedFile, draft: RecordDraft): Promise<ArchiveRecord> {
    return await this.#guarded(
      async () => await this.#using(staged, async () => await commitStaged(this.#layout, staged, draft)),
    )
  }

  /** Drops staged bytes. Does nothing for what was committed or discarded before. */
  async discard(staged: StagedFile): Promise<void> {
    if (this.#staged.delete(staged.stagingId)) await removeStaged(this.#layout.staging, staged.stagingId)
  }

  /** Removes what processes that are gone have left in staging; for the start of the application. */
  async sweep(): Promise<SweepReport> {
    return await this.#guarded(async () => {
      await removeAbandoned(this.folder, idFileName)
      return await sweepStaging(this.#layout.staging)
    })
  }

  /** Every archive with a whole record and content of the right size, and everything else that lies there. */
  async list(): Promise<VaultListing> {
    return await this.#guarded(async () => {
      const listing = await listArchives(this.#layout)
      // A vault that vanishes while it is read would else look like one full of damage.
      if (listing.damaged.length > 0) await this.#requirePresent()
      return listing
    })
  }

  /** @throws FailureError `not-found`, `storage-damaged`, `storage-newer`, `file-unreadable` */
  async read(id: ArchiveId): Promise<ArchiveRecord> {
    return await this.#guarded(async () => await readRecord(this.#folderOf(id), id))
  }

  /**
   * Finds an archive by its id or a unique start of it.
   * @throws FailureError `not-found`, `ambiguous-id`; as `read`
   */
  async find(prefix: string): Promise<ArchiveRecord> {
    const start = prefix.toLowerCase()
    const entries = await this.#guarded(async () => await entriesOf(this.#layout.archives))
    const ids = entries.flatMap(({ name }) =>
      start !== '' && name.startsWith(start) ? (archiveIdOf(name) ?? []) : [],
    )
    const [first] = ids
    if (first === undefined) throw new FailureError({ code: 'not-found', kind: 'archive', id: prefix })
    if (ids.length === 1 || ids.some((id) => id === start))
      return await this.read(ids.find((id) => id === start) ?? first)
    throw new FailureError({ code: 'ambiguous-id', kind: 'archive', id: prefix, matches: ids.length })
  }

  /** Where the archive's file lies. For reading only: it is never changed. Throws as `read`. */
  async contentPath(id: ArchiveId): Promise<string> {
    return join(this.#folderOf(id), (await this.read(id)).fileName)
  }

  /** Hashes the archive's file again. Throws as `read`, and `cancelled`. */
  async rehash(
    id: ArchiveId,
    options: WatchOptions,
  ): Promise<{ readonly sha256: string; readonly matches: boolean }> {
    return await this.#guarded(async () => {
      const { fileName, sha256: expected } = await readRecord(this.#folderOf(id), id)
      const { sha256 } = await digestFile(join(this.#folderOf(id), fileName), {
        ...options,
        phase: 'checking-archive',
      })
      return { sha256, matches: sha256 === expected }
    })
  }

  /**
   * All that is wrong with one archive; nothing where it is whole: record, size, hash, and files that do not belong.
   * @throws FailureError `not-found`, `cancelled`
   */
  async verify(id: ArchiveId, options: WatchOptions): Promise<readonly Failure[]> {
    return await this.#guarded(async () => {
      const folder = this.#folderOf(id)
      try {
        const { sha256: expectedSha256, fileName } = await readRecord(folder, id)
        const extra = (await readdir(folder)).filter(
          (name) => ![recordFileName, fileName].includes(name) && !isDropping(name),
        )
        const reason = 'does not belong to the archive'
        const failures = extra.map((name): Failure => ({
          code: 'storage-damaged',
          file: join(folder, name),
          reason,
        }))
        const { sha256: actualSha256, matches } = await this.rehash(id, options)
        if (matches) return failures
        return [...failures, { code: 'archive-changed', archive: id, expectedSha256, actualSha256 }]
      } catch (error) {
        const known = ['storage-damaged', 'storage-newer', 'file-unreadable'] as const
        if (error instanceof FailureError && known.some((code) => isFailure(error, code)))
          return [error.failure]
        throw error
      }
    })
  }

  /**
   * Copies an archive's file bit by bit to a place outside the vault and reads the copy back.
   * @throws FailureError `target-exists`, `archive-changed`, `disk-full`, `storage-unwritable`, `bad-input`, `cancelled`;
   * as `read`
   */
  async exportTo(id: ArchiveId, file: string, options: WatchOptions): Promise<void> {
    await this.#guarded(async () => {
      const record = await readRecord(this.#folderOf(id), id)
      const contentPath = join(this.#folderOf(id), record.fileName)
      await exportArchive({ ...options, record, contentPath, file, vaultFolder: this.folder })
    })
  }

  /** Runs work on the vault; where it fails because the vault has vanished, that is what is told. */
  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    await this.#requirePresent()
    try {
      return await work()
    } catch (error) {
      await this.#requirePresent(error)
      throw error
    }
  }

  async #requirePresent(cause?: unknown): Promise<void> {
    if (!(await this.#isPresent(cause !== undefined))) throw gone(this.folder, cause)
  }

  /** A place that cannot even be asked counts as there after a failure, so that the failure itself is told. */
  async #isPresent(afterFailure: boolean): Promise<boolean> {
    try {
      return (await readVaultId(this.#layout)) === this.id
    } catch (error) {
      if (isVanished(error)) return false
      if (afterFailure) return true
      throw error
    }
  }

  #folderOf(id: ArchiveId): string {
    if (archiveIdOf(id) === undefined) throw new FailureError({ code: 'not-found', kind: 'archive', id })
    return join(this.#layout.archives, id)
  }

  /** The file stays staged where the work on it fails. */
  async #using<T>(staged: StagedFile, work: () => Promise<T>): Promise<T> {
    await this.#checkStaged(staged)
    const result = await work()
    this.#staged.delete(staged.stagingId)
    return result
  }

  async #checkStaged({ stagingId, path, sizeBytes }: StagedFile): Promise<void> {
    const modifiedMs = this.#staged.get(stagingId)
    if (modifiedMs === undefined)
      throw new FailureError({ code: 'not-found', kind: 'staged file', id: stagingId })
    const stat = await statOf(path)
    if (stat?.isFile() && stat.size === sizeBytes && stat.mtimeMs === modifiedMs) return
    throw new FailureError({
      code: 'storage-damaged',
      file: path,
      reason: 'was changed after it was read back',
    })
  }
}
