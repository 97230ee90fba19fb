import { isUtf8 } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { FailureError, type Failure } from '../../shared/failure.ts'
import type { EntryKind } from './archive.ts'
import { breathe } from './archive-base.ts'
import type { ByteSource } from './byte-source.ts'
import { maxDeflateRatio } from './limits.ts'
import { NameIndex } from './name-index.ts'
import { clipName, isPlainName, judgeName } from './names.ts'
import { shortNumbers, ZipDirectory } from './zip-directory.ts'
import type { ZipEnd } from './zip-end.ts'
import { findExtraFields, widen, type ExtraFields, type ZipNumbers } from './zip-extra.ts'
import { central, emptyDeflates, local, maxVersionNeeded, zipFlag, zipMethod } from './zip-layout.ts'

/** Rows between two looks at the abort signal. */
const breathEvery = 32_768
const slash = 0x2f
const unixSystems: ReadonlySet<number> = new Set([3, 19])
/** Attributes of DOS for what is a folder or the name of a disk. */
const dosNoFile = 0x18

export interface ZipDirectoryOptions {
  readonly archive: string
  readonly manifests: ReadonlySet<string>
  /** With a password at hand, encrypted entries are not restricted. */
  readonly hasPassword: boolean
  readonly signal: AbortSignal
}

/**
 * Reads the central directory in one pass and refuses every doubt: each header whole, each number possible, each name
 * one that all readers understand alike, no name twice, no file used as a folder. Local headers are checked after this,
 * by `checkLocalHeaders`.
 */
export async function readZipDirectory(
  source: ByteSource,
  end: ZipEnd,
  options: ZipDirectoryOptions,
): Promise<{ readonly directory: ZipDirectory; readonly index: NameIndex }> {
  const bytes = await source.read(end.directoryOffset, end.directoryBytes)
  const directory = new ZipDirectory(bytes, end.count)
  const index = new NameIndex(options.archive, directory, {
    capacity: end.count,
    manifests: options.manifests,
    collide: (row) => directory.restrict(row, 'collision'),
  })
  const reader = new HeaderReader(directory, end, source.size, options)
  for (let row = 0; row < end.count; row += 1) {
    reader.readHeader(row)
    index.add(row)
    if (row % breathEvery === breathEvery - 1) await breathe(options.signal)
  }
  reader.assertEnd()
  for (let row = 0; row < end.count; row += breathEvery) {
    index.checkParents(row, Math.min(row + breathEvery, end.count))
    await breathe(options.signal)
  }
  return { directory, index }
}

/** Walks the headers. Each `readHeader` checks one and moves on. */
class HeaderReader {
  readonly #directory: ZipDirectory
  readonly #bytes: Buffer
  readonly #view: DataView
  readonly #end: ZipEnd
  readonly #archiveBytes: number
  readonly #options: ZipDirectoryOptions
  #at = 0

  constructor(directory: ZipDirectory, end: ZipEnd, archiveBytes: number, options: ZipDirectoryOptions) {
    this.#directory = directory
    this.#bytes = directory.bytes
    this.#view = directory.view
    this.#end = end
    this.#archiveBytes = archiveBytes
    this.#options = options
  }

  readHeader(row: number): void {
    const at = this.#at
    const bytes = this.#bytes
    const view = this.#view
    if (at + central.bytes > bytes.length || view.getUint32(at, true) !== central.signature) {
      throw this.#structure(`entry ${row + 1} of ${this.#end.count} is not in its directory`)
    }
    const nameEnd = at + central.bytes + view.getUint16(at + central.nameBytes, true)
    const extraEnd = nameEnd + view.getUint16(at + central.extraBytes, true)
    this.#at = extraEnd + view.getUint16(at + central.commentBytes, true)
    if (this.#at > bytes.length) throw this.#structure(`entry ${row + 1} reaches beyond its directory`)

    const extra = findExtraFields(bytes, nameEnd, extraEnd)
    const numbers = extra === undefined ? undefined : widen(bytes, shortNumbers(view, at), extra.zip64)
    if (extra === undefined || numbers === undefined) {
      throw this.#structure(`the extra fields of entry ${row + 1} are damaged`)
    }
    const isFolder = bytes[nameEnd - 1] === slash
    this.#readName(row, at, nameEnd, extra, isFolder)
    this.#checkNumbers(row, at, numbers)
    this.#restrict(row, at)
  }

  /** Nothing may follow the last header: it would be an entry that the count hides. */
  assertEnd(): void {
    if (this.#at === this.#bytes.length) return
    throw this.#fail({
      code: 'archive-ambiguous',
      archive: this.#options.archive,
      detail: `its directory goes on behind the ${this.#end.count} entries it counts`,
    })
  }

  #readName(row: number, at: number, nameEnd: number, extra: ExtraFields, isFolder: boolean): void {
    const bytes = this.#bytes
    const start = at + central.bytes
    const end = isFolder ? nameEnd - 1 : nameEnd
    // A plain name is ASCII, and most names are plain.
    const isPlain = isPlainName(bytes, start, end)
    const ascii = isPlain || isAscii(bytes, start, nameEnd)
    const utf8 = ascii || this.#isUtf8(row, at, nameEnd)
    const kind = this.#kind(at, isFolder)
    this.#directory.place(row, at, ascii, utf8, kind)
    if (extra.unicodePath !== undefined) {
      const { at: fieldAt, length } = extra.unicodePath
      const agrees = unicodePathAgrees(
        bytes.subarray(fieldAt, fieldAt + length),
        bytes.subarray(start, nameEnd),
        ascii ? undefined : this.#directory.path(row),
      )
      if (!agrees) {
        throw this.#ambiguous(`${clipName(this.#directory.path(row))} has a second, different name`)
      }
    }
    if (isPlain) return
    const path = this.#directory.path(row)
    const verdict = judgeName(path)
    if (verdict === 'unsafe') this.#directory.restrict(row, 'unsafe-name')
    if (verdict === 'escape' || verdict === 'malformed') {
      const code = verdict === 'escape' ? 'archive-path' : 'archive-name'
      throw this.#fail({ code, archive: this.#options.archive, entry: clipName(path) })
    }
  }

  /**
   * UTF-8 where the flag says so, and where a Unix system wrote bytes that are UTF-8: Info-ZIP there stores the names
   * of the file system without a flag. Everything else is code page 437.
   */
  #isUtf8(row: number, at: number, nameEnd: number): boolean {
    const name = this.#bytes.subarray(at + central.bytes, nameEnd)
    const isValid = isUtf8(name)
    if ((this.#view.getUint16(at + central.flags, true) & zipFlag.utf8) === 0) {
      return isValid && unixSystems.has(this.#bytes[at + central.madeBySystem] ?? 0)
    }
    if (isValid) return true
    const entry = `${row + 1}: ${clipName(name.toString('latin1'))}`
    throw this.#fail({ code: 'archive-name', archive: this.#options.archive, entry })
  }

  #kind(at: number, isFolder: boolean): EntryKind {
    const attributes = this.#view.getUint32(at + central.attributes, true)
    const type = (attributes >>> 16) & 0o170000
    const isUnix = unixSystems.has(this.#bytes[at + central.madeBySystem] ?? 0)
    const isFolderOfDos = type === 0 && !isUnix && (attributes & dosNoFile) !== 0
    const contradicts = isFolder
      ? ![0, 0o040000, 0o100000].includes(type)
      : type === 0o040000 || isFolderOfDos
    if (contradicts)
      throw this.#ambiguous('an entry is a folder by its name or by its attributes, not by both')
    if (isFolder) return 'folder'
    if (type === 0o120000) return 'link'
    return type === 0 || type === 0o100000 ? 'file' : 'other'
  }

  #checkNumbers(row: number, at: number, numbers: ZipNumbers): void {
    const { sizeBytes, compressedBytes, offset } = numbers
    const { archive } = this.#options
    const flags = this.#view.getUint16(at + central.flags, true)
    const method = this.#view.getUint16(at + central.method, true)
    const path = (): string => clipName(this.#directory.path(row))
    if (numbers.disk !== 0) throw this.#structure('it is one part of a split archive')
    this.#checkVersion(at, flags)
    if (this.#directory.kind(row) === 'folder') this.#checkFolder(row, numbers)
    const localBytes = local.bytes + this.#view.getUint16(at + central.nameBytes, true)
    if (offset + localBytes > this.#end.directoryOffset) {
      throw this.#structure(`${path()} begins beyond the entries`)
    }
    if (offset + localBytes + compressedBytes > this.#archiveBytes) {
      const needed = offset + localBytes + compressedBytes
      throw this.#fail({
        code: 'archive-truncated',
        archive,
        detail: `${this.#archiveBytes} bytes of at least ${needed}`,
      })
    }
    if ((flags & zipFlag.encrypted) !== 0) return
    if (method === zipMethod.stored && sizeBytes !== compressedBytes) {
      throw this.#fail({ code: 'archive-size-lie', archive, entry: path(), declaredBytes: sizeBytes })
    }
    if (method === zipMethod.deflate && sizeBytes > compressedBytes * maxDeflateRatio) {
      const ratio = Math.round(sizeBytes / Math.max(1, compressedBytes))
      throw this.#fail({ code: 'archive-bomb', archive, entry: path(), ratio })
    }
  }

  /** Refuses what not every reader would read, whatever it is. */
  #checkVersion(at: number, flags: number): void {
    if ((flags & zipFlag.masked) !== 0) throw this.#structure('its directory is encrypted')
    if ((flags & zipFlag.patched) !== 0) throw this.#structure('it holds differences to other files')
    const isEncrypted = (flags & zipFlag.encrypted) !== 0
    if ((flags & zipFlag.strong) !== 0 && !isEncrypted) {
      throw this.#structure('an entry is encrypted by one flag and not by the other')
    }
    const version = this.#view.getUint16(at + central.versionNeeded, true)
    if (version > (isEncrypted ? maxVersionNeeded.encrypted : maxVersionNeeded.plain)) {
      throw this.#structure(`it needs a reader of version ${(version / 10).toFixed(1)}`)
    }
  }

  /** A folder has no content, and nothing that some reader could take for one. */
  #checkFolder(row: number, { sizeBytes, compressedBytes }: ZipNumbers): void {
    const directory = this.#directory
    if ((directory.flags(row) & zipFlag.encrypted) !== 0 && sizeBytes === 0) return
    const method = directory.method(row)
    const isDeflated = method === zipMethod.deflate
    if (!isDeflated && method !== zipMethod.stored) {
      const entry = clipName(directory.path(row))
      throw this.#fail({ code: 'archive-method', archive: this.#options.archive, entry, method })
    }
    // What stands there is looked at together with the local header.
    const isHollow = isDeflated
      ? emptyDeflates.some(({ length }) => length === compressedBytes)
      : compressedBytes === 0
    if (sizeBytes !== 0 || directory.crc32(row) !== 0 || !isHollow)
      throw this.#ambiguous(`the folder ${clipName(directory.path(row))} has content`)
  }

  #restrict(row: number, at: number): void {
    const directory = this.#directory
    const kind = directory.kind(row)
    const attributes = this.#view.getUint32(at + central.attributes, true)
    const runsAsOwner = kind === 'file' && ((attributes >>> 16) & 0o6000) !== 0
    if (kind === 'link') directory.restrict(row, 'link')
    if (kind === 'other' || runsAsOwner) directory.restrict(row, 'special')
    const encrypted = (directory.flags(row) & zipFlag.encrypted) !== 0
    if (encrypted && !this.#options.hasPassword) directory.restrict(row, 'encrypted')
  }

  #structure(detail: string): FailureError {
    return this.#fail({ code: 'archive-structure', archive: this.#options.archive, detail })
  }

  #ambiguous(detail: string): FailureError {
    return this.#fail({ code: 'archive-ambiguous', archive: this.#options.archive, detail })
  }

  #fail(failure: Failure): FailureError {
    return new FailureError(failure)
  }
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) >= 0x80) return false
  return true
}

/**
 * The Info-ZIP Unicode path field (0x7075): version 1, the checksum of the name it belongs to, a UTF-8 name. It agrees
 * where its name is that of the header, byte by byte or as text (`path`, without the slash of a folder).
 */
export function unicodePathAgrees(field: Buffer, name: Buffer, path: string | undefined): boolean {
  if (field.length < 5 || field[0] !== 1 || field.readUInt32LE(1) !== crc32(name)) return false
  const second = field.subarray(5)
  if (!isUtf8(second)) return false
  if (second.equals(name)) return true
  const text = second.toString('utf8')
  return path !== undefined && (text === path || text === `${path}/`)
}
