import { createHash } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'
import { throwIfAborted } from './abortable.ts'
import { openPlain, type PlainFile } from './plain-file.ts'
import { readFailure } from './storage-failure.ts'

const blockBytes = 1024 * 1024

/** A running SHA-256. */
export interface Digest {
  readonly update: (bytes: Uint8Array) => void
  /** The hash of everything so far, 64 lower-case hex digits. Ends the digest. */
  readonly sha256: () => string
}

/** Starts a SHA-256. */
export function createDigest(): Digest {
  const hash = createHash('sha256')
  return {
    update: (bytes) => void hash.update(bytes),
    sha256: () => hash.digest('hex'),
  }
}

/** SHA-256 of a text (as UTF-8) or of bytes, 64 lower-case hex digits. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** How a long read is watched and stopped. */
export interface ReadOptions {
  readonly signal: AbortSignal
  /** Hears the bytes read so far, in all. */
  readonly onBytes?: ((bytesDone: number) => void) | undefined
  /** What is going on, in the words of `Phase`; told with `cancelled`. */
  readonly phase: string
}

/** What a file holds: its length and its hash. */
export interface FileDigest {
  readonly sizeBytes: number
  readonly sha256: string
}

/**
 * Reads a whole file and hashes it: the next block is read while the last one is hashed.
 * @throws FailureError `file-unreadable`, `storage-damaged` where it is no plain file, `cancelled`
 */
export async function digestFile(file: string, options: ReadOptions): Promise<FileDigest> {
  const plain = await openPlain(file)
  if (plain === undefined) throw new FailureError({ code: 'file-unreadable', file, reason: 'ENOENT' })
  const digest = createDigest()
  let sizeBytes = 0
  try {
    for await (const block of blocksOf(plain, options)) {
      sizeBytes += block.length
      digest.update(block)
      options.onBytes?.(sizeBytes)
    }
  } catch (error) {
    throw readFailure(error, file)
  } finally {
    await plain.handle.close()
  }
  return { sizeBytes, sha256: digest.sha256() }
}

/** The bytes of an open file, block by block. A block is valid until the next but one is asked for. */
export async function* blocksOf(
  { handle, sizeBytes }: PlainFile,
  { signal, phase }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const length = Math.max(1, Math.min(blockBytes, sizeBytes))
  let current = Buffer.allocUnsafe(length)
  let next = Buffer.allocUnsafe(length)
  let position = 0
  const readInto = (block: Buffer): Promise<number> => {
    const reading = handle.read(block, 0, block.length, position).then(({ bytesRead }) => bytesRead)
    // A read that fails after the loop was left early has nobody to tell: what made it leave is told already.
    reading.catch(() => undefined)
    return reading
  }
  let reading = readInto(current)
  for (;;) {
    const bytesRead = await reading
    throwIfAborted(signal, phase)
    if (bytesRead === 0) return
    position += bytesRead
    reading = readInto(next)
    yield current.subarray(0, bytesRead)
    ;[current, next] = [next, current]
  }
}
