import { FailureError } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { EntryKind, EntryRows, OpenArchive, PassingEntry, ReadAllOptions } from './archive.ts'
import type { ByteSource } from './byte-source.ts'

/** What a person saved in place of a backup, told by its first bytes. No device makes a backup that looks like it. */
const neverBackups: readonly string[] = [
  'empty file',
  'file of zeros',
  'web page',
  'private or public key',
  'PDF document',
  'PNG picture',
  'JPEG picture',
]

/**
 * A file whose inside only its own maker reads: no entries, nothing to compare, nothing to take out. The source belongs
 * to the archive.
 * @throws FailureError `archive-not-recognised` for what cannot be a backup at all
 */
export function openOpaque(source: ByteSource, name: string, looksLike: string): OpenArchive {
  if (neverBackups.includes(looksLike)) {
    throw new FailureError({ code: 'archive-not-recognised', archive: name, looksLike })
  }
  return new OpaqueArchive(name, source)
}

class OpaqueArchive implements OpenArchive {
  readonly container = 'opaque'
  readonly count = 0
  readonly name: string
  readonly archiveBytes: number
  readonly unpackedBytes = 0
  readonly rows: EntryRows = new NoRows()
  readonly #source: ByteSource

  constructor(name: string, source: ByteSource) {
    this.name = name
    this.archiveBytes = source.size
    this.#source = source
  }

  findRow(): undefined {
    return undefined
  }

  entries(): Iterable<Entry> {
    return []
  }

  find(): undefined {
    return undefined
  }

  read(): AsyncIterable<Uint8Array> {
    throw this.#refusal()
  }

  async readBytes(): Promise<Buffer> {
    throw this.#refusal()
  }

  async inPlace(): Promise<undefined> {
    throw this.#refusal()
  }

  // eslint-disable-next-line require-yield -- there is nothing inside that could pass
  async *readAll({ signal }: ReadAllOptions): AsyncGenerator<PassingEntry> {
    signal.throwIfAborted()
  }

  unsafeEntries(): readonly Entry[] {
    return []
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source[Symbol.asyncDispose]()
  }

  #refusal(): FailureError {
    return new FailureError({ code: 'archive-opaque', archive: this.name })
  }
}

/** The rows of what has none; asking for one is a mistake of the caller. */
class NoRows implements EntryRows {
  readonly count = 0
  readonly bytes = new Uint8Array()

  start(): number {
    return 0
  }

  end(): number {
    return 0
  }

  isAscii(): boolean {
    return true
  }

  isUtf8(): boolean {
    return true
  }

  path(): string {
    return ''
  }

  kind(): EntryKind {
    return 'file'
  }

  sizeBytes(): number {
    return 0
  }

  restriction(): undefined {
    return undefined
  }

  entry(): Entry {
    throw new Error('an opaque file has no entries')
  }
}
