import { FailureError } from '../../shared/failure.ts'
import { breathe } from './archive-base.ts'
import type { ByteSource } from './byte-source.ts'
import {
  byOffset,
  descriptorRoom,
  groupsOf,
  load,
  loadedBytes,
  type LoadedBytes,
  type LoadedGroup,
  type Order,
} from './local-header-groups.ts'
import { clipName } from './names.ts'
import { unicodePathAgrees } from './read-zip-directory.ts'
import type { ZipDirectory } from './zip-directory.ts'
import { readSafe64 } from './zip-end.ts'
import { findExtraFields, widen } from './zip-extra.ts'
import { central, emptyDeflates, local, zipFlag, zipMethod } from './zip-layout.ts'

const groupsAtOnce = 16
/** The longest of the empty bodies of folders fits. */
const hollowRoom = 8
/** A number that does not fit, and stands in the zip64 field. */
const maxShort = 0xffffffff

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
  let next = load(source, groups.slice(0, groupsAtOnce))
  for (let k = 0; k < groups.length; k += groupsAtOnce) {
    const loaded = await next
    // The next ones are read while these are checked.
    next = load(source, groups.slice(k + groupsAtOnce, k + 2 * groupsAtOnce))
    // Where a check fails first, nobody waits for them any more.
    next.catch(() => undefined)
    for (const each of loaded) await checker.checkGroup(each)
    await breathe(context.signal)
  }
  await checker.checkEnd()
}

class LocalChecker {
  readonly #source: ByteSource
  readonly #directory: ZipDirectory
  readonly #rows: Uint32Array
  readonly #offsets: Float64Array
  readonly #archive: string
  readonly #directoryOffset: number
  /** Behind the data of the entry before. */
  #dataEnd = 0

  constructor(
    source: ByteSource,
    directory: ZipDirectory,
    { rows, offsets }: Order,
    context: { readonly archive: string; readonly directoryOffset: number },
  ) {
    this.#source = source
    this.#directory = directory
    this.#rows = rows
    this.#offsets = offsets
    this.#archive = context.archive
    this.#directoryOffset = context.directoryOffset
  }

  /** Refuses bodies that share bytes, by what the central directory says alone. */
  async assertApart(): Promise<void> {
    const directory = this.#directory
    for (let position = 0; position < this.#rows.length; position += 1) {
      const row = this.#rows[position] ?? 0
      const next = this.#rows[position + 1]
      const limit = next === undefined ? this.#directoryOffset : (this.#offsets[next] ?? 0)
      const least =
        (this.#offsets[row] ?? 0) + local.bytes + directory.nameBytes(row) + directory.compressedBytes(row)
      if (least <= limit) continue
      await this.#assertBegins(row)
      if (next !== undefined) await this.#assertBegins(next)
      throw this.#overlap(row)
    }
  }

  /** An offset that leads to no header is damage, not an overlap. */
  async #assertBegins(row: number): Promise<void> {
    const header = await this.#source.read(this.#offsets[row] ?? 0, local.bytes)
    if (header.readUInt32LE(0) !== local.signature) throw this.#displaced(row)
  }

  /** Checks the headers of a group, and the bytes between each and the entry before it. */
  async checkGroup(loaded: LoadedGroup): Promise<void> {
    for (let position = loaded.first; position < loaded.behind; position += 1) {
      if (!this.#check(position, loaded)) await this.#checkAlone(position)
    }
  }

  /** `loaded` begins early enough for the longest data descriptor; answers false where it ends too early. */
  #check(position: number, loaded: LoadedBytes): boolean {
    const { bytes, view, start } = loaded
    const row = this.#rows[position] ?? 0
    const offset = this.#offsets[row] ?? 0
    const at = offset - start
    if (view.getUint32(at, true) !== local.signature) throw this.#displaced(row)
    const nameBytes = view.getUint16(at + local.nameBytes, true)
    const headerBytes = local.bytes + nameBytes + view.getUint16(at + local.extraBytes, true)
    const dataEnd = offset + headerBytes + this.#directory.compressedBytes(row)
    if (dataEnd > this.#directoryOffset) throw this.#overlap(row)
    const hollowBytes = this.#hollowBytes(row)
    const bodyAt = at + headerBytes
    if (bodyAt + hollowBytes > bytes.length) return false
    if (hollowBytes > 0) this.#assertHollow(row, bytes.subarray(bodyAt, bodyAt + hollowBytes))
    this.#checkBetween(position, offset, loaded)
    if (!this.#repeats(row, loaded, at)) this.#checkAgreement(row, bytes, at)
    this.#dataEnd = dataEnd
    return true
  }

  /** How many packed bytes a folder has; the directory reader has seen to it that they are few. */
  #hollowBytes(row: number): number {
    const directory = this.#directory
    const isFolder = directory.kind(row) === 'folder' && (directory.flags(row) & zipFlag.encrypted) === 0
    return isFolder ? directory.compressedBytes(row) : 0
  }

  /** Some writers pack the nothing that a folder has. Whatever else lies there, some reader would unpack. */
  #assertHollow(row: number, packed: Buffer): void {
    if (emptyDeflates.some((nothing) => nothing.equals(packed))) return
    throw this.#fail('archive-ambiguous', `the folder ${this.#name(row)} has content`)
  }

  /** The same for a header that is longer than anybody expects. */
  async #checkAlone(position: number): Promise<void> {
    const offset = this.#offsets[this.#rows[position] ?? 0] ?? 0
    const start = Math.max(0, offset - descriptorRoom)
    const end = Math.min(offset + local.bytes + 2 * 0xffff + hollowRoom, this.#directoryOffset)
    this.#check(position, loadedBytes(await this.#source.read(start, end - start), start))
  }

  /** The bytes between the last entry and the directory. */
  async checkEnd(): Promise<void> {
    const start = Math.max(0, this.#directoryOffset - descriptorRoom)
    const tail = await this.#source.read(start, this.#directoryOffset - start)
    this.#checkBetween(this.#rows.length, this.#directoryOffset, loadedBytes(tail, start))
  }

  /** Only the data descriptor of the entry before may stand between two entries, and it has to agree. */
  #checkBetween(position: number, offset: number, { bytes, start }: LoadedBytes): void {
    const gap = offset - this.#dataEnd
    const before = position === 0 ? undefined : this.#rows[position - 1]
    if (before === undefined) {
      if (gap === 0) return
      throw this.#fail('archive-ambiguous', `${gap} bytes stand in front of its first entry`)
    }
    if (gap < 0) throw this.#overlap(before)
    const promised = (this.#directory.flags(before) & zipFlag.descriptor) !== 0
    if (gap === 0 && !promised) return
    if (promised && [12, 16, 20, 24].includes(gap)) {
      const descriptor = bytes.subarray(this.#dataEnd - start, offset - start)
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

  /**
   * True where a header says word by word what the central one says, and neither needs an extra field for it. Most do,
   * and for a million of them this has to be quick; any other one is held against the central one field by field.
   */
  #repeats(row: number, { bytes, view }: LoadedBytes, at: number): boolean {
    const directory = this.#directory
    const there = directory.at(row)
    const sizeBytes = view.getUint32(at + local.sizeBytes, true)
    const compressedBytes = view.getUint32(at + local.compressedBytes, true)
    const nameBytes = view.getUint16(at + local.nameBytes, true)
    return (
      view.getUint16(at + local.extraBytes, true) === 0 &&
      // The flags, and the method behind them.
      view.getUint32(at + local.flags, true) === directory.view.getUint32(there + central.flags, true) &&
      view.getUint32(at + local.crc32, true) === directory.view.getUint32(there + central.crc32, true) &&
      sizeBytes !== maxShort &&
      sizeBytes === directory.view.getUint32(there + central.sizeBytes, true) &&
      compressedBytes !== maxShort &&
      compressedBytes === directory.view.getUint32(there + central.compressedBytes, true) &&
      nameBytes === directory.nameBytes(row) &&
      sameBytes(bytes, at + local.bytes, directory.bytes, directory.start(row), nameBytes)
    )
  }

  #checkAgreement(row: number, bytes: Buffer, at: number): void {
    const directory = this.#directory
    const nameStart = at + local.bytes
    const nameEnd = nameStart + bytes.readUInt16LE(at + local.nameBytes)
    const extraEnd = nameEnd + bytes.readUInt16LE(at + local.extraBytes)
    const nameBytes = nameEnd - nameStart
    const differs = (what: string): FailureError =>
      this.#fail('archive-ambiguous', `${this.#name(row)} has another ${what} in front of its content`)

    const isSameName =
      nameBytes === directory.nameBytes(row) &&
      sameBytes(bytes, nameStart, directory.bytes, directory.start(row), nameBytes)
    if (!isSameName) throw differs('name')
    if (bytes.readUInt16LE(at + local.method) !== directory.method(row)) throw differs('method')
    const flags = bytes.readUInt16LE(at + local.flags)
    const meaningless = directory.method(row) === zipMethod.deflate ? zipFlag.effort : 0
    if (((flags ^ directory.flags(row)) & ~meaningless) !== 0) throw differs('set of flags')

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
function sameBytes(a: Uint8Array, startA: number, b: Uint8Array, startB: number, length: number): boolean {
  for (let k = 0; k < length; k += 1) if (a[startA + k] !== b[startB + k]) return false
  return true
}
