import { FailureError } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type {
  OpenArchive,
  OuterArchive,
  PassingEntry,
  ReadAllOptions,
  ReadOptions,
  WhileUnpacking,
} from './archive.ts'
import {
  entriesOf,
  findRow,
  firstBytes,
  gather,
  noContent,
  readableRow,
  unsafeEntriesOf,
} from './archive-base.ts'
import { sliceSource, sourceChunks, type ByteSource } from './byte-source.ts'
import { gunzipSource } from './gzip-source.ts'
import type { DriveOptions } from './inflate.ts'
import type { ArchiveLimits } from './limits.ts'
import type { NameIndex } from './name-index.ts'
import { SourceInput, type ChunkInput } from './tar-input.ts'
import { TarReader, unpackedInput } from './tar-reader.ts'
import type { TarRows } from './tar-rows.ts'

export interface OpenTarOptions {
  readonly name: string
  readonly manifests: ReadonlySet<string>
  readonly limits: ArchiveLimits
  readonly signal: AbortSignal
  readonly whileUnpacking?: WhileUnpacking | undefined
}

/**
 * Opens a tar, or a tar in gzip. A plain one is read header by header; a compressed one is unpacked once from front to
 * back, which checks it whole, and only the list of entries is kept. The source belongs to the archive.
 */
export async function openTar(
  source: ByteSource,
  container: 'tar' | 'tar.gz',
  options: OpenTarOptions,
): Promise<OpenArchive> {
  const { name, manifests, limits, signal, whileUnpacking } = options
  const context = { archive: name, source, limits }
  const input = container === 'tar' ? new SourceInput(source) : unpack(context, { signal, lends: true })
  try {
    const reader = new TarReader(input, { archive: name, limits, manifests, signal })
    const outer = outerOf(context, reader)
    // Every entry is judged and remembered on the way.
    for (let row = await reader.next(); row !== undefined; row = await reader.next()) {
      if (container === 'tar.gz')
        await whileUnpacking?.({ entry: reader.rows.entry(row), content: reader.content() }, outer)
    }
    return new TarArchive(container, context, reader.rows, reader.index)
  } finally {
    await input.close()
  }
}

/** A compressed tar as far as it was read. */
function outerOf({ archive }: TarContext, { rows, index }: TarReader): OuterArchive {
  let [summed, unpackedBytes] = [0, 0]
  const find = (path: string): Entry | undefined => {
    const row = findRow(index, path)
    return row === undefined ? undefined : rows.entry(row)
  }
  return {
    name: archive,
    container: 'tar.gz',
    find,
    get count() {
      return rows.count
    },
    get unpackedBytes() {
      for (; summed < rows.count; summed += 1) unpackedBytes += rows.sizeBytes(summed)
      return unpackedBytes
    },
    inPlace: () => Promise.resolve(undefined),
    read: () => {
      throw new TypeError('A content that passes by is read as it passes')
    },
  }
}

interface TarContext {
  readonly archive: string
  readonly source: ByteSource
  readonly limits: ArchiveLimits
}

function unpack(context: TarContext, options: DriveOptions): ChunkInput {
  const { archive, source, limits } = context
  const { signal } = options
  const ratio = (): number => Math.round(limits.unpackedBytes / source.size)
  return unpackedInput(gunzipSource(source, { ...options, archive }), { archive, limits, signal, ratio })
}

class TarArchive implements OpenArchive {
  readonly container: 'tar' | 'tar.gz'
  readonly name: string
  readonly archiveBytes: number
  readonly count: number
  readonly unpackedBytes: number
  readonly rows: TarRows
  readonly #context: TarContext
  readonly #index: NameIndex

  constructor(container: 'tar' | 'tar.gz', context: TarContext, rows: TarRows, index: NameIndex) {
    this.container = container
    this.name = context.archive
    this.archiveBytes = context.source.size
    this.count = rows.count
    this.rows = rows
    this.#context = context
    this.#index = index
    let unpackedBytes = 0
    for (let row = 0; row < rows.count; row += 1) unpackedBytes += rows.sizeBytes(row)
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
    const content = this.#content(row, options.signal)
    yield* options.maxBytes === undefined ? content : firstBytes(content, options.maxBytes)
  }

  async readBytes(
    path: string,
    maxBytes: number,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Buffer> {
    const row = readableRow(this.name, this.rows, this.findRow(path), path)
    return gather(this.name, path, this.rows.sizeBytes(row), maxBytes, this.#content(row, signal))
  }

  async inPlace(path: string): Promise<ByteSource | undefined> {
    const row = readableRow(this.name, this.rows, this.findRow(path), path)
    if (this.container !== 'tar') return undefined
    return sliceSource(this.#context.source, this.rows.offset(row), this.rows.sizeBytes(row))
  }

  async *readAll(options: ReadAllOptions): AsyncGenerator<PassingEntry> {
    const { signal, only } = options
    const input =
      this.container === 'tar' ? new SourceInput(this.#context.source) : unpack(this.#context, options)
    try {
      for (let row = 0; row < this.count; row += 1) {
        signal.throwIfAborted()
        const entry = this.rows.entry(row)
        if (only?.(entry) === false) continue
        if (entry.kind !== 'file') {
          yield { entry, content: noContent() }
          continue
        }
        await this.#reach(input, this.rows.offset(row))
        yield { entry, content: this.#pass(input, row) }
      }
      // The checksum of a compressed archive stands behind its last byte.
      if (only === undefined) await input.skip(Infinity)
    } finally {
      await input.close()
    }
  }

  async *#content(row: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const offset = this.rows.offset(row)
    const sizeBytes = this.rows.sizeBytes(row)
    if (this.container === 'tar') {
      yield* sourceChunks(this.#context.source, offset, offset + sizeBytes, { signal })
      return
    }
    const input = unpack(this.#context, { signal })
    try {
      await this.#reach(input, offset)
      yield* this.#pass(input, row)
    } finally {
      await input.close()
    }
  }

  async #reach(input: ChunkInput | SourceInput, offset: number): Promise<void> {
    const distance = offset - input.position
    if (distance < 0 || (await input.skip(distance)) < distance) throw this.#changed()
  }

  /** The content of a row that the input has just reached, as long as nobody else reads from it. */
  async *#pass(input: ChunkInput | SourceInput, row: number): AsyncGenerator<Uint8Array> {
    let expected = this.rows.offset(row)
    const end = expected + this.rows.sizeBytes(row)
    while (expected < end) {
      if (input.position !== expected)
        throw new TypeError('The content of an entry was read after the next one')
      const piece = await input.take(end - expected)
      if (piece === undefined) throw this.#changed()
      expected += piece.length
      yield piece
    }
  }

  #changed(): FailureError {
    return new FailureError({
      code: 'file-unreadable',
      file: this.name,
      reason: 'it changed while it was read',
    })
  }

  unsafeEntries(): readonly Entry[] {
    return unsafeEntriesOf(this.rows)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.source[Symbol.asyncDispose]()
  }
}
