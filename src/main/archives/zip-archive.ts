import type { Entry } from '../../shared/model/entry.ts'
import type { CheckedFiles, OpenArchive, PassingEntry, ReadAllOptions, ReadOptions } from './archive.ts'
import { entriesOf, findRow, firstBytes, gather, readableRow, unsafeEntriesOf } from './archive-base.ts'
import { sliceSource, type ByteSource } from './byte-source.ts'
import { checkLocalHeaders } from './check-local-headers.ts'
import type { ArchiveLimits } from './limits.ts'
import type { NameIndex } from './name-index.ts'
import { readZipDirectory } from './read-zip-directory.ts'
import { replacedSegments } from './replace-entry.ts'
import type { Segment } from './segment.ts'
import { zipContent } from './zip-content.ts'
import { packedRange, type ZipContext } from './zip-context.ts'
import type { ZipDirectory } from './zip-directory.ts'
import { readZipEnd } from './zip-end.ts'
import { zipFlag, zipMethod } from './zip-layout.ts'
import { checkZipRows, passZip } from './zip-pass.ts'

/** Targets of links are read when the archive is opened, as far as they are few and short. */
const maxLinksRead = 1000
const maxTargetBytes = 4096

export interface OpenZipOptions {
  readonly name: string
  readonly password: string | undefined
  readonly manifests: ReadonlySet<string>
  readonly limits: ArchiveLimits
  readonly signal: AbortSignal
}

/** Opens a zip: end record, central directory and every local header are checked. The source belongs to the archive. */
export async function openZip(source: ByteSource, options: OpenZipOptions): Promise<OpenArchive> {
  const { name, password, limits, manifests, signal } = options
  const end = await readZipEnd(source, name, limits)
  const hasPassword = password !== undefined
  const { directory, index } = await readZipDirectory(source, end, {
    archive: name,
    manifests,
    hasPassword,
    signal,
  })
  await checkLocalHeaders(source, directory, { archive: name, directoryOffset: end.directoryOffset, signal })
  const context = { archive: name, source, directory, password }
  await readLinkTargets(context, signal)
  return new ZipArchive(context, index)
}

async function readLinkTargets(context: ZipContext, signal: AbortSignal): Promise<void> {
  const { directory } = context
  let read = 0
  for (let row = 0; row < directory.count && read < maxLinksRead; row += 1) {
    if (directory.kind(row) !== 'link' || directory.sizeBytes(row) > maxTargetBytes) continue
    if (directory.restriction(row) === 'encrypted') continue
    read += 1
    try {
      const pieces: Uint8Array[] = []
      for await (const piece of zipContent(context, row, { signal })) pieces.push(piece)
      directory.linkTargets.set(row, Buffer.concat(pieces).toString('utf8'))
    } catch {
      // A link whose target is damaged is shown without one, and counts as leading anywhere; it is never followed.
      signal.throwIfAborted()
    }
  }
}

class ZipArchive implements OpenArchive {
  readonly container = 'zip'
  readonly name: string
  readonly archiveBytes: number
  readonly count: number
  readonly unpackedBytes: number
  readonly rows: ZipDirectory
  readonly #context: ZipContext
  readonly #index: NameIndex

  constructor(context: ZipContext, index: NameIndex) {
    this.#context = context
    this.#index = index
    this.name = context.archive
    this.rows = context.directory
    this.archiveBytes = context.source.size
    this.count = context.directory.count
    let unpackedBytes = 0
    for (let row = 0; row < this.count; row += 1) unpackedBytes += this.rows.sizeBytes(row)
    this.unpackedBytes = unpackedBytes
  }

  findRow(path: string): number | undefined {
    return findRow(this.#index, path)
  }

  entries(): Iterable<Entry> {
    return entriesOf(this.rows)
  }

  find(path: string): Entry | undefined {
    const row = this.findRow(path)
    return row === undefined ? undefined : this.rows.entry(row)
  }

  async *read(path: string, options: ReadOptions): AsyncGenerator<Uint8Array> {
    const row = readableRow(this.name, this.rows, this.findRow(path), path)
    const content = zipContent(this.#context, row, { signal: options.signal })
    yield* options.maxBytes === undefined ? content : firstBytes(content, options.maxBytes)
  }

  async readBytes(
    path: string,
    maxBytes: number,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Buffer> {
    const row = readableRow(this.name, this.rows, this.findRow(path), path)
    const content = zipContent(this.#context, row, { signal })
    return gather(this.name, path, this.rows.sizeBytes(row), maxBytes, content)
  }

  async inPlace(path: string): Promise<ByteSource | undefined> {
    const row = readableRow(this.name, this.rows, this.findRow(path), path)
    const isEncrypted = (this.rows.flags(row) & zipFlag.encrypted) !== 0
    if (isEncrypted || this.rows.method(row) !== zipMethod.stored) return undefined
    const { start, end } = await packedRange(this.#context, row)
    return sliceSource(this.#context.source, start, end - start)
  }

  checkRows(from: number, to: number, signal: AbortSignal): AsyncGenerator<CheckedFiles> {
    return checkZipRows(this.#context, from, to, signal)
  }

  readAll(options: ReadAllOptions): AsyncGenerator<PassingEntry> {
    return passZip(this.#context, options)
  }

  replaced(path: string, content: Uint8Array, signal: AbortSignal): AsyncGenerator<Segment> {
    return replacedSegments(this.#context.source, { archive: this.name, entry: path, content }, signal)
  }

  unsafeEntries(): readonly Entry[] {
    return unsafeEntriesOf(this.rows)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.source[Symbol.asyncDispose]()
  }
}
