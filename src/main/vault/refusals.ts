import type { Dirent } from 'node:fs'
import { join } from 'node:path'
import { FailureError, isFailure } from '../../shared/failure.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import {
  clipFailure,
  refusalSchema,
  refusedIdSchema,
  type Refusal,
  type RefusalDraft,
  type RefusedId,
} from '../../shared/model/refused.ts'
import { digestFile } from '../storage/digest.ts'
import { encodeReadable } from '../storage/durable-file.ts'
import { statOf } from '../storage/plain-file.ts'
import { makePrivateFolder } from '../storage/private-folder.ts'
import { ownedName } from '../storage/process-mark.ts'
import { renamePatiently } from '../storage/rename-patiently.ts'
import { writing } from '../storage/storage-failure.ts'
import { syncFolder } from '../storage/sync-folder.ts'
import { newArchiveId } from './archive-id.ts'
import { exportArchive, type WatchOptions } from './export-archive.ts'
import { archiveIdOf, refusalFileName, type VaultLayout } from './layout.ts'
import { entriesOf, readAll, type DamagedArchive } from './listing.ts'
import { moveIntoPlace } from './move-into-place.ts'
import { longestRecordBytes, readDescription } from './records.ts'
import { removeStaged, type StagedFile } from './staging.ts'

/** All that lies under `refused/`. */
export interface RefusalListing {
  /** The newest first. Their contents have not been hashed. */
  readonly refusals: readonly Refusal[]
  readonly damaged: readonly DamagedArchive[]
}

/** What a vault lends to its refusals. */
export interface RefusalBench {
  readonly layout: VaultLayout
  /** Runs work on the vault; where the vault has vanished, that is what is told. */
  readonly guarded: <T>(work: () => Promise<T>) => Promise<T>
  /** Proves that a file is still staged as it was read back, and gives it up once the work on it has ended well. */
  readonly using: <T>(staged: StagedFile, work: () => Promise<T>) => Promise<T>
}

/**
 * Files that came and could not be read: kept bit for bit, so that nothing that was ever received is lost, and apart
 * from the archives, so that nothing takes them for one. They can be listed, copied out and read again, and in no way
 * be looked into or restored.
 *
 * A refusal comes to exist by one rename, as an archive does, and is never changed. Only one that has become an archive
 * with the same hash is given up.
 */
export class Refusals {
  readonly #bench: RefusalBench
  readonly #listeners = new Set<() => void>()

  constructor(bench: RefusalBench) {
    this.#bench = bench
  }

  /** Calls `listener` after every change made through this object. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Keeps staged bytes as refused, whole or not at all. The same bytes of the same device are kept once: then what was
   * staged is dropped, and the refusal that holds them is given. After a failure the file is still staged.
   * @throws FailureError `not-found` where it is not staged by this process, `disk-full`, `storage-unwritable`,
   * `storage-damaged`, `cancelled`
   */
  async keep(
    staged: StagedFile,
    draft: RefusalDraft,
    { signal, now = new Date() }: { readonly signal: AbortSignal; readonly now?: Date },
  ): Promise<Refusal> {
    return await this.#bench.guarded(async () => {
      const { layout, using } = this.#bench
      return await using(staged, async () => {
        const held = await this.#holding(staged, draft, signal)
        if (held) {
          await removeStaged(layout.staging, staged.stagingId)
          return held
        }
        const kept = await this.#store(staged, draft, now)
        this.#tell()
        return kept
      })
    })
  }

  /** Every whole refusal, and everything else that lies there. */
  async list(): Promise<RefusalListing> {
    return await this.#bench.guarded(async () => await this.#listing())
  }

  /** @throws FailureError `not-found`, `storage-damaged`, `storage-newer`, `file-unreadable` */
  async read(id: RefusedId): Promise<Refusal> {
    return await this.#bench.guarded(async () => await readRefusal(this.#folderOf(id), id))
  }

  /**
   * Finds a refusal by its id or a unique start of it.
   * @throws FailureError `not-found`, `ambiguous-id`; as `read`
   */
  async find(prefix: string): Promise<Refusal> {
    const start = prefix.toLowerCase()
    const { refused } = this.#bench.layout
    const entries = await this.#bench.guarded(async () => await entriesOrNone(refused))
    const ids = entries.flatMap(({ name }) =>
      start !== '' && name.startsWith(start) ? (archiveIdOf(name) ?? []) : [],
    )
    const chosen = ids.find((id) => id === start) ?? ids[0]
    if (chosen === undefined) throw new FailureError({ code: 'not-found', kind: 'refused file', id: prefix })
    if (ids.length > 1 && chosen !== start)
      throw new FailureError({
        code: 'ambiguous-id',
        kind: 'refused file',
        id: prefix,
        matches: ids.length,
      })
    return await this.read(refusedIdSchema.parse(chosen))
  }

  /** Where the bytes lie. For reading only: they are never changed. Throws as `read`. */
  async contentPath(id: RefusedId): Promise<string> {
    return join(this.#folderOf(id), (await this.read(id)).fileName)
  }

  /**
   * Copies the file bit by bit to a place outside the vault and reads the copy back.
   * @throws FailureError `target-exists`, `archive-changed`, `disk-full`, `storage-unwritable`, `bad-input`, `cancelled`;
   * as `read`
   */
  async exportTo(id: RefusedId, file: string, options: WatchOptions): Promise<void> {
    await this.#bench.guarded(async () => {
      const record = await readRefusal(this.#folderOf(id), id)
      const contentPath = join(this.#folderOf(id), record.fileName)
      await exportArchive({ ...options, record, contentPath, file, vaultFolder: this.#bench.layout.folder })
    })
  }

  /**
   * Gives up a refusal whose bytes have become an archive: by one rename out of `refused/`, so that a crash leaves it
   * whole or gone.
   * @throws FailureError `archive-changed` where the archive holds other bytes; `storage-unwritable`; as `read`
   */
  async release(id: RefusedId, archive: ArchiveRecord): Promise<void> {
    await this.#bench.guarded(async () => {
      const { staging, refused } = this.#bench.layout
      const { sha256: expectedSha256 } = await readRefusal(this.#folderOf(id), id)
      if (archive.sha256 !== expectedSha256) {
        const actualSha256 = archive.sha256
        throw new FailureError({ code: 'archive-changed', archive: archive.id, expectedSha256, actualSha256 })
      }
      const abandoned = ownedName()
      await writing({ place: this.#folderOf(id) }, async () => {
        await renamePatiently(this.#folderOf(id), join(staging, abandoned))
        await syncFolder(refused)
      })
      await removeStaged(staging, abandoned)
      this.#tell()
    })
  }

  async #store(staged: StagedFile, draft: RefusalDraft, now: Date): Promise<Refusal> {
    const { staging, refused } = this.#bench.layout
    const { fileName, sizeBytes, sha256 } = staged
    await makePrivateFolder(refused)
    const refusal: Refusal = {
      format: 1,
      id: await this.#freeId(now, draft.device?.name ?? fileName),
      ...draft,
      failure: clipFailure(draft.failure),
      refusedAt: now.toISOString(),
      fileName,
      sizeBytes,
      sha256,
    }
    const text = encodeReadable(refusal, refusalSchema)
    if (Buffer.byteLength(text) > longestRecordBytes)
      throw new FailureError({ code: 'bad-input', field: 'refusal', reason: 'is too long' })
    await moveIntoPlace(staging, staged, {
      parent: refused,
      name: refusal.id,
      fileName: refusalFileName,
      text,
    })
    return refusal
  }

  /** A refusal that already holds these bytes, proven by reading them, and knows at least as much of their source. */
  async #holding(
    { sha256, sizeBytes }: StagedFile,
    { device }: RefusalDraft,
    signal: AbortSignal,
  ): Promise<Refusal | undefined> {
    const { refusals } = await this.#listing()
    const alike = refusals.filter(
      (held) => held.sha256 === sha256 && (device === undefined || held.device?.id === device.id),
    )
    for (const held of alike) {
      const file = join(this.#folderOf(held.id), held.fileName)
      const found = await digestFile(file, { signal, phase: 'storing' }).catch((error: unknown) => {
        // Only what is there, whole, makes a second copy needless.
        if (isFailure(error, 'file-unreadable') || isFailure(error, 'storage-damaged')) return undefined
        throw error
      })
      if (found?.sha256 === sha256 && found.sizeBytes === sizeBytes) return held
    }
    return undefined
  }

  async #listing(): Promise<RefusalListing> {
    const { refused } = this.#bench.layout
    const { found, damaged } = await readAll(refused, await entriesOrNone(refused), readRefusal)
    const refusals = found.toSorted((a, b) => (a.refusedAt < b.refusedAt ? 1 : -1))
    return { refusals, damaged }
  }

  async #freeId(now: Date, name: string): Promise<RefusedId> {
    for (;;) {
      const id = refusedIdSchema.parse(newArchiveId(now, name))
      if ((await statOf(join(this.#bench.layout.refused, id))) === undefined) return id
    }
  }

  #folderOf(id: RefusedId): string {
    if (archiveIdOf(id) === undefined) throw new FailureError({ code: 'not-found', kind: 'refused file', id })
    return join(this.#bench.layout.refused, id)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Throws as `Refusals.read`. */
async function readRefusal(folder: string, id: string): Promise<Refusal> {
  if ((await statOf(folder)) === undefined)
    throw new FailureError({ code: 'not-found', kind: 'refused file', id })
  return await readDescription(folder, id, { fileName: refusalFileName, schema: refusalSchema })
}

/** There is no folder until the first file is refused. */
async function entriesOrNone(refused: string): Promise<readonly Dirent[]> {
  return (await statOf(refused)) === undefined ? [] : await entriesOf(refused)
}
