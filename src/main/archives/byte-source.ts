import { constants } from 'node:fs'
import { lstat, open, type FileHandle } from 'node:fs/promises'
import { FailureError } from '../../shared/failure.ts'
import { giveLentBack, lentBytes, takeLent } from './lent-buffers.ts'

/** Bytes that can be read at any place. The size is fixed when the source is made. */
export interface ByteSource extends AsyncDisposable {
  readonly size: number
  /**
   * Answers exactly `length` bytes from `offset`; they may be put into `into`, which is at least as long, where they have
   * to be put somewhere. Asking outside the source is a mistake of the caller.
   */
  read(offset: number, length: number, into?: Buffer): Promise<Buffer>
}

/**
 * Opens a regular file for reading at any place. Links, folders, pipes and devices are refused, and a file that
 * shrinks while it is read fails with `file-unreadable` instead of giving wrong bytes.
 */
export async function openFileSource(path: string): Promise<ByteSource> {
  const handle = await openRegularFile(path)
  try {
    const { size } = await handle.stat()
    return new FileSource(path, handle, size)
  } catch (cause) {
    await handle.close()
    throw unreadable(path, cause)
  }
}

async function openRegularFile(path: string): Promise<FileHandle> {
  try {
    // Windows has no O_NOFOLLOW, so the name is looked at first; a pipe must not be opened at all.
    const named = await lstat(path)
    if (!named.isFile())
      throw new FailureError({ code: 'file-unreadable', file: path, reason: 'not a regular file' })
    const flags = constants.O_RDONLY | onlyWhereKnown('O_NOFOLLOW') | onlyWhereKnown('O_NONBLOCK')
    const handle = await open(path, flags)
    const opened = await handle.stat()
    if (opened.isFile() && opened.ino === named.ino && opened.dev === named.dev) return handle
    await handle.close()
  } catch (cause) {
    throw unreadable(path, cause)
  }
  throw new FailureError({
    code: 'file-unreadable',
    file: path,
    reason: 'it was replaced while it was opened',
  })
}

/** Windows lacks both flags; their constants are undefined there although the types know them. */
function onlyWhereKnown(flag: 'O_NOFOLLOW' | 'O_NONBLOCK'): number {
  const known: Readonly<Record<string, number | undefined>> = constants
  return known[flag] ?? 0
}

function unreadable(path: string, cause: unknown): FailureError {
  if (cause instanceof FailureError) return cause
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return new FailureError({ code: 'file-unreadable', file: path, reason }, { cause })
}

class FileSource implements ByteSource {
  readonly size: number
  readonly #path: string
  readonly #handle: FileHandle
  #closing: Promise<void> | undefined

  constructor(path: string, handle: FileHandle, size: number) {
    this.#path = path
    this.#handle = handle
    this.size = size
  }

  async read(offset: number, length: number, into?: Buffer): Promise<Buffer> {
    assertInside(this.size, offset, length)
    const buffer = into?.subarray(0, length) ?? Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await this.#readSome(buffer, filled, offset)
      if (bytesRead === 0) {
        throw new FailureError({
          code: 'file-unreadable',
          file: this.#path,
          reason: 'it shrank while it was read',
        })
      }
      filled += bytesRead
    }
    return buffer
  }

  async #readSome(buffer: Buffer, filled: number, offset: number): Promise<{ readonly bytesRead: number }> {
    try {
      return await this.#handle.read(buffer, filled, buffer.length - filled, offset + filled)
    } catch (cause) {
      throw unreadable(this.#path, cause)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#handle.close()
    await this.#closing
  }
}

/** A source over bytes that are in memory already. The bytes are not copied and must not change. */
export function memorySource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    size: buffer.length,
    async read(offset, length) {
      assertInside(buffer.length, offset, length)
      return buffer.subarray(offset, offset + length)
    },
    async [Symbol.asyncDispose]() {
      // Nothing is held open.
    },
  }
}

/** The same source, telling of every read. */
export function watched(source: ByteSource, onRead: (bytes: number) => void): ByteSource {
  return {
    size: source.size,
    async read(offset, length, into) {
      onRead(length)
      return await source.read(offset, length, into)
    },
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]()
    },
  }
}

/** A stretch of a source as a source of its own, without a copy. The source below belongs to whoever opened it. */
export function sliceSource(source: ByteSource, start: number, size: number): ByteSource {
  assertInside(source.size, start, size)
  return {
    size,
    async read(offset, length, into) {
      assertInside(size, offset, length)
      return await source.read(start + offset, length, into)
    },
    async [Symbol.asyncDispose]() {
      // It holds nothing of its own.
    },
  }
}

/** @throws RangeError where bytes outside of a source are asked for */
export function assertInside(size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size) return
  throw new RangeError(`Bytes ${offset} to ${offset + length} of ${size}`)
}

const pieceBytes = lentBytes

/**
 * The bytes from `start` up to `end`, in pieces of at most 256 KiB. The next one is read while one is worked on. Where
 * they are lent, a piece is good until the next one is asked for.
 */
export async function* sourceChunks(
  source: ByteSource,
  start: number,
  end: number,
  { signal, lends = false }: { readonly signal: AbortSignal; readonly lends?: boolean },
): AsyncGenerator<Buffer> {
  if (start >= end) return
  const lent = lends ? [takeLent(), takeLent()] : []
  const readAt = (at: number): Promise<Buffer> =>
    source.read(at, Math.min(pieceBytes, end - at), lent[((at - start) / pieceBytes) % 2])
  let next = readAt(start)
  try {
    for (let at = start; at < end; at += pieceBytes) {
      signal.throwIfAborted()
      const piece = await next
      if (at + pieceBytes < end) next = readAt(at + pieceBytes)
      yield piece
    }
  } finally {
    // Where nobody asks for more, nobody waits for it either; until it is there it is being written.
    next.catch(() => undefined).finally(() => lent.forEach(giveLentBack))
  }
}

/**
 * Makes small reads one after the other cheap: what is asked right behind the last read comes from a window of 64 KiB.
 * Other reads go straight through. For one reader at a time.
 */
export function readAhead(source: ByteSource): ByteSource {
  const windowBytes = 64 * 1024
  const near = 64 * 1024
  let window: Buffer = Buffer.alloc(0)
  let windowStart = 0
  let lastEnd = 0
  return {
    size: source.size,
    async read(offset, length, into) {
      const inWindow = offset - windowStart
      if (inWindow >= 0 && inWindow + length <= window.length) {
        lastEnd = offset + length
        return window.subarray(inWindow, inWindow + length)
      }
      const sequential = Math.abs(offset - lastEnd) <= near && length <= near
      lastEnd = offset + length
      if (!sequential) return source.read(offset, length, into)
      window = await source.read(offset, Math.min(windowBytes, source.size - offset))
      windowStart = offset
      return window.subarray(0, length)
    },
    async [Symbol.asyncDispose]() {
      // The source below belongs to whoever opened it.
    },
  }
}
