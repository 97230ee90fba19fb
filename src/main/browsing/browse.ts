import { FailureError } from '../../shared/failure.ts'
import { foundAtMost, type Comparison, type Preview, type TreeRow } from '../../shared/model/entry.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import { compareArchives } from '../archives/compare.ts'
import { extractTo, type Extraction } from '../archives/extract.ts'
import type { OpenArchive } from '../archives/open.ts'
import { previewEntry } from '../archives/preview.ts'
import { listFolder } from '../archives/tree.ts'
import { ArchiveShelf } from './archive-shelf.ts'

/** How stored archives are opened; compose hands it over. */
export type OpenStored = (record: ArchiveRecord, signal: AbortSignal) => Promise<OpenArchive>

/** Looking inside stored archives, without any device. */
export class Browser implements AsyncDisposable {
  readonly #shelf: ArchiveShelf

  constructor(needs: {
    readonly read: (id: ArchiveId) => Promise<ArchiveRecord>
    readonly open: OpenStored
  }) {
    this.#shelf = new ArchiveShelf(async (id, signal) => await needs.open(await needs.read(id), signal))
  }

  /** Runs `work` on an opened archive, which stays open for the next question. */
  async with<T>(
    id: ArchiveId,
    signal: AbortSignal,
    work: (archive: OpenArchive) => Promise<T> | T,
  ): Promise<T> {
    return await this.#shelf.with(id, signal, work)
  }

  /** One level of the tree; the empty path is the top. */
  async folder(id: ArchiveId, path: string, signal: AbortSignal): Promise<readonly TreeRow[]> {
    return await this.#inside(id, signal, (archive) => listFolder(archive, path))
  }

  /** Files whose path contains `text`, whatever the case; the first 2,000 of them. */
  async find(id: ArchiveId, text: string, signal: AbortSignal): Promise<readonly TreeRow[]> {
    const wanted = text.toLowerCase()
    return await this.#inside(id, signal, (archive) => {
      const rows: TreeRow[] = []
      for (const entry of archive.entries()) {
        if (rows.length >= foundAtMost) break
        if (entry.kind === 'folder' || !entry.path.toLowerCase().includes(wanted)) continue
        const { path, kind, sizeBytes, modifiedAt, restriction } = entry
        const name = path.slice(path.lastIndexOf('/') + 1)
        rows.push({
          name,
          path,
          kind,
          sizeBytes,
          ...(modifiedAt && { modifiedAt }),
          ...(restriction && { restriction }),
        })
      }
      return rows
    })
  }

  async preview(id: ArchiveId, path: string, signal: AbortSignal): Promise<Preview> {
    return await this.#inside(id, signal, (archive) => previewEntry(archive, path, { signal }))
  }

  /** Compares by entry: what was added, removed or changed from `before` to `after`. */
  async compare(before: ArchiveId, after: ArchiveId, signal: AbortSignal): Promise<Comparison> {
    return await this.#inside(before, signal, (a) =>
      this.#inside(after, signal, (b) => compareArchives(a, b, { signal })),
    )
  }

  /** Both sides of one entry; a side that does not have it is absent. */
  async compareEntry(before: ArchiveId, after: ArchiveId, path: string, signal: AbortSignal) {
    const side = (id: ArchiveId): Promise<Preview | undefined> =>
      this.#inside(id, signal, (archive) =>
        archive.find(path) ? previewEntry(archive, path, { signal }) : undefined,
      )
    const [old, now] = [await side(before), await side(after)]
    return { ...(old && { before: old }), ...(now && { after: now }) }
  }

  /** Takes entries, or all of them, out into an empty folder. @throws FailureError `target-not-empty`, `archive-…` */
  async extract(
    id: ArchiveId,
    paths: readonly string[] | undefined,
    folder: string,
    options: { readonly signal: AbortSignal; readonly onBytes?: (bytes: number) => void },
  ): Promise<Extraction> {
    return await this.#inside(id, options.signal, (archive) => extractTo(archive, paths, folder, options))
  }

  /** As `with`, for questions about what is inside. @throws FailureError `archive-opaque` where nobody can look inside */
  async #inside<T>(
    id: ArchiveId,
    signal: AbortSignal,
    work: (archive: OpenArchive) => Promise<T> | T,
  ): Promise<T> {
    return await this.with(id, signal, (archive) => {
      if (archive.container === 'opaque')
        throw new FailureError({ code: 'archive-opaque', archive: archive.name })
      return work(archive)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#shelf[Symbol.asyncDispose]()
  }
}
