import { FailureError } from '../../shared/failure.ts'
import { breathe } from './archive-base.ts'
import type { ByteSource } from './byte-source.ts'
import { clipName } from './names.ts'
import { unicodePathAgrees } from './read-zip-directory.ts'
import type { ZipDirectory } from './zip-directory.ts'
import { readSafe64 } from './zip-end.ts'
import { findExtraFields, widen } from './zip-extra.ts'
import { local, zipFlag } from './zip-layout.ts'

/** Room in front of a header for the longest data descriptor of the entry before. */
const descriptorRoom = 24
const groupBytes = 1024 * 1024
const farBytes = 8 * 1024
const extraRoom = 512
const groupsAtOnce = 16

/**
 * Holds every local header against the central directory, in the order of the file: the same name, method, flags, sizes
 * and checksum, bodies side by side without overlap, and no byte between them that a reader from the front could take
 * for an entry. After this there is one way to read the archive.
 */
export async function checkLocalHeaders(
  source: ByteSource,
  directory: ZipDirectory,
  context: { readonly archive: string; readonly directoryOffset: number; readonly signal: AbortSignal },
): Promise<void> {
  const order = byOffset(directory)
  const checker = new LocalChecker(source, directory, order, context)
  await checker.assertApart()
  const groups = groupsOf(directory, order, context.directoryOffset)
  for (let k = 0; k < groups.length; k += groupsAtOnce) {
    const loaded = await Promise.all(
      groups.slice(k, k + groupsAtOnce).map(async (group) => ({
        group,
        bytes: await source.read(group.start, group.end - group.start),
      })),
    )
    for (const { group, bytes } of loaded) {
      for (let position = group.first; position < group.behind; position += 1) {
        if (!checker.check(position, bytes, group.start)) await checker.checkAlone(position)
      }
    }
    await breathe(context.signal)
  }
  await checker.checkEnd()
}

/** Rows in the order of their local headers. Most archives have them in order already. */
function byOffset(directory: ZipDirectory): Uint32Array {
  const order = new Uint32Array(directory.count)
  const offsets = new Float64Array(directory.count)
  let sorted = true
  for (let row = 0; row < directory.count; row += 1) {
    order[row] = row
    offsets[row] = directory.offset(row)
    if (row > 0 && (offsets[row] ?? 0) < (offsets[row - 1] ?? 0)) sorted = false
  }
  return sorted ? order : order.sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0) || a - b)
}

interface Group {
  readonly first: number
  readonly behind: number
  readonly start: number
  readonly end: number
}

/** Headers that lie near each other are read in one piece; those of large entries one by one. */
function groupsOf(directory: ZipDirectory, order: Uint32Array, directoryOffset: number): readonly Group[] {
  const groups: Group[] = []
  let first = 0
  let start = 0
  let end = 0
  for (let position = 0; position < order.length; position += 1) {
    const row = order[position] ?? 0
    const offset = directory.offset(row)
    const needed = Math.min(offset + local.bytes + directory.nameBytes(row) + extraRoom, directoryOffset)
    if (position > first && (offset - end > farBytes || needed - start > groupBytes)) {
      groups.push({ first, behind: position, start, end })
      first = position
    }
    if (position === first) start = Math.max(0, offset - descriptorRoom)
    end = position === first ? needed : Math.max(end, needed)
  }
  if (order.length > 0) groups.push({ first, behind: order.length, start, end })
  return groups
}

class LocalChecker {
  readonly #source: ByteSource
  readonly #directory: ZipDirectory
  readonly #order: Uint32Array
  readonly #archive: string
  readonly #directoryOffset: number
  /** Behind the data of the entry before. */
  #dataEnd = 0

  constructor(
    source: ByteSource,
    directory: ZipDirectory,
    order: Uint32Array,
    context: { readonly archive: string; readonly directoryOffset: number },
  ) {
    this.#source = source
    this.#directory = directory
    this.#order = order
    this.#archive = context.archive
    this.#directoryOffset = context.directoryOffset
  }

  /** Refuses bodies that share bytes, by what the central directory says alone. */
  async assertApart(): Promise<void> {
    const directory = this.#directory
    for (let position = 0; position < this.#order.length; position += 1) {
      const row = this.#order[position] ?? 0
      const next = this.#order[position + 1]
      const limit = next === undefined ? this.#directoryOffset : directory.offset(next)
      const least =
        directory.offset(row) + local.bytes + directory.nameBytes(row) + directory.compressedBytes(row)
      if (least <= limit) continue
      await this.#assertBegins(row)
      if (next !== undefined) await this.#assertBegins(next)
      throw this.#overlap(row)
    }
  }

  /** An offset that leads to no header is damage, not an overlap. */
  async #assertBegins(row: number): Promise<void> {
    const header = await this.#source.read(this.#directory.offset(row), local.bytes)
    if (header.readUInt32LE(0) !== local.signature) throw this.#displaced(row)
  }

  /**
   * Checks the header at one place of the order, and the bytes between it and the entry before. `loaded` lies at
   * `loadedStart` and begins early enough for the longest data descriptor; answers false where it ends too early.
   */
  check(position: number, loaded: Buffer, loadedStart: number): boolean {
    const directory = this.#directory
    const row = this.#order[position] ?? 0
    const offset = directory.offset(row)
    const at = offset - loadedStart
    if (loaded.readUInt32LE(at) !== local.signature) {
      throw this.#displaced(row)
    }
    const nameBytes = loaded.readUInt16LE(at + local.nameBytes)
    const headerBytes = local.bytes + nameBytes + loaded.readUInt16LE(at + local.extraBytes)
    const dataEnd = offset + headerBytes + directory.compressedBytes(row)
    if (dataEnd > this.#directoryOffset) throw this.#overlap(row)
    if (at + headerBytes > loaded.length) return false
    this.#checkBetween(position, offset, loaded, loadedStart)
    this.#checkAgreement(row, loaded, at)
    this.#dataEnd = dataEnd
    return true
  }

  /** The same for a header that is longer than anybody expects. */
  async checkAlone(position: number): Promise<void> {
    const offset = this.#directory.offset(this.#order[position] ?? 0)
    const start = Math.max(0, offset - descriptorRoom)
    const end = Math.min(offset + local.bytes + 2 * 0xffff, this.#directoryOffset)
    this.check(position, await this.#source.read(start, end - start), start)
  }

  /** The bytes between the last entry and the directory. */
  async checkEnd(): Promise<void> {
    const start = Math.max(0, this.#directoryOffset - descriptorRoom)
    const tail = await this.#source.read(start, this.#directoryOffset - start)
    this.#checkBetween(this.#order.length, this.#directoryOffset, tail, start)
  }

  /** Only the data descriptor of the entry before may stand between two entries, and it has to agree. */
  #checkBetween(position: number, offset: number, loaded: Buffer, loadedStart: number): void {
    const gap = offset - this.#dataEnd
    const before = position === 0 ? undefined : this.#order[position - 1]
    if (before === undefined) {
      if (gap === 0) return
      throw this.#fail('archive-ambiguous', `${gap} bytes stand in front of its first entry`)
    }
    if (gap < 0) throw this.#overlap(before)
    const promised = (this.#directory.flags(before) & zipFlag.descriptor) !== 0
    if (gap === 0 && !promised) return
    if (promised && [12, 16, 20, 24].includes(gap)) {
      const descriptor = loaded.subarray(this.#dataEnd - loadedStart, offset - loadedStart)
      if (this.#describes(descriptor, before)) return
    }
    throw this.#fail(
      'archive-ambiguous',
      `there are bytes behind ${this.#name(before)} that belong to no entry`,
    )
  }

  /** APPNOTE 4.3.9: an optional signature, the checksum, and two sizes of four or of eight bytes. */
  #describes(descriptor: Buffer, row: number): boolean {
    const isLong = descriptor.length >= 20
    const at = descriptor.length % 8 === 0 ? 4 : 0
    if (at === 4 && descriptor.readUInt32LE(0) !== 0x08074b50) return false
    const compressedBytes = isLong ? readSafe64(descriptor, at + 4) : descriptor.readUInt32LE(at + 4)
    const sizeBytes = isLong ? readSafe64(descriptor, at + 12) : descriptor.readUInt32LE(at + 8)
    return (
      descriptor.readUInt32LE(at) === this.#directory.crc32(row) &&
      compressedBytes === this.#directory.compressedBytes(row) &&
      sizeBytes === this.#directory.sizeBytes(row)
    )
  }

  #checkAgreement(row: number, bytes: Buffer, at: number): void {
    const directory = this.#directory
    const nameStart = at + local.bytes
    const nameEnd = nameStart + bytes.readUInt16LE(at + local.nameBytes)
    const extraEnd = nameEnd + bytes.readUInt16LE(at + local.extraBytes)
    const centralStart = directory.start(row)
    const centralEnd = centralStart + directory.nameBytes(row)
    const differs = (what: string): FailureError =>
      this.#fail('archive-ambiguous', `${this.#name(row)} has another ${what} in front of its content`)

    if (!sameBytes(bytes, nameStart, nameEnd, directory.bytes, centralStart, centralEnd))
      throw differs('name')
    if (bytes.readUInt16LE(at + local.method) !== directory.method(row)) throw differs('method')
    const flags = bytes.readUInt16LE(at + local.flags)
    const compared = zipFlag.encrypted | zipFlag.descriptor | zipFlag.strong | zipFlag.utf8 | zipFlag.masked
    if (((flags ^ directory.flags(row)) & compared) !== 0) throw differs('set of flags')

    const extra = findExtraFields(bytes, nameEnd, extraEnd)
    const short = {
      sizeBytes: bytes.readUInt32LE(at + local.sizeBytes),
      compressedBytes: bytes.readUInt32LE(at + local.compressedBytes),
      offset: 0,
      disk: 0,
    }
    const numbers = extra === undefined ? undefined : widen(bytes, short, extra.zip64)
    if (extra === undefined || numbers === undefined) {
      throw this.#fail('archive-structure', `the extra fields of ${this.#name(row)} are damaged`)
    }
    if (extra.unicodePath !== undefined) {
      const { at: fieldAt, length } = extra.unicodePath
      const field = bytes.subarray(fieldAt, fieldAt + length)
      const path = directory.isAscii(row) ? undefined : directory.path(row)
      if (!unicodePathAgrees(field, bytes.subarray(nameStart, nameEnd), path)) throw differs('name')
    }
    // Who writes without knowing the sizes leaves zeros here and the truth in the data descriptor.
    const mayBeZero = (flags & zipFlag.descriptor) !== 0
    const agrees = (here: number, there: number): boolean => here === there || (mayBeZero && here === 0)
    if (!agrees(bytes.readUInt32LE(at + local.crc32), directory.crc32(row))) throw differs('checksum')
    if (!agrees(numbers.sizeBytes, directory.sizeBytes(row))) throw differs('size')
    if (!agrees(numbers.compressedBytes, directory.compressedBytes(row))) throw differs('compressed size')
  }

  #name(row: number): string {
    return clipName(this.#directory.path(row))
  }

  #displaced(row: number): FailureError {
    return this.#fail('archive-structure', `${this.#name(row)} does not begin where the directory says`)
  }

  #overlap(row: number): FailureError {
    return new FailureError({ code: 'archive-overlap', archive: this.#archive, entry: this.#name(row) })
  }

  #fail(code: 'archive-structure' | 'archive-ambiguous', detail: string): FailureError {
    return new FailureError({ code, archive: this.#archive, detail })
  }
}

/** Names are short; a call into the buffer library costs more than the comparison. */
function sameBytes(
  a: Uint8Array,
  startA: number,
  endA: number,
  b: Uint8Array,
  startB: number,
  endB: number,
): boolean {
  const length = endA - startA
  if (endB - startB !== length) return false
  for (let k = 0; k < length; k += 1) if (a[startA + k] !== b[startB + k]) return false
  return true
}
