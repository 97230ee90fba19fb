import type { Entry } from '../../shared/model/entry.ts'
import type { EntryKind, EntryRows, Restriction } from './archive.ts'
import { decodeCp437 } from './cp437.ts'
import { findExtraFields, widen, type ExtraFields, type ZipNumbers } from './zip-extra.ts'
import { central, zipFlag } from './zip-layout.ts'
import { modifiedAt } from './zip-time.ts'

const kinds: readonly EntryKind[] = ['file', 'folder', 'link', 'other']
/** The later ones weigh more: an entry has one restriction. */
const restrictions: readonly Restriction[] = ['encrypted', 'link', 'special', 'unsafe-name', 'collision']
const asciiBit = 1
const utf8Bit = 2
const kindShift = 2
const restrictionShift = 4

/**
 * The central directory as it lies in the file, with four bytes of place and two of marks for each entry. Everything
 * else is read from the headers when somebody asks. Made by `readZipDirectory`, which has checked every header.
 */
export class ZipDirectory implements EntryRows {
  readonly bytes: Buffer
  /** The same bytes, for numbers: a million headers are read several times over. */
  readonly view: DataView
  readonly count: number
  readonly #places: Uint32Array
  readonly #marks: Uint16Array
  /** Targets of links, read from their content after the directory was found good. */
  readonly linkTargets = new Map<number, string>()

  constructor(bytes: Buffer, count: number) {
    this.bytes = bytes
    this.view = viewOf(bytes)
    this.count = count
    this.#places = new Uint32Array(count)
    this.#marks = new Uint16Array(count)
  }

  /** Sets what the directory reader found out about a row. */
  place(row: number, at: number, ascii: boolean, utf8: boolean, kind: EntryKind): void {
    this.#places[row] = at
    this.#marks[row] = (ascii ? asciiBit : 0) | (utf8 ? utf8Bit : 0) | (kinds.indexOf(kind) << kindShift)
  }

  restrict(row: number, restriction: Restriction): void {
    const rank = restrictions.indexOf(restriction) + 1
    const marks = this.#marks[row] ?? 0
    if (marks >>> restrictionShift >= rank) return
    this.#marks[row] = (marks & ((1 << restrictionShift) - 1)) | (rank << restrictionShift)
  }

  /** Where the header of a row begins. */
  at(row: number): number {
    const at = this.#places[row]
    if (at === undefined) throw new RangeError(`Row ${row} of ${this.count}`)
    return at
  }

  start(row: number): number {
    return this.at(row) + central.bytes
  }

  end(row: number): number {
    const end = this.start(row) + this.nameBytes(row)
    return this.kind(row) === 'folder' ? end - 1 : end
  }

  /** Length of the name as the header gives it, with the slash of a folder. */
  nameBytes(row: number): number {
    return this.view.getUint16(this.at(row) + central.nameBytes, true)
  }

  isAscii(row: number): boolean {
    return ((this.#marks[row] ?? 0) & asciiBit) !== 0
  }

  isUtf8(row: number): boolean {
    return ((this.#marks[row] ?? 0) & utf8Bit) !== 0
  }

  path(row: number): string {
    const start = this.start(row)
    const end = this.end(row)
    if (this.isAscii(row)) return this.bytes.toString('latin1', start, end)
    return this.isUtf8(row)
      ? this.bytes.toString('utf8', start, end)
      : decodeCp437(this.bytes.subarray(start, end))
  }

  kind(row: number): EntryKind {
    return kinds[((this.#marks[row] ?? 0) >>> kindShift) & 3] ?? 'other'
  }

  restriction(row: number): Restriction | undefined {
    return restrictions[((this.#marks[row] ?? 0) >>> restrictionShift) - 1]
  }

  flags(row: number): number {
    return this.view.getUint16(this.at(row) + central.flags, true)
  }

  method(row: number): number {
    return this.view.getUint16(this.at(row) + central.method, true)
  }

  crc32(row: number): number {
    return this.view.getUint32(this.at(row) + central.crc32, true)
  }

  sizeBytes(row: number): number {
    const short = this.view.getUint32(this.at(row) + central.sizeBytes, true)
    return short === 0xffffffff ? this.numbers(row).sizeBytes : short
  }

  compressedBytes(row: number): number {
    const short = this.view.getUint32(this.at(row) + central.compressedBytes, true)
    return short === 0xffffffff ? this.numbers(row).compressedBytes : short
  }

  /** Where the local header of the row begins in the file. */
  offset(row: number): number {
    const short = this.view.getUint32(this.at(row) + central.offset, true)
    return short === 0xffffffff ? this.numbers(row).offset : short
  }

  numbers(row: number): ZipNumbers {
    const numbers = widen(this.bytes, shortNumbers(this.view, this.at(row)), this.extra(row).zip64)
    if (numbers === undefined) throw new RangeError(`Row ${row} was not checked`)
    return numbers
  }

  extra(row: number): ExtraFields {
    const start = this.start(row) + this.nameBytes(row)
    const extraBytes = this.view.getUint16(this.at(row) + central.extraBytes, true)
    const fields = findExtraFields(this.bytes, start, start + extraBytes)
    if (fields === undefined) throw new RangeError(`Row ${row} was not checked`)
    return fields
  }

  entry(row: number): Entry {
    const at = this.at(row)
    const kind = this.kind(row)
    const mode = (this.view.getUint32(at + central.attributes, true) >>> 16) & 0o7777
    const restriction = this.restriction(row)
    const linkTarget = this.linkTargets.get(row)
    const modified = modifiedAt(this.bytes, at, this.extra(row))
    const crc32 = this.crc32(row)
    return {
      path: this.path(row),
      kind,
      sizeBytes: this.sizeBytes(row),
      compressedBytes: this.compressedBytes(row),
      ...(modified === undefined ? {} : { modifiedAt: modified }),
      ...(mode === 0 ? {} : { mode }),
      ...(linkTarget === undefined ? {} : { linkTarget }),
      // An encrypted entry may hide its checksum behind a zero.
      ...(kind === 'file' && (crc32 !== 0 || (this.flags(row) & zipFlag.encrypted) === 0) ? { crc32 } : {}),
      ...(restriction === undefined ? {} : { restriction }),
    }
  }
}

/** The numbers of a header in its short fields, markers included. */
export function shortNumbers(view: DataView, at: number): ZipNumbers {
  return {
    sizeBytes: view.getUint32(at + central.sizeBytes, true),
    compressedBytes: view.getUint32(at + central.compressedBytes, true),
    offset: view.getUint32(at + central.offset, true),
    disk: view.getUint16(at + central.disk, true),
  }
}

/** Numbers of a buffer, little-endian ones with `true` behind the offset. */
export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
