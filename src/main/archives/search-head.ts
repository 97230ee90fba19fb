import { gunzipSync, constants } from 'node:zlib'
import { blockBytes, hasValidChecksum, isZeroBlock } from './tar-header.ts'

/** As many bytes as tell what a content is. */
const headBytes = 4096

/** The beginning of a content, and the whole of it, beginning included. */
export interface BegunContent extends AsyncDisposable {
  readonly head: Buffer
  readonly content: AsyncGenerator<Uint8Array>
}

/**
 * Reads as much as tells what a content is; nothing is lost by it. A piece of `content` has to be good only until the
 * next one is asked for, and `head` is so long.
 */
export async function beginContent(content: AsyncIterable<Uint8Array>): Promise<BegunContent> {
  const pieces = content[Symbol.asyncIterator]()
  const held: Buffer[] = []
  let bytes = 0
  while (bytes < headBytes) {
    const next = await pieces.next()
    if (next.done === true) break
    bytes += next.value.length
    const piece = asBuffer(next.value)
    // The piece after this one may come in the same bytes.
    held.push(bytes < headBytes ? Buffer.from(piece) : piece)
  }
  const [only] = held
  const head = held.length === 1 && only !== undefined ? only : Buffer.concat(held)
  return {
    head,
    content: following(head, pieces),
    // A content that nobody went on reading lets go of its unpacker here.
    async [Symbol.asyncDispose]() {
      await pieces.return?.()
    },
  }
}

async function* following(head: Buffer, pieces: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** What a content can be opened as: an archive, or one packed file. */
export type PackedKind = 'zip' | 'tar' | 'tar.gz' | 'gzip'

/** Told by the first bytes, never by a name. */
export function packedKindOf(head: Buffer): PackedKind | undefined {
  const start = head.toString('latin1', 0, 4)
  if (start === 'PK\x03\x04' || start === 'PK\x05\x06') return 'zip'
  if (isTarBlock(head)) return 'tar'
  if (!start.startsWith('\x1f\x8b\x08')) return undefined
  return isTarBlock(firstUnpacked(head)) ? 'tar.gz' : 'gzip'
}

function isTarBlock(bytes: Buffer): boolean {
  const block = bytes.subarray(0, blockBytes)
  return block.length === blockBytes && !isZeroBlock(block) && hasValidChecksum(block)
}

function firstUnpacked(head: Buffer): Buffer {
  try {
    // Few bytes, so that they unpack to 4 MiB at the very most.
    return gunzipSync(head.subarray(0, headBytes), { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    // Damaged bytes are no archive; they are searched as they are.
    return Buffer.alloc(0)
  }
}
