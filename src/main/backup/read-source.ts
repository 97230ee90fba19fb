import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { FailureError } from '../../shared/failure.ts'

const pieceBytes = 1024 * 1024

/** A file that is taken in: its size when it was opened, the time of its last change, and its bytes. */
export interface SourceFile {
  readonly size: number
  readonly modifiedAt: string
  readonly content: AsyncGenerator<Uint8Array>
}

/**
 * Opens a file to be taken in. Only a regular file, with its size fixed when it is opened: a FIFO or a growing file is
 * not a backup.
 * @throws FailureError `file-unreadable`
 */
export async function openSource(file: string): Promise<SourceFile> {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new FailureError({ code: 'file-unreadable', file, reason }, { cause })
  }
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) =>
    refuse(cause instanceof Error ? cause.message : 'it cannot be opened', cause),
  )
  const stat = await handle.stat()
  if (!stat.isFile()) {
    await handle.close()
    return refuse('it is not a regular file')
  }
  async function* content() {
    try {
      for (let position = 0; ;) {
        const { bytesRead, buffer } = await handle.read(
          Buffer.allocUnsafe(pieceBytes),
          0,
          pieceBytes,
          position,
        )
        if (bytesRead === 0) return
        position += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  }
  return { size: stat.size, modifiedAt: stat.mtime.toISOString(), content: content() }
}
