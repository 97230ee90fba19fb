import { gunzipSync, type Gunzip } from 'node:zlib'
import { isDamage } from './inflate.ts'
import { localHeaderBytes, type ZipContext } from './zip-context.ts'
import { viewOf } from './zip-directory.ts'
import { local, zipFlag, zipMethod } from './zip-layout.ts'

const KiB = 1024
/** Larger entries take so long to unpack that a call for each does not count. */
const smallPackedBytes = 16 * KiB
const smallBytes = 64 * KiB
/** What one run spans in the file, and what it may come to: a few milliseconds of work. */
const spanAtMost = 1024 * KiB
const bytesAtMost = 1024 * KiB
/** Local headers have extra fields that the directory does not speak of. */
const extraRoom = 512

const memberHeaderBytes = 10
const memberTrailerBytes = 8
const memberMark = Buffer.from([0x1f, 0x8b, 0x08])

/**
 * Small entries that lie one behind the other and are unpacked in one call, as an engine for each would take ten times
 * as long as its content.
 *
 * The call is one for a gzip of many members, made of the compressed bytes as they are, each with the checksum and the
 * size that the directory declares behind it (RFC 1952). zlib compares both. All is well only where every byte was
 * consumed, the bytes that came out are as many as declared, and no compressed bytes look like the beginning of a
 * member. Then each member began where it was put and ended where it should: one that ended early would have had to be
 * followed by the beginning of another, and one that swallowed its neighbour would have left the neighbour's bytes out
 * of the sum. Where anything is not so, `contents` answers nothing, and the entries are to be read one by one, which
 * tells what is wrong.
 */
export class SmallRun {
  readonly rows: number[] = []
  readonly #context: ZipContext
  /** Of all contents, unpacked, as declared. */
  #bytes = 0
  #packedBytes = 0
  /** Where its first local header begins, and the least place where its last content ends. */
  #start = 0
  #end = 0
  #whole: Promise<Buffer | undefined> | undefined

  constructor(context: ZipContext) {
    this.#context = context
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Takes the row into the run; answers false where it is not small, or does not fit behind the last one. */
  add(row: number): boolean {
    const { directory } = this.#context
    const sizeBytes = directory.sizeBytes(row)
    const packedBytes = directory.compressedBytes(row)
    const isDeflated = directory.method(row) === zipMethod.deflate
    const isSmall = sizeBytes > 0 && sizeBytes <= smallBytes && packedBytes <= smallPackedBytes
    if (!isDeflated || !isSmall || (directory.flags(row) & zipFlag.encrypted) !== 0) return false
    const offset = directory.offset(row)
    const end = offset + local.bytes + directory.nameBytes(row) + packedBytes
    if (this.rows.length === 0) this.#start = offset
    else if (offset < this.#end || end - this.#start > spanAtMost || this.#bytes + sizeBytes > bytesAtMost)
      return false
    this.rows.push(row)
    this.#bytes += sizeBytes
    this.#packedBytes += packedBytes
    this.#end = end
    return true
  }

  /** The contents one behind the other, checked; `undefined` where they have to be read one by one. */
  async contents(): Promise<Buffer | undefined> {
    return await (this.#whole ??= this.#read())
  }

  async #read(): Promise<Buffer | undefined> {
    const { source } = this.#context
    const end = Math.min(this.#end + extraRoom, source.size)
    const members = this.#members(await source.read(this.#start, end - this.#start))
    return members === undefined ? undefined : this.#inflate(members)
  }

  #inflate(members: Buffer): Buffer | undefined {
    try {
      // With `info` the answer is an object; the types know the other shape only.
      const { buffer, engine } = gunzipSync(members, {
        info: true,
        maxOutputLength: this.#bytes + 1,
        chunkSize: Math.max(64, this.#bytes + 1),
      }) as unknown as { readonly buffer: Buffer; readonly engine: Gunzip }
      return buffer.length === this.#bytes && engine.bytesWritten === members.length ? buffer : undefined
    } catch (cause) {
      const isTooMuch = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
      if (isTooMuch || isDamage(cause)) return undefined
      throw cause
    }
  }

  /** The gzip, from what lies at the run's place in the file. */
  #members(loaded: Buffer): Buffer | undefined {
    const { directory } = this.#context
    const perMember = memberHeaderBytes + memberTrailerBytes
    const members = Buffer.allocUnsafe(this.#packedBytes + this.rows.length * perMember)
    const view = viewOf(members)
    const starts: number[] = []
    let at = 0
    for (const row of this.rows) {
      const headerAt = directory.offset(row) - this.#start
      const from = headerAt + localHeaderBytes(this.#context, row, loaded, headerAt)
      const packedBytes = directory.compressedBytes(row)
      if (from + packedBytes > loaded.length) return undefined
      starts.push(at)
      members.fill(0, at, at + memberHeaderBytes)
      at += memberHeaderBytes
      at += loaded.copy(members, at, from, from + packedBytes)
      view.setUint32(at, directory.crc32(row), true)
      view.setUint32(at + 4, directory.sizeBytes(row), true)
      at += memberTrailerBytes
    }
    // The marks come last: what is found now is not of our making, and no byte of a mark can be part of another one.
    if (members.includes(memberMark)) return undefined
    for (const start of starts) members.set(memberMark, start)
    return members
  }
}
