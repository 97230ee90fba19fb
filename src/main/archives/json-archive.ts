import { FailureError } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type {
  EntryKind,
  EntryRows,
  OpenArchive,
  PassingEntry,
  ReadAllOptions,
  ReadOptions,
} from './archive.ts'
import { entriesOf, firstBytes, gather, readableRow } from './archive-base.ts'
import { sliceSource, sourceChunks, type ByteSource } from './byte-source.ts'

/** A document has no names inside, so its only entry gets the one under which Node-RED itself keeps such a document. */
const entryName = 'flows.json'
const nameBytes = Buffer.from(entryName)

export interface OpenJsonOptions {
  readonly name: string
  /** Larger documents are refused before they are read. */
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/**
 * Opens a file that is one JSON document (RFC 8259, UTF-8 without a mark) from its first byte to its last: an object or
 * an array. It appears as an archive with one entry. The source belongs to the archive.
 * @throws FailureError `archive-structure` where it is no whole document
 */
export async function openJson(
  source: ByteSource,
  { name, maxBytes, signal }: OpenJsonOptions,
): Promise<OpenArchive> {
  const refuse = (detail: string): FailureError =>
    new FailureError({ code: 'archive-structure', archive: name, detail })
  if (source.size > maxBytes) throw refuse(`it is a JSON document of more than ${maxBytes} bytes`)
  const pieces: Buffer[] = []
  for await (const piece of sourceChunks(source, 0, source.size, { signal })) pieces.push(piece)
  if (!isDocument(Buffer.concat(pieces)))
    throw refuse('it begins like a JSON document and is not a whole one')
  return new JsonArchive(name, source)
}

function isDocument(bytes: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    return true
  } catch {
    // Why it cannot be parsed is in no words that help: the caller says what was expected.
    return false
  }
}

class JsonArchive implements OpenArchive {
  readonly container = 'json'
  readonly count = 1
  readonly name: string
  readonly archiveBytes: number
  readonly unpackedBytes: number
  readonly rows: EntryRows
  readonly #source: ByteSource

  constructor(name: string, source: ByteSource) {
    this.name = name
    this.archiveBytes = source.size
    this.unpackedBytes = source.size
    this.rows = new OnlyRow(source.size)
    this.#source = source
  }

  findRow(path: string): number | undefined {
    return path === entryName ? 0 : undefined
  }

  entries(): Iterable<Entry> {
    return entriesOf(this.rows)
  }

  find(path: string): Entry | undefined {
    return this.findRow(path) === undefined ? undefined : this.rows.entry(0)
  }

  async *read(path: string, { signal, maxBytes }: ReadOptions): AsyncGenerator<Uint8Array> {
    readableRow(this.name, this.rows, this.findRow(path), path)
    yield* maxBytes === undefined ? this.#content(signal) : firstBytes(this.#content(signal), maxBytes)
  }

  async readBytes(
    path: string,
    maxBytes: number,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Buffer> {
    readableRow(this.name, this.rows, this.findRow(path), path)
    return gather(this.name, path, this.unpackedBytes, maxBytes, this.#content(signal))
  }

  async inPlace(path: string): Promise<ByteSource | undefined> {
    readableRow(this.name, this.rows, this.findRow(path), path)
    return sliceSource(this.#source, 0, this.#source.size)
  }

  async *readAll({ signal, only }: ReadAllOptions): AsyncGenerator<PassingEntry> {
    const entry = this.rows.entry(0)
    if (only?.(entry) !== false) yield { entry, content: this.#content(signal) }
  }

  unsafeEntries(): readonly Entry[] {
    return []
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source[Symbol.asyncDispose]()
  }

  #content(signal: AbortSignal): AsyncGenerator<Buffer> {
    return sourceChunks(this.#source, 0, this.#source.size, { signal })
  }
}

/** The one row of a document. */
class OnlyRow implements EntryRows {
  readonly count = 1
  readonly bytes = nameBytes
  readonly #sizeBytes: number

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes
  }

  start(): number {
    return 0
  }

  end(): number {
    return nameBytes.length
  }

  isAscii(): boolean {
    return true
  }

  isUtf8(): boolean {
    return true
  }

  path(): string {
    return entryName
  }

  kind(): EntryKind {
    return 'file'
  }

  sizeBytes(): number {
    return this.#sizeBytes
  }

  restriction(): undefined {
    return undefined
  }

  entry(): Entry {
    return { path: entryName, kind: 'file', sizeBytes: this.#sizeBytes }
  }
}
