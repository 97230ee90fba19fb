import { FailureError, type Failure } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { SearchHit } from '../../shared/model/search.ts'
import { breathe } from './archive-base.ts'
import type { OpenArchive, OuterArchive, PassingEntry } from './archive.ts'
import { gunzipChunks } from './inflate.ts'
import { MemoryBudget } from './memory-budget.ts'
import { clipName } from './names.ts'
import { nestedBytesAtMost, openInside } from './nested.ts'
import { readerFailure } from './reader-failures.ts'
import { beginContent, packedKindOf, type BegunContent } from './search-head.ts'
import type { ContentScan } from './search-scan.ts'

/** What may be read out of packed files inside one archive, together: honest ones stay far below. */
const readInsideAtMost = 16 * 1024 * 1024 * 1024
/** So many places are named; one archive needs no more to be known as not searched whole. */
const skippedAtMost = 100
const breatheEveryMs = 25

/** A file that was found, before anybody knows which stored archive it is of. */
export type FoundFile = Omit<SearchHit, 'archiveId'>

/** What could not be searched: an archive at `inside`, or a file in it that the failure names. */
export interface SkippedPart {
  readonly inside: readonly string[]
  readonly failure: Failure
}

export interface SearchOptions {
  readonly signal: AbortSignal
  readonly onHit: (hit: FoundFile) => void
  readonly onSkipped?: (skipped: SkippedPart) => void
  /** Told of all bytes that were read so far, unpacked. */
  readonly onBytes?: (bytesDone: number) => void
  /** What archives inside take their memory from; 256 MiB of their own where it is absent. */
  readonly memory?: MemoryBudget
  /** The search ends with so many hits. */
  readonly atMost?: number
  /** Called between pieces, at most every 25 ms; what it returns is waited for. */
  readonly onPause?: () => Promise<void> | undefined
  /** Which share of the files, from 0, where several processes search one archive. */
  readonly part?: number
  readonly parts?: number
}

export interface SearchTotals {
  readonly hits: number
  /** Bytes of content, unpacked. */
  readonly bytes: number
  /** It ended because of `atMost`. */
  readonly isCapped: boolean
}

/** How a text is looked for: in names, in contents, or both. */
export interface Look {
  /** True for a path in which it is found. */
  readonly names?: (path: string) => boolean
  /** Makes what looks through a content, from its first bytes and its path. */
  readonly contents?: (head: Buffer, path: string) => ContentScan
}

/** `.app` is what a ctrlX CORE installs: a tar. */
const archiveNames = /\.(?:zip|tar|tgz|tar\.gz|app)$/i

type Around = readonly [OuterArchive, ...OuterArchive[]]
type Archives = readonly [OpenArchive, ...OuterArchive[]]

/** A file that is read: in the first of `archives`, to which `inside` is the way. */
interface FilePlace {
  readonly entry: Entry
  readonly archives: Around
  readonly inside: readonly string[]
}

/** In which of so many shares a path falls: told by the path alone, so that the shares need not know of each other. */
function shareOf(path: string, parts: number): number {
  let sum = 0
  for (let at = Math.max(0, path.length - 16); at < path.length; at += 1)
    sum = (sum * 31 + path.charCodeAt(at)) >>> 0
  return sum % parts
}

/** What nobody can read without a password is told once for all of an archive. */
function isReadable({ kind, restriction }: Entry): boolean {
  return kind === 'file' && restriction !== 'encrypted'
}

/** Goes through an archive and those inside it, and tells what it finds. */
export class SearchWalk {
  readonly #look: Look
  readonly #options: SearchOptions
  readonly #memory: MemoryBudget
  #hits = 0
  #bytes = 0
  #insideBytes = 0
  #skipped = 0
  #lastBreath = performance.now()

  constructor(look: Look, options: SearchOptions) {
    this.#look = look
    this.#options = options
    this.#memory = options.memory ?? new MemoryBudget(nestedBytesAtMost)
  }

  totals(): SearchTotals {
    return { hits: this.#hits, bytes: this.#bytes, isCapped: this.#isFull }
  }

  /** Searches the first of `archives`; the others lie around it. `inside` is the way to it. */
  async archive(archives: Archives, inside: readonly string[]): Promise<void> {
    const { signal, part = 0 } = this.#options
    const [archive] = archives
    if (part === 0) await this.#names(archive, inside)
    const only = (entry: Entry): boolean => this.#isWanted(entry, inside)
    for await (const { entry, content } of archive.readAll({ signal, lends: true, only })) {
      if (this.#isFull) return
      await this.#entry({ entry, archives, inside }, content)
    }
    if (part === 0 && this.#look.contents) this.#tellEncrypted(archive, inside)
  }

  /** Searches one file of an archive that passes by from front to back; one that is not wanted costs nothing. */
  async passing({ entry, content }: PassingEntry, outer: OuterArchive): Promise<void> {
    if (this.#isWanted(entry, []) && !this.#isFull)
      await this.#entry({ entry, archives: [outer], inside: [] }, content)
    else await this.#pause()
  }

  #isWanted(entry: Entry, inside: readonly string[]): boolean {
    const { part = 0, parts = 1 } = this.#options
    return (
      isReadable(entry) &&
      (this.#look.contents !== undefined || archiveNames.test(entry.path)) &&
      (inside.length > 0 || shareOf(entry.path, parts) === part)
    )
  }

  async #entry(place: FilePlace, content: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#orSkip(place.inside, async () => {
      await using begun = await beginContent(content)
      await this.#file(place, begun)
    })
    await this.#pause()
  }

  async #names({ rows }: OpenArchive, inside: readonly string[]): Promise<void> {
    const { names } = this.#look
    for (let row = 0; names && row < rows.count && !this.#isFull; row += 1) {
      if (row % 1024 === 1023) await this.#pause()
      if (rows.kind(row) !== 'folder' && names(rows.path(row))) this.#hit(rows.entry(row), inside)
    }
  }

  #hit(
    { path, sizeBytes, modifiedAt }: Entry,
    inside: readonly string[],
    content?: SearchHit['content'],
  ): void {
    this.#hits += 1
    this.#options.onHit({
      inside,
      path,
      sizeBytes,
      ...(modifiedAt && { modifiedAt }),
      ...(content && { content }),
    })
  }

  get #isFull(): boolean {
    return this.#hits >= (this.#options.atMost ?? Infinity)
  }

  async #file(place: FilePlace, begun: BegunContent): Promise<void> {
    const kind = packedKindOf(begun.head)
    if (kind === undefined) {
      await this.#scan(place, begun)
    } else if (kind === 'gzip') {
      const unpacked = gunzipChunks(begun.content, {
        name: clipName(place.entry.path),
        signal: this.#options.signal,
        lends: true,
      })
      await using content = await beginContent(this.#counted(unpacked, place))
      await this.#scan(place, content)
    } else {
      await this.#inside(place, begun.content)
    }
  }

  async #scan({ entry, inside, archives }: FilePlace, { head, content }: BegunContent): Promise<void> {
    const scan = this.#look.contents?.(head, entry.path)
    if (scan === undefined) return
    for await (const piece of content) {
      this.#bytes += piece.length
      if (archives.length > 1) this.#countInside(piece.length, { entry, inside, archives })
      const isDone = !scan.take(piece)
      await this.#pause()
      if (isDone) break
    }
    const found = scan.finish()
    if (found !== undefined) this.#hit(entry, inside, found)
  }

  async #inside(place: FilePlace, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { entry, archives } = place
    const { signal } = this.#options
    const inside = [...place.inside, entry.path]
    await this.#orSkip(inside, async () => {
      const options = {
        signal,
        around: archives,
        memory: this.#memory,
        content: this.#counted(content, place),
      }
      await using archive = await openInside(entry.path, options)
      await this.archive([archive, ...archives], inside)
    })
  }

  async *#counted(content: AsyncIterable<Uint8Array>, place: FilePlace): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      this.#countInside(piece.length, place)
      await this.#pause()
      yield piece
    }
  }

  /** Everything that is read out of packed files counts together, so that those in one another come to an end. */
  #countInside(bytes: number, { entry, archives: [{ name }] }: FilePlace): void {
    this.#insideBytes += bytes
    if (this.#insideBytes <= readInsideAtMost) return
    const ratio = Math.round(readInsideAtMost / Math.max(1, entry.sizeBytes))
    throw new FailureError({ code: 'archive-bomb', archive: name, entry: clipName(entry.path), ratio })
  }

  async #orSkip(inside: readonly string[], work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const failure = error instanceof FailureError ? error.failure : undefined
      if (failure === undefined || !readerFailure(failure.code)?.skippedInSearch) throw error
      this.#skip({ inside, failure })
    }
  }

  #skip(skipped: SkippedPart): void {
    this.#skipped += 1
    if (this.#skipped <= skippedAtMost) this.#options.onSkipped?.(skipped)
  }

  /** Files that nobody can read without a password are a gap, and one of them says so for all. */
  #tellEncrypted({ rows, name }: OpenArchive, inside: readonly string[]): void {
    for (let row = 0; row < rows.count; row += 1) {
      if (rows.restriction(row) !== 'encrypted' || rows.kind(row) !== 'file') continue
      this.#skip({
        inside,
        failure: { code: 'archive-password', archive: name, entry: clipName(rows.path(row)) },
      })
      return
    }
  }

  async #pause(): Promise<void> {
    const now = performance.now()
    if (now - this.#lastBreath < breatheEveryMs) return
    this.#options.onBytes?.(this.#bytes)
    await this.#options.onPause?.()
    await breathe(this.#options.signal)
    this.#lastBreath = performance.now()
  }
}
