import { crc32, inflateRawSync, type InflateRaw } from 'node:zlib'
import { FailureError } from '../../shared/failure.ts'
import { drain } from './archive-base.ts'
import { sourceChunks } from './byte-source.ts'
import { inflateRaw, isDamage, type DriveOptions } from './inflate.ts'
import { localHeaderBytes, nameOf, packedRange, type ZipContext } from './zip-context.ts'
import { decrypt, passwordFailure, type Decrypted } from './zip-decrypt.ts'
import { local, zipFlag, zipMethod } from './zip-layout.ts'

/** Up to these sizes an entry is inflated in one call, which is far quicker than a stream and blocks for a moment only. */
const smallPackedBytes = 1024 * 1024
const smallBytes = 1024 * 1024

/**
 * The content of one row, checked on the way: never more bytes than declared, and at the end exactly as many, with the
 * declared checksum, from exactly the declared compressed bytes. A reader that stops early gets no verdict, except for
 * encrypted entries: these are checked whole before the first byte is given out, so that a wrong password shows nothing.
 */
export async function* zipContent(
  context: ZipContext,
  row: number,
  options: DriveOptions,
): AsyncGenerator<Uint8Array> {
  const { directory } = context
  const { signal } = options
  const isEncrypted = (directory.flags(row) & zipFlag.encrypted) !== 0
  const isSmall = directory.compressedBytes(row) <= smallPackedBytes && directory.sizeBytes(row) <= smallBytes
  if (isEncrypted) {
    await drain(streamed(context, row, await decrypt(context, row, signal), { signal, lends: true }))
    yield* streamed(context, row, await decrypt(context, row, signal), options)
  } else if (isSmall && directory.method(row) === zipMethod.deflate) {
    yield await inflateSmall(context, row)
  } else {
    const { start, end } = await packedRange(context, row)
    const method = directory.method(row)
    // Packed bytes are done with as soon as they are unpacked.
    const lends = options.lends === true || method === zipMethod.deflate
    const content = sourceChunks(context.source, start, end, { signal, lends })
    const packed = { method, packedBytes: end - start, isAuthentic: false, content }
    yield* streamed(context, row, packed, options)
  }
}

async function* streamed(
  context: ZipContext,
  row: number,
  packed: Decrypted,
  options: DriveOptions,
): AsyncGenerator<Uint8Array> {
  const { archive, directory } = context
  const checksum = new Checksum(context, row, packed.isAuthentic)
  if (packed.method === zipMethod.stored) {
    for await (const piece of packed.content) yield checksum.take(piece)
    checksum.finish()
    return
  }
  if (packed.method !== zipMethod.deflate) {
    throw new FailureError({
      code: 'archive-method',
      archive,
      entry: nameOf(context, row),
      method: packed.method,
    })
  }
  const { content, consumed } = inflateRaw(packed.content, options)
  try {
    for await (const piece of content) yield checksum.take(piece)
  } catch (cause) {
    const isEncrypted = (directory.flags(row) & zipFlag.encrypted) !== 0
    throw isDamage(cause) ? await damaged(context, row, isEncrypted, cause) : cause
  }
  checksum.finish()
  if (consumed() !== packed.packedBytes) throw extraBytes(context, row)
}

async function inflateSmall(context: ZipContext, row: number): Promise<Buffer> {
  const { directory } = context
  const sizeBytes = directory.sizeBytes(row)
  const packed = await readPacked(context, row)
  let content: Buffer
  let consumed: number
  try {
    // With `info` the answer is an object; the types know the other shape only.
    const inflated = inflateRawSync(packed, {
      info: true,
      maxOutputLength: Math.max(1, sizeBytes),
      // One more than there should be, so that zlib is done in one go.
      chunkSize: Math.max(64, sizeBytes + 1),
    }) as unknown as { readonly buffer: Buffer; readonly engine: InflateRaw }
    content = inflated.buffer
    consumed = inflated.engine.bytesWritten
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') {
      throw sizeLie(context, row, cause)
    }
    throw isDamage(cause) ? await damaged(context, row, false, cause) : cause
  }
  const checksum = new Checksum(context, row, false)
  checksum.take(content)
  checksum.finish()
  if (consumed !== packed.length) throw extraBytes(context, row)
  return content
}

/** The compressed bytes of a small entry, with its header in the same read. */
async function readPacked(context: ZipContext, row: number): Promise<Buffer> {
  const { source, directory } = context
  const offset = directory.offset(row)
  const compressedBytes = directory.compressedBytes(row)
  const guess = local.bytes + directory.nameBytes(row) + 64 + compressedBytes
  const bytes = await source.read(offset, Math.min(guess, source.size - offset))
  const headerBytes = localHeaderBytes(context, row, bytes)
  if (headerBytes + compressedBytes <= bytes.length) {
    return bytes.subarray(headerBytes, headerBytes + compressedBytes)
  }
  return source.read(offset + headerBytes, compressedBytes)
}

/** Counts and checks what comes out. */
class Checksum {
  readonly #context: ZipContext
  readonly #row: number
  readonly #sizeBytes: number
  /** Another checksum vouches for the content already, and this entry may carry none. */
  readonly #isAuthentic: boolean
  #bytes = 0
  #crc32 = 0

  constructor(context: ZipContext, row: number, isAuthentic: boolean) {
    this.#context = context
    this.#row = row
    this.#sizeBytes = context.directory.sizeBytes(row)
    this.#isAuthentic = isAuthentic
  }

  take(piece: Uint8Array): Uint8Array {
    this.#bytes += piece.length
    if (this.#bytes > this.#sizeBytes) throw sizeLie(this.#context, this.#row)
    this.#crc32 = crc32(piece, this.#crc32)
    return piece
  }

  finish(): void {
    const declared = this.#context.directory.crc32(this.#row)
    if (this.#crc32 !== declared && !(this.#isAuthentic && declared === 0))
      throw wrongChecksum(this.#context, this.#row)
    if (this.#bytes !== this.#sizeBytes) throw sizeLie(this.#context, this.#row)
  }
}

/** Says why bytes could not be inflated: damaged, stored under a false method, or decrypted with the wrong password. */
async function damaged(
  context: ZipContext,
  row: number,
  encrypted: boolean,
  cause: unknown,
): Promise<FailureError> {
  const { archive, directory } = context
  const entry = nameOf(context, row)
  if (encrypted) return passwordFailure(context, row, cause)
  if (directory.compressedBytes(row) === directory.sizeBytes(row)) {
    const { start, end } = await packedRange(context, row)
    let checksum = 0
    for await (const piece of sourceChunks(context.source, start, end, {
      signal: new AbortController().signal,
      lends: true,
    })) {
      checksum = crc32(piece, checksum)
    }
    if (checksum === directory.crc32(row)) {
      return new FailureError(
        { code: 'archive-method', archive, entry, method: zipMethod.deflate },
        { cause },
      )
    }
  }
  return new FailureError({ code: 'archive-crc', archive, entry }, { cause })
}

function wrongChecksum(context: ZipContext, row: number): FailureError {
  // Traditional encryption has one byte to tell a wrong password by; one in 256 gets as far as the checksum.
  if ((context.directory.flags(row) & zipFlag.encrypted) !== 0) return passwordFailure(context, row)
  return new FailureError({ code: 'archive-crc', archive: context.archive, entry: nameOf(context, row) })
}

function sizeLie(context: ZipContext, row: number, cause?: unknown): FailureError {
  const { archive, directory } = context
  const declaredBytes = directory.sizeBytes(row)
  const entry = nameOf(context, row)
  return new FailureError({ code: 'archive-size-lie', archive, entry, declaredBytes }, { cause })
}

function extraBytes(context: ZipContext, row: number): FailureError {
  const detail = `there are bytes behind the content of ${nameOf(context, row)}`
  return new FailureError({ code: 'archive-ambiguous', archive: context.archive, detail })
}
