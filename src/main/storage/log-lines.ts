import { createDigest, sha256Of, type Digest } from './digest.ts'
import { openPlain } from './plain-file.ts'
import { readFailure } from './storage-failure.ts'

const blockBytes = 256 * 1024
/** No record is as long; what is longer is not held in memory, only hashed. */
const longestLineBytes = 4 * 1024 * 1024
const newline = 0x0a

/** One line of a log as it lies on disk. */
export interface LogLine {
  /** From 1. */
  readonly number: number
  /** Without the newline; `undefined` where it is no UTF-8 or far too long. */
  readonly text: string | undefined
  /** Length without the newline. */
  readonly sizeBytes: number
  /** Of the bytes without the newline. */
  readonly sha256: () => string
  /** False for a last line whose newline never reached the disk. */
  readonly ended: boolean
}

/**
 * Reads a log line by line, whatever its size; nothing where there is no file.
 * @throws FailureError `file-unreadable`, `storage-damaged` where it is no plain file
 */
export async function* logLines(file: string): AsyncGenerator<LogLine> {
  const plain = await openPlain(file)
  if (plain === undefined) return
  const block = Buffer.allocUnsafe(Math.max(1, Math.min(blockBytes, plain.sizeBytes)))
  let line = new LineBytes()
  let number = 1
  try {
    for (;;) {
      const { bytesRead } = await plain.handle.read(block, 0, block.length)
      if (bytesRead === 0) break
      let start = 0
      for (
        let end = block.indexOf(newline);
        end !== -1 && end < bytesRead;
        end = block.indexOf(newline, start)
      ) {
        line.add(block.subarray(start, end))
        yield line.finish(number, true)
        line = new LineBytes()
        number += 1
        start = end + 1
      }
      line.add(block.subarray(start, bytesRead))
    }
    if (line.sizeBytes > 0) yield line.finish(number, false)
  } catch (error) {
    throw readFailure(error, file)
  } finally {
    await plain.handle.close()
  }
}

class LineBytes {
  sizeBytes = 0
  #pieces: Buffer[] = []
  #digest: Digest | undefined

  add(piece: Uint8Array): void {
    this.sizeBytes += piece.length
    if (this.#digest) this.#digest.update(piece)
    else this.#pieces.push(Buffer.from(piece))
    if (this.sizeBytes <= longestLineBytes || this.#digest) return
    this.#digest = createDigest()
    for (const held of this.#pieces) this.#digest.update(held)
    this.#pieces = []
  }

  finish(number: number, ended: boolean): LogLine {
    const { sizeBytes } = this
    const tooLong = this.#digest
    if (tooLong) {
      const sha256 = tooLong.sha256()
      return { number, text: undefined, sizeBytes, sha256: () => sha256, ended }
    }
    const bytes = Buffer.concat(this.#pieces)
    return { number, text: decode(bytes), sizeBytes, sha256: () => sha256Of(bytes), ended }
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // No UTF-8: the reader of the line reports it as unreadable, with its hash.
    return undefined
  }
}
