import type { Entry } from '../../shared/model/entry.ts'
import type { Container } from '../../shared/model/record.ts'
import type { Segment } from './segment.ts'
import type { PassingEntry, ReadOptions } from './archive.ts'

/**
 * An archive that may be read, wherever it is open: in this process (`OpenArchive`) or in the parser process. What is
 * promised is that of `OpenArchive`; everything may have to be waited for.
 */
export interface ArchiveAccess {
  readonly name: string
  readonly container: Container
  readonly archiveBytes: number
  readonly count: number
  readonly unpackedBytes: number
  find(path: string): Entry | undefined | Promise<Entry | undefined>
  entries(): Iterable<Entry> | AsyncIterable<Entry>
  read(path: string, options: ReadOptions): AsyncIterable<Uint8Array>
  readBytes(path: string, maxBytes: number, signal?: AbortSignal): Promise<Buffer>
  readAll(options: { readonly signal: AbortSignal }): AsyncGenerator<PassingEntry>
  replaced?(path: string, content: Uint8Array, signal: AbortSignal): AsyncIterable<Segment>
  unsafeEntries(): readonly Entry[] | Promise<readonly Entry[]>
}
