import type { FileHandle } from 'node:fs/promises'

/** Writes all of the bytes at a position; the operating system may take them in several pieces. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    const left = bytes.length - offset
    const { bytesWritten } = await handle.write(bytes, offset, left, position + offset)
    offset += bytesWritten
  }
}
