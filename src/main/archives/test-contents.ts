import { drain } from './archive-base.ts'
import type { OpenArchive } from './archive.ts'
import { readSelection } from './selection.ts'

export interface TestOptions {
  /** Which share of the entries, from 0. */
  readonly part: number
  readonly parts: number
  readonly signal: AbortSignal
  readonly onBytes?: (bytesDone: number) => void
}

/**
 * Reads every content that can be read without a password, for its checksum and its size.
 * @throws FailureError `archive-crc`, `archive-size-lie`, `archive-method`, `archive-ambiguous`
 */
export async function testContents(
  archive: OpenArchive,
  { part, parts, signal, onBytes }: TestOptions,
): Promise<{ readonly files: number; readonly bytes: number }> {
  let [files, bytes, place] = [0, 0, 0]
  for await (const { entry, content } of readSelection(archive, { onlyReadable: true }, signal)) {
    place += 1
    if (place % parts !== part) continue
    await drain(content as AsyncGenerator<Uint8Array>)
    files += 1
    bytes += entry.sizeBytes
    onBytes?.(bytes)
  }
  return { files, bytes }
}
