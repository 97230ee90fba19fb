import { constants, gunzipSync } from 'node:zlib'
import { blockBytes, hasValidChecksum, isZeroBlock } from './tar-header.ts'

const zipMarks = [Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('PK\x05\x06', 'latin1')]
/** So much of a gzip is unpacked to see whether a tar is in it; deflate makes at most 1,032 times as much of it. */
const packedBytes = 2048
const unpackedAtMost = 4 * 1024 * 1024

/** The kind of archive that a file could be opened as, from its first 4 KiB or more. Opening it says whether it is one. */
export function opensAs(front: Buffer): 'zip' | 'tar' | 'tar.gz' | undefined {
  if (zipMarks.some((mark) => front.subarray(0, mark.length).equals(mark))) return 'zip'
  if (startsTar(front)) return 'tar'
  if (front[0] === 0x1f && front[1] === 0x8b && startsTar(beginningOf(front))) return 'tar.gz'
  return undefined
}

function startsTar(front: Buffer): boolean {
  const block = front.subarray(0, blockBytes)
  return block.length === blockBytes && !isZeroBlock(block) && hasValidChecksum(block)
}

function beginningOf(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed.subarray(0, packedBytes), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: unpackedAtMost,
    })
  } catch {
    // Damaged, or not what it says: nothing that could be opened.
    return Buffer.alloc(0)
  }
}
