import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { FailureError } from '../../shared/failure.ts'
import { abortable } from './abortable.ts'
import { createDigest, digestFile, type FileDigest } from './digest.ts'
import { createOnly } from './plain-file.ts'
import { privateFileMode } from './private-folder.ts'
import { writing } from './storage-failure.ts'
import { writeAll } from './write-all.ts'

/** Bytes are written in blocks of this size, whatever pieces they come in. */
const blockBytes = 1024 * 1024

/** A stream of bytes to put into a file. */
export interface VerifiedWrite {
  readonly content: AsyncIterable<Uint8Array>
  /** How long the source said it is; a different length is an error, and more is not even taken in. */
  readonly announcedBytes?: number | undefined
  readonly signal: AbortSignal
  /** Hears the bytes taken in so far, in all. */
  readonly onBytes?: ((bytesDone: number) => void) | undefined
  /** Hears the bytes read back so far, in all. */
  readonly onReadBack?: ((bytesDone: number) => void) | undefined
  /** The name of the content, for failures. */
  readonly what: string
}

/**
 * Writes a new file and proves it: the length is as announced, the bytes are flushed, and what is then read from
 * the file again has the hash of what was taken in. On failure the file may be left behind; the caller removes it.
 * @throws FailureError `length-mismatch`, `disk-full`, `storage-unwritable`, `storage-damaged` where what was read
 * back differs, `file-unreadable`, `cancelled`; whatever the source throws
 */
export async function writeVerified(file: string, write: VerifiedWrite): Promise<FileDigest> {
  const { announcedBytes: neededBytes, signal } = write
  const handle = await writing(
    { place: file, neededBytes },
    async () => await open(file, createOnly, privateFileMode),
  )
  let written: FileDigest
  try {
    written = await takeIn(new BlockWriter(handle, file, neededBytes), write)
    await writing({ place: file, neededBytes }, async () => await handle.sync())
  } finally {
    await handle.close()
  }
  const readBack = await digestFile(file, { signal, onBytes: write.onReadBack, phase: 'reading-back' })
  if (readBack.sizeBytes !== written.sizeBytes || readBack.sha256 !== written.sha256) {
    throw new FailureError({
      code: 'storage-damaged',
      file,
      reason: 'reads back differently from what was written',
    })
  }
  return written
}

async function takeIn(writer: BlockWriter, write: VerifiedWrite): Promise<FileDigest> {
  const { announcedBytes, onBytes, signal, what } = write
  let receivedBytes = 0
  const mismatch = (announced: number) =>
    new FailureError({ code: 'length-mismatch', what, announcedBytes: announced, receivedBytes })
  for await (const bytes of abortable(write.content, signal, 'transferring')) {
    receivedBytes += bytes.length
    if (announcedBytes !== undefined && receivedBytes > announcedBytes) throw mismatch(announcedBytes)
    await writer.add(bytes)
    onBytes?.(receivedBytes)
  }
  const written = await writer.finish()
  if (announcedBytes !== undefined && receivedBytes !== announcedBytes) throw mismatch(announcedBytes)
  return written
}

/**
 * Gathers pieces into blocks; while one block is written, the next one fills and is hashed.
 * Pieces are copied at once, so a source may use its buffer again.
 */
class BlockWriter {
  readonly #handle: FileHandle
  readonly #file: string
  readonly #neededBytes: number | undefined
  readonly #digest = createDigest()
  #block = Buffer.allocUnsafe(blockBytes)
  #spare = Buffer.allocUnsafe(blockBytes)
  #filled = 0
  #position = 0
  #pending: Promise<void> = Promise.resolve()

  constructor(handle: FileHandle, file: string, neededBytes: number | undefined) {
    this.#handle = handle
    this.#file = file
    this.#neededBytes = neededBytes
  }

  async add(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) {
      const piece = bytes.subarray(offset, offset + blockBytes - this.#filled)
      this.#block.set(piece, this.#filled)
      this.#filled += piece.length
      offset += piece.length
      if (this.#filled === blockBytes) await this.#flush()
    }
  }

  async finish(): Promise<FileDigest> {
    await this.#flush()
    await this.#pending
    return { sizeBytes: this.#position, sha256: this.#digest.sha256() }
  }

  async #flush(): Promise<void> {
    await this.#pending
    const full = this.#block.subarray(0, this.#filled)
    this.#pending = this.#write(full, this.#position)
    // Heard at the next flush or at the end; where neither comes, an earlier failure has been told already.
    this.#pending.catch(() => undefined)
    this.#digest.update(full)
    this.#position += full.length
    this.#filled = 0
    ;[this.#block, this.#spare] = [this.#spare, this.#block]
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    const neededBytes = this.#neededBytes ?? position + bytes.length
    await writing(
      { place: this.#file, neededBytes },
      async () => await writeAll(this.#handle, bytes, position),
    )
  }
}
