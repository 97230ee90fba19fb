import { drain } from './archive-base.ts'
import type { CheckedFiles, OpenArchive } from './archive.ts'
import { readSelection } from './selection.ts'

export interface TestOptions {
  /** Which share of the entries, from 0. */
  readonly part: number
  readonly parts: number
  readonly signal: AbortSignal
  readonly onBytes?: (bytesDone: number) => void
}

/** What opening and checking a file takes, in bytes that could be unpacked meanwhile. */
const perEntryBytes = 512

/**
 * Reads every content that can be read without a password, for its checksum and its size. Shares are stretches of
 * the archive with about as much work each; where an archive can only be read from front to back, the first has it all.
 * @throws FailureError `archive-crc`, `archive-size-lie`, `archive-method`, `archive-ambiguous`
 */
export async function testContents(
  archive: OpenArchive,
  { part, parts, signal, onBytes }: TestOptions,
): Promise<CheckedFiles> {
  let [files, bytes] = [0, 0]
  for await (const checked of checks(archive, { part, parts, signal })) {
    files += checked.files
    bytes += checked.bytes
    onBytes?.(bytes)
  }
  return { files, bytes }
}

async function* checks(
  archive: OpenArchive,
  { part, parts, signal }: TestOptions,
): AsyncGenerator<CheckedFiles> {
  if (archive.checkRows) {
    yield* archive.checkRows(...shareOf(archive, part, parts), signal)
  } else if (part === 0) {
    for await (const { entry, content } of readSelection(archive, { onlyReadable: true }, signal)) {
      await drain(content as AsyncGenerator<Uint8Array>)
      yield { files: 1, bytes: entry.sizeBytes }
    }
  }
}

/** The rows of a share: from the first up to the second. */
function shareOf({ rows, unpackedBytes }: OpenArchive, part: number, parts: number): [number, number] {
  const all = unpackedBytes + rows.count * perEntryBytes
  const bounds = [part, part + 1].map((share) => (all * share) / parts)
  let done = 0
  let [from, to] = [rows.count, rows.count]
  for (let row = 0; row < rows.count; row += 1) {
    if (row < from && done >= (bounds[0] ?? 0)) from = row
    if (row < to && done >= (bounds[1] ?? all)) to = row
    done += rows.sizeBytes(row) + perEntryBytes
  }
  return [from, to]
}
