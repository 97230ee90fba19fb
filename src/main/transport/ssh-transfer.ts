import { setMaxListeners } from 'node:events'
import type { SFTPWrapper } from 'ssh2'
import { FailureError } from '../../shared/failure.ts'
import { until, type Watch } from './deadlines.ts'
import type { SshLine } from './ssh-line.ts'
import { sftpFailure } from './ssh-status.ts'
import { watchedInput, type Input } from './watched-input.ts'

/** The largest piece that OpenSSH moves in one request; servers that move less answer with less. */
const requestBytes = 255 * 1024
const requestsInBlock = 4
const blocksAhead = 4
const writesAhead = 16

interface Transfer {
  readonly line: SshLine
  readonly watch: Watch
  /** For failures. */
  readonly name: string
}

/**
 * Reads an open file of a known length in blocks of about 1 MiB, with up to 16 requests on their way. Every offset is
 * asked for by its number, so pieces cannot be out of order or leave a hole.
 * @throws FailureError `length-mismatch` where the file is shorter or longer than `sizeBytes`
 */
export async function* readPieces(
  sftp: SFTPWrapper,
  handle: Buffer,
  transfer: Transfer & { readonly sizeBytes: number },
): AsyncGenerator<Buffer> {
  const { sizeBytes, watch } = transfer
  // Every request on its way listens.
  setMaxListeners(0, watch.signal)
  const blockBytes = requestBytes * requestsInBlock
  const ahead: Promise<Buffer>[] = []
  let next = 0
  const ask = (): void => {
    while (ahead.length < blocksAhead && next < sizeBytes) {
      const length = Math.min(blockBytes, sizeBytes - next)
      const block = readBlock(sftp, handle, transfer, next, length)
      // Looked at in turn; until then a rejection is not unhandled.
      block.catch(() => undefined)
      ahead.push(block)
      next += length
    }
  }
  for (;;) {
    ask()
    const first = ahead.shift()
    if (!first) break
    const block = await first
    ask()
    // The time that the reader takes for itself is not the device's silence.
    watch.hold()
    try {
      yield block
    } finally {
      watch.release()
    }
  }
  if ((await readAt(sftp, handle, transfer, sizeBytes, Buffer.alloc(1))) > 0) {
    throw mismatch(transfer, sizeBytes + 1)
  }
}

/** Writes an input from the beginning of an open file and gives its length. Up to 16 requests are on their way. */
export async function writePieces(
  sftp: SFTPWrapper,
  handle: Buffer,
  transfer: Transfer & { readonly input: Input },
): Promise<number> {
  const { input, watch } = transfer
  setMaxListeners(0, watch.signal)
  const ahead: Promise<void>[] = []
  let position = 0
  for await (const piece of watchedInput(input, watch)) {
    for (let from = 0; from < piece.length; from += requestBytes) {
      const part = piece.subarray(from, from + requestBytes)
      const written = writeAt(sftp, handle, transfer, position, part)
      written.catch(() => undefined)
      ahead.push(written)
      position += part.length
      if (ahead.length >= writesAhead) await ahead.shift()
    }
  }
  await Promise.all(ahead)
  return position
}

async function readBlock(
  sftp: SFTPWrapper,
  handle: Buffer,
  transfer: Transfer & { readonly sizeBytes: number },
  position: number,
  length: number,
): Promise<Buffer> {
  const block = Buffer.allocUnsafeSlow(length)
  const parts: Promise<void>[] = []
  for (let from = 0; from < length; from += requestBytes) {
    const part = block.subarray(from, from + requestBytes)
    parts.push(fill(sftp, handle, transfer, position + from, part))
  }
  await Promise.all(parts)
  return block
}

/** A device may give less than was asked for, as long as it gives something. */
async function fill(
  sftp: SFTPWrapper,
  handle: Buffer,
  transfer: Transfer & { readonly sizeBytes: number },
  position: number,
  part: Buffer,
): Promise<void> {
  for (let done = 0; done < part.length;) {
    const bytes = await readAt(sftp, handle, transfer, position + done, part.subarray(done))
    if (bytes === 0) throw mismatch(transfer, position + done)
    done += bytes
  }
}

/** Gives how many bytes came; 0 at the end of the file. */
async function readAt(
  sftp: SFTPWrapper,
  handle: Buffer,
  { line, watch, name }: Transfer,
  position: number,
  into: Buffer,
): Promise<number> {
  return await until(
    new Promise<number>((resolve, reject) => {
      sftp.read(handle, into, 0, into.length, position, (error, bytesRead) => {
        watch.touch()
        // The typings promise an error, the library leaves it out.
        if (error) reject(sftpFailure(line.address, name, error))
        else resolve(bytesRead)
      })
    }),
    watch,
  )
}

async function writeAt(
  sftp: SFTPWrapper,
  handle: Buffer,
  { line, watch, name }: Transfer,
  position: number,
  part: Uint8Array,
): Promise<void> {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  await until(
    new Promise<void>((resolve, reject) => {
      sftp.write(handle, bytes, 0, bytes.length, position, (error) => {
        watch.touch()
        if (error) reject(sftpFailure(line.address, name, error))
        else resolve()
      })
    }),
    watch,
  )
  await until(line.room(bytes.length), watch)
}

function mismatch(
  { name, sizeBytes }: { readonly name: string; readonly sizeBytes: number },
  receivedBytes: number,
): FailureError {
  return new FailureError({ code: 'length-mismatch', what: name, announcedBytes: sizeBytes, receivedBytes })
}
