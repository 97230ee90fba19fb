import { FailureError } from '../../shared/failure.ts'
import type { Entry } from '../../shared/model/entry.ts'
import type { EntryRows } from './archive.ts'
import type { NameIndex } from './name-index.ts'
import { linkLeaves } from './names.ts'

/** The row of a path that a person or a family asks for. */
export function findRow(index: NameIndex, path: string): number | undefined {
  return index.find(path.endsWith('/') ? path.slice(0, -1) : path)
}

export function* entriesOf(rows: EntryRows): Generator<Entry> {
  for (let row = 0; row < rows.count; row += 1) yield rows.entry(row)
}

/** Rule G2 of the compatibility table. */
export function unsafeEntriesOf(rows: EntryRows): readonly Entry[] {
  const unsafe: Entry[] = []
  for (let row = 0; row < rows.count; row += 1) {
    const restriction = rows.restriction(row)
    if (restriction === undefined || restriction === 'encrypted') continue
    const entry = rows.entry(row)
    const target = entry.linkTarget
    // A link without a known target could lead anywhere.
    if (restriction === 'link' && target !== undefined && !linkLeaves(entry.path, target)) continue
    unsafe.push(entry)
  }
  return unsafe
}

/** The row of a file whose content may be read; throws `not-found` or `entry-refused`. */
export function readableRow(archive: string, rows: EntryRows, row: number | undefined, path: string): number {
  if (row === undefined) throw new FailureError({ code: 'not-found', kind: 'entry', id: path })
  const kind = rows.kind(row)
  if (kind === 'file') return row
  throw new FailureError({
    code: 'entry-refused',
    archive,
    entry: path,
    reason: `it is a ${kind}, not a file`,
  })
}

/** Gathers a content that is known to be at most `maxBytes`. */
export async function gather(
  archive: string,
  path: string,
  sizeBytes: number,
  maxBytes: number,
  content: AsyncIterable<Uint8Array>,
): Promise<Buffer> {
  if (sizeBytes > maxBytes) {
    const reason = `it has ${sizeBytes} bytes, more than the ${maxBytes} that are read at once`
    throw new FailureError({ code: 'entry-refused', archive, entry: path, reason })
  }
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Ends a content after `maxBytes`. */
export async function* firstBytes(
  content: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let left = maxBytes
  if (left <= 0) return
  for await (const piece of content) {
    yield piece.length <= left ? piece : piece.subarray(0, left)
    left -= piece.length
    if (left <= 0) return
  }
}

/** Reads to the end, for the checks that are made on the way. */
export async function drain(content: AsyncGenerator<Uint8Array>): Promise<void> {
  while ((await content.next()).done !== true) {
    // Only the end counts, or the error on the way to it.
  }
}

/** Content of what has none. */
export async function* noContent(): AsyncGenerator<Uint8Array> {
  // Folders, links and devices are without bytes.
}

/** Lets other work run, and the abort signal be seen, in the middle of a long loop. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  signal.throwIfAborted()
}
