import type { Entry } from '../../shared/model/entry.ts'
import type { Container } from '../../shared/model/record.ts'
import type { Segment } from './segment.ts'
import type { ByteSource } from './byte-source.ts'

export type EntryKind = Entry['kind']
export type Restriction = NonNullable<Entry['restriction']>

/** Names of an archive as bytes in one buffer; a name becomes a string only when somebody asks. */
export interface NameRows {
  readonly count: number
  /** The buffer that `start` and `end` point into. It may be another one after rows were added. */
  readonly bytes: Uint8Array
  start(row: number): number
  /** Behind the last byte of the name; the slash that ends a folder's name is not part of it. */
  end(row: number): number
  isAscii(row: number): boolean
  /** True where the bytes are the UTF-8 of the name, so that they can be compared without decoding. */
  isUtf8(row: number): boolean
  path(row: number): string
  kind(row: number): EntryKind
}

/** Everything known of the entries, in the order of the archive. */
export interface EntryRows extends NameRows {
  sizeBytes(row: number): number
  restriction(row: number): Restriction | undefined
  entry(row: number): Entry
}

export interface ReadOptions {
  readonly signal: AbortSignal
  /** Ends the content after so many bytes, without an error. Checks of the whole content are then not made. */
  readonly maxBytes?: number
}

export interface ReadAllOptions {
  readonly signal: AbortSignal
  /** True where a piece of content is done with before the next is asked for: they may then all be in the same bytes. */
  readonly lends?: boolean
  /** Entries for which this answers false are passed over; their content is not checked. */
  readonly only?: (entry: Entry) => boolean
}

/** An entry on the way past. The content can be read once, and only until the next entry is asked for. */
export interface PassingEntry {
  readonly entry: Entry
  /** The bytes of a file; nothing for folders, links and devices. */
  readonly content: AsyncIterable<Uint8Array>
}

/** Files whose contents were found to be what the archive declares, and what they have unpacked. */
export interface CheckedFiles {
  readonly files: number
  readonly bytes: number
}

/**
 * An archive that was found to be whole in structure and the same to every reader. Names that could escape never get
 * this far; names that cannot be taken out safely carry a `restriction`.
 */
export interface OpenArchive extends AsyncDisposable {
  /** The name it was opened under; failures carry it. */
  readonly name: string
  readonly container: Container
  readonly archiveBytes: number
  /** Entries, folders that are entries included. */
  readonly count: number
  /** What all files have unpacked, as declared. Reading never gives more. */
  readonly unpackedBytes: number
  /** Compact access by row, for the modules of this folder. */
  readonly rows: EntryRows
  /** The row of a path, with or without a slash at its end. */
  findRow(path: string): number | undefined

  /** All entries in the order of the archive, made one at a time. Paths of folders do not end with a slash. */
  entries(): Iterable<Entry>
  find(path: string): Entry | undefined
  /**
   * The content of one file. Throws on the way with `archive-crc` or `archive-size-lie` where it is not what the
   * archive declares, `archive-password`, `archive-method`, `not-found`, and `entry-refused` for what is no file.
   */
  read(path: string, options: ReadOptions): AsyncIterable<Uint8Array>
  /** The whole content of one file, checked; `entry-refused` where it is larger than `maxBytes`. */
  readBytes(path: string, maxBytes: number, signal?: AbortSignal): Promise<Buffer>
  /**
   * The bytes of one file as a source, where they lie in the archive unchanged and can be read at any place; nothing
   * of them is checked. `undefined` where they would have to be unpacked first. Good for as long as the archive is open.
   */
  inPlace(path: string): Promise<ByteSource | undefined>
  /**
   * Reads the files from one row up to another for their checks alone, a stretch at a time; what needs a password and
   * has none is passed over. Where it is missing, `readAll` is as quick.
   */
  checkRows?(from: number, to: number, signal: AbortSignal): AsyncGenerator<CheckedFiles>
  /** One pass over the archive. Content that is not read is passed over. */
  readAll(options: ReadAllOptions): AsyncGenerator<PassingEntry>
  /**
   * A copy of this archive in which one file has another content, as the pieces that make it. Where it is missing, the
   * container cannot be rewritten in place.
   */
  replaced?(path: string, content: Uint8Array, signal: AbortSignal): AsyncGenerator<Segment>
  /**
   * Entries whose names a restore must not use: unsafe or colliding names, devices, and links that leave the tree
   * (an absolute target counts). Hosts have such links by right; there the origin of the archive has to answer for it.
   */
  unsafeEntries(): readonly Entry[]
}

/** What an archive inside has to know of one around it. */
export type OuterArchive = Pick<
  OpenArchive,
  'name' | 'container' | 'count' | 'unpackedBytes' | 'find' | 'inPlace' | 'read'
>

/**
 * Told of each entry of a compressed tar, and of the archive so far, before anybody knows whether it is whole. A piece of
 * content is good until the next one is asked for.
 */
export type WhileUnpacking = (passing: PassingEntry, outer: OuterArchive) => Promise<void>
