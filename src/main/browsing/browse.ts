import { FailureError } from '../../shared/failure.ts'
import type { Comparison, EntryComparison } from '../../shared/model/comparison.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import { foundAtMost, type Preview, type TreeRow } from '../../shared/model/entry.ts'
import type { ArchivePlace } from '../../shared/model/place.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import type { HostedArchive } from '../parser-host/hosted-archive.ts'
import { ArchiveShelf } from './archive-shelf.ts'

/** How stored archives are opened for a person to look into; compose hands it over. */
export type OpenStored = (
  record: ArchiveRecord,
  options: { readonly signal: AbortSignal; readonly password?: string },
) => Promise<HostedArchive>

/** Some rows of a list, and how many it has. */
export interface TreePage {
  readonly total: number
  readonly rows: readonly TreeRow[]
}

/** Looking inside stored archives, and archives inside them, without any device. */
export class Browser implements AsyncDisposable {
  readonly #read: (id: ArchiveId) => Promise<ArchiveRecord>
  readonly #shelf: ArchiveShelf

  constructor(needs: {
    readonly read: (id: ArchiveId) => Promise<ArchiveRecord>
    readonly open: OpenStored
  }) {
    this.#read = needs.read
    this.#shelf = new ArchiveShelf(async ({ archiveId, inside }, outer, options) => {
      const path = inside.at(-1)
      if (outer !== undefined && path !== undefined) return await outer.openInside(path, options)
      return await needs.open(await needs.read(archiveId), options)
    })
  }

  /** Opens an archive again with a password, which is forgotten with it. @throws FailureError `archive-…` */
  async unlock(place: ArchivePlace, password: string, signal: AbortSignal): Promise<void> {
    await this.#shelf.unlock(place, password, signal)
  }

  /** Runs `work` on an opened archive, which stays open for the next question. */
  async with<T>(
    place: ArchivePlace,
    signal: AbortSignal,
    work: (archive: HostedArchive) => Promise<T> | T,
  ): Promise<T> {
    return await this.#shelf.with(place, signal, work)
  }

  /** Runs `work` on two archives that are open in one process, so that one call can be about both. */
  async withTwo<T>(
    before: ArchivePlace,
    after: ArchivePlace,
    signal: AbortSignal,
    work: (before: HostedArchive, after: HostedArchive) => Promise<T> | T,
  ): Promise<T> {
    return await this.inside(before, signal, (a) => this.inside(after, signal, (b) => work(a, b)))
  }

  /** A page of one level of the tree; the empty path is the top. */
  async folder(
    place: ArchivePlace,
    page: { readonly path: string; readonly from: number; readonly count: number },
    signal: AbortSignal,
  ): Promise<TreePage> {
    return await this.inside(place, signal, (archive) => archive.call('folder', page, { signal }))
  }

  /** Files whose path contains `text`, whatever the case; the first `foundAtMost` of them. */
  async find(place: ArchivePlace, text: string, signal: AbortSignal): Promise<TreePage> {
    return await this.inside(place, signal, (archive) =>
      archive.call('findNames', { text, atMost: foundAtMost }, { signal }),
    )
  }

  /** What can be shown of a file; secrets are covered unless `reveal` says otherwise. */
  async preview(
    place: ArchivePlace,
    entry: { readonly path: string; readonly reveal: boolean },
    signal: AbortSignal,
  ): Promise<Preview> {
    return await this.inside(place, signal, (archive) => archive.call('preview', entry, { signal }))
  }

  /** Bytes from the front part of a file, fewer where it ends. */
  async bytes(
    place: ArchivePlace,
    part: { readonly path: string; readonly offset: number; readonly length: number },
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    return await this.inside(place, signal, (archive) => archive.call('bytes', part, { signal }))
  }

  /** Compares by entry: what was added, removed or changed from `before` to `after`, and which of it is noise. */
  async compare(before: ArchivePlace, after: ArchivePlace, signal: AbortSignal): Promise<Comparison> {
    const family = await this.#familyOf(before, after)
    return await this.withTwo(before, after, signal, (a, b) =>
      a.call('compare', { after: b.handle, ...(family && { family }) }, { signal }),
    )
  }

  /** Both sides of one entry; a side that does not have it is absent. */
  async compareEntry(
    before: ArchivePlace,
    after: ArchivePlace,
    path: string,
    signal: AbortSignal,
  ): Promise<EntryComparison> {
    const family = await this.#familyOf(before, after)
    return await this.withTwo(before, after, signal, (a, b) =>
      a.call('compareEntry', { after: b.handle, path, ...(family && { family }) }, { signal }),
    )
  }

  /** The family whose noise there may be: both are its archives, and not something that lies inside them. */
  async #familyOf(before: ArchivePlace, after: ArchivePlace): Promise<FamilyId | undefined> {
    if (before.inside.length > 0 || after.inside.length > 0) return undefined
    const [{ family }, other] = [await this.#read(before.archiveId), await this.#read(after.archiveId)]
    return family === other.family ? family : undefined
  }

  /** As `with`, for questions about what is inside. @throws FailureError `archive-opaque` where nobody can look inside */
  async inside<T>(
    place: ArchivePlace,
    signal: AbortSignal,
    work: (archive: HostedArchive) => Promise<T> | T,
  ): Promise<T> {
    return await this.with(place, signal, (archive) => {
      if (archive.container === 'opaque')
        throw new FailureError({ code: 'archive-opaque', archive: archive.name })
      return work(archive)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#shelf[Symbol.asyncDispose]()
  }
}

/** The place of a stored archive itself. */
export function placeOf(archiveId: ArchiveId): ArchivePlace {
  return { archiveId, inside: [] }
}
