import { FailureError } from '../../shared/failure.ts'
import type { PassingEntry } from './archive.ts'
import { breathe } from './archive-base.ts'
import { defaultLimits, type ArchiveLimits } from './limits.ts'
import { isVague, looksLike } from './looks-like.ts'
import { NameIndex } from './name-index.ts'
import { clipName } from './names.ts'
import { hardLinkType, judgeTarEntry, type Extended } from './tar-entry.ts'
import { assertHarmlessGlobal, maxPaxBytes, parsePax } from './tar-extended.ts'
import {
  blockBytes,
  hasValidChecksum,
  isZeroBlock,
  parseTarHeader,
  TarHeaderError,
  type TarHeader,
} from './tar-header.ts'
import { ChunkInput, type TarInput } from './tar-input.ts'
import { TarRows } from './tar-rows.ts'

/** Zeros behind the end: tar fills up its last record, of 10,240 bytes if nobody asked for more. */
const maxPaddingBytes = 1024 * 1024

export interface TarStreamOptions {
  /** What failures call the archive. */
  readonly name: string
  readonly signal: AbortSignal
  readonly limits?: Partial<ArchiveLimits>
}

/**
 * Reads an unpacked tar while it arrives, with all the checks of an opened archive; the entries of a compressed one come
 * through `gunzipChunks`. Content that was not read when the next entry is asked for is passed over. Names that only
 * turn out to be impossible together (a file that is a folder further on) fail at the end at the latest. Breaking off
 * lets go of the stream.
 */
export async function* readTarStream(
  chunks: AsyncIterable<Uint8Array>,
  options: TarStreamOptions,
): AsyncGenerator<PassingEntry> {
  const limits = { ...defaultLimits, ...options.limits }
  const input = unpackedInput(chunks, { archive: options.name, signal: options.signal, limits })
  const reader = new TarReader(input, {
    archive: options.name,
    limits,
    manifests: new Set(),
    signal: options.signal,
  })
  try {
    for (let row = await reader.next(); row !== undefined; row = await reader.next()) {
      yield { entry: reader.rows.entry(row), content: reader.content() }
    }
  } finally {
    await input.close()
  }
}

/** The input of a tar that comes in pieces, with the cap on what may come. */
export function unpackedInput(
  chunks: AsyncIterable<Uint8Array>,
  options: {
    readonly archive: string
    readonly limits: ArchiveLimits
    readonly signal: AbortSignal
    ratio?(): number
  },
): ChunkInput {
  const { archive, limits, signal } = options
  return new ChunkInput(chunks, {
    signal,
    limit: limits.unpackedBytes,
    overrun: () =>
      new FailureError({ code: 'archive-bomb', archive, entry: archive, ratio: options.ratio?.() ?? 0 }),
  })
}

export interface TarReaderOptions {
  readonly archive: string
  readonly limits: ArchiveLimits
  readonly manifests: ReadonlySet<string>
  readonly signal: AbortSignal
}

/** Walks over a tar. Rows are kept; contents pass by. */
export class TarReader {
  readonly rows = new TarRows()
  readonly index: NameIndex
  readonly #input: TarInput
  readonly #options: TarReaderOptions
  /** Bytes of the content at hand that nobody has read yet, and of the filling behind it. */
  #left = 0
  #filling = 0
  #hasHeader = false

  constructor(input: TarInput, options: TarReaderOptions) {
    this.#input = input
    this.#options = options
    this.index = new NameIndex(options.archive, this.rows, {
      capacity: 64,
      manifests: options.manifests,
      collide: (row) => this.rows.restrict(row, 'collision'),
    })
  }

  /** Goes on to the next entry and answers its row; `undefined` once the end was found to be one. */
  async next(): Promise<number | undefined> {
    try {
      return await this.#next()
    } catch (cause) {
      if (!(cause instanceof TarHeaderError)) throw cause
      throw new FailureError(
        { code: cause.code, archive: this.#options.archive, detail: cause.message },
        { cause },
      )
    }
  }

  /** The content of the entry at hand. */
  content(): AsyncGenerator<Uint8Array> {
    return this.#contentOf(this.rows.count)
  }

  async *#contentOf(count: number): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (count !== this.rows.count)
        throw new TypeError('The content of an entry was read after the next one')
      if (this.#left === 0) return
      this.#options.signal.throwIfAborted()
      const piece = await this.#input.take(this.#left)
      if (piece === undefined) throw this.#truncated()
      this.#left -= piece.length
      yield piece
    }
  }

  async #next(): Promise<number | undefined> {
    const { signal } = this.#options
    await this.#pass(this.#left + this.#filling)
    this.#left = 0
    this.#filling = 0
    let extended: Extended = { pax: {} }
    for (;;) {
      signal.throwIfAborted()
      const block = await this.#block()
      if (isZeroBlock(block)) {
        if (extended.longPath ?? extended.longLink ?? Object.keys(extended.pax)[0]) {
          throw new TarHeaderError('its last header speaks of an entry that does not come')
        }
        await this.#end()
        return undefined
      }
      const header = this.#parse(block)
      if (!'xgLK'.includes(header.type)) {
        const row = await this.#entry(header, extended)
        if (row !== undefined) return row
        extended = { pax: {} }
      } else {
        extended = await this.#extend(header, extended)
      }
    }
  }

  #parse(block: Buffer): TarHeader {
    if (!this.#hasHeader && !hasValidChecksum(block)) throw this.#notRecognised(block)
    this.#hasHeader = true
    return parseTarHeader(block)
  }

  /** Reads a header that speaks of the next entry. */
  async #extend(header: TarHeader, before: Extended): Promise<Extended> {
    const isPax = header.type === 'x' || header.type === 'g'
    const most = isPax ? maxPaxBytes : this.#options.limits.nameBytes + 1
    if (header.sizeBytes > most)
      throw new TarHeaderError(`it has a name or a header of ${header.sizeBytes} bytes`)
    if (header.sizeBytes === 0) throw new TarHeaderError('a header that speaks of an entry is empty')
    const bytes = await this.#input.read(header.sizeBytes)
    if (bytes.length < header.sizeBytes) throw this.#truncated()
    await this.#pass(fillingOf(header.sizeBytes))
    if (header.type === 'g') {
      assertHarmlessGlobal(parsePax(bytes))
      return before
    }
    const already = { x: Object.keys(before.pax).length > 0, L: before.longPath, K: before.longLink }[
      header.type
    ]
    if (already !== undefined && already !== false) {
      throw new TarHeaderError('two headers speak of the same entry', 'archive-ambiguous')
    }
    if (header.type === 'x') return { ...before, pax: parsePax(bytes) }
    const end = bytes.indexOf(0)
    if (end !== bytes.length - 1) throw new TarHeaderError('a long name does not end where it says')
    // The bytes are kept beyond the next read, so they are copied out of the piece they came in.
    const name = Buffer.from(bytes.subarray(0, end))
    return header.type === 'L' ? { ...before, longPath: name } : { ...before, longLink: name }
  }

  async #entry(header: TarHeader, extended: Extended): Promise<number | undefined> {
    const { archive, limits, signal } = this.#options
    const judged = judgeTarEntry(archive, header, extended)
    if (judged === undefined) return undefined
    if (judged.kind === 'link' && header.type === hardLinkType)
      this.#assertTarget(judged.path, judged.linkTarget)
    if (this.rows.count >= limits.entries || this.rows.nameBytes > limits.directoryBytes) {
      const entries = this.rows.count + 1
      throw new FailureError({ code: 'archive-too-many', archive, entries, limit: limits.entries })
    }
    const row = this.rows.append({ ...judged, offset: this.#input.position })
    this.index.add(row)
    this.index.checkParents(row, row + 1)
    this.#left = judged.sizeBytes
    this.#filling = fillingOf(judged.sizeBytes)
    if (row % 4096 === 4095) await breathe(signal)
    return row
  }

  /** A hard link is another name of a file that came before; everything else reaches out of the archive. */
  #assertTarget(path: string, target: string): void {
    const row = this.index.find(target)
    if (row !== undefined && this.rows.kind(row) !== 'folder') return
    const entry = `${clipName(path)} → ${clipName(target)}`
    throw new FailureError({ code: 'archive-path', archive: this.#options.archive, entry })
  }

  /** Two blocks of zeros, then nothing but zeros: a second tar behind the first would be seen by some readers only. */
  async #end(): Promise<void> {
    const { archive, signal } = this.#options
    if (!isZeroBlock(await this.#block())) {
      throw new TarHeaderError('there are bytes behind its end', 'archive-ambiguous')
    }
    let padding = 0
    for (;;) {
      const piece = await this.#input.take(64 * 1024)
      if (piece === undefined) break
      padding += piece.length
      if (padding > maxPaddingBytes || piece.some((byte) => byte !== 0)) {
        throw new FailureError({
          code: 'archive-ambiguous',
          archive,
          detail: 'there are bytes behind its end',
        })
      }
    }
    for (let row = 0; row < this.rows.count; row += 32_768) {
      this.index.checkParents(row, Math.min(row + 32_768, this.rows.count))
      await breathe(signal)
    }
  }

  async #block(): Promise<Buffer> {
    const block = await this.#input.read(blockBytes)
    if (block.length === blockBytes) return block
    if (this.#hasHeader || block.length === 0 || isVague(looksLike(block))) throw this.#truncated()
    throw this.#notRecognised(block)
  }

  async #pass(length: number): Promise<void> {
    if (length > 0 && (await this.#input.skip(length)) < length) throw this.#truncated()
  }

  #notRecognised(block: Buffer): FailureError {
    const { archive } = this.#options
    return new FailureError({ code: 'archive-not-recognised', archive, looksLike: looksLike(block) })
  }

  #truncated(): FailureError {
    const detail = `it stops after ${this.#input.position} bytes, before its end mark`
    return new FailureError({ code: 'archive-truncated', archive: this.#options.archive, detail })
  }
}

function fillingOf(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes
}
