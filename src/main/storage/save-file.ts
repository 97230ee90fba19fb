import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ownedName } from './process-mark.ts'
import { renamePatiently } from './rename-patiently.ts'
import { writing } from './storage-failure.ts'
import { syncFolder } from './sync-folder.ts'
import { writeVerified } from './verified-write.ts'

/**
 * Writes a file to a place that a person chose, whole or not at all: until its last byte is flushed and read back,
 * what had that name before is still there.
 * @throws FailureError `disk-full`, `storage-unwritable`, `storage-damaged`, `cancelled`; whatever the source throws
 */
export async function saveFile(
  file: string,
  content: AsyncIterable<Uint8Array> | Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const temporary = `${file}.${ownedName()}.tmp`
  try {
    const pieces = content instanceof Uint8Array ? inOnePiece(content) : content
    await writeVerified(temporary, { content: pieces, signal, what: file })
    await writing({ place: file }, async () => {
      await renamePatiently(temporary, file)
      await syncFolder(dirname(file))
    })
  } finally {
    // After the rename there is nothing left to remove; after a failure what led here is the thing to tell.
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

async function* inOnePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
