import { closeSync, openSync, writeSync } from 'node:fs'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { tarEnd, tarHeader } from './tar-bytes.ts'

/** A file of a tar.gz, filled up to whole blocks, and the same packed so that it can stand anywhere in a stream. */
export interface PackedBlocks {
  readonly sizeBytes: number
  readonly blocks: Buffer
  readonly packed: Buffer
}

export function packedBlocks(content: Buffer): PackedBlocks {
  const blocks = Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)])
  return { sizeBytes: content.length, blocks, packed: pack(blocks) }
}

/** Writes a tar.gz of any size in the time it takes to check it: what was packed once is used as often as one likes. */
export function writeLargeTarGz(
  file: string,
  count: number,
  entryAt: (index: number) => PackedBlocks & { readonly name: string },
): void {
  const fd = openSync(file, 'w')
  let [checksum, bytes] = [0, 0]
  const put = (plain: Buffer, packed: Buffer): void => {
    checksum = crc32(plain, checksum)
    bytes += plain.length
    writeSync(fd, packed)
  }
  try {
    writeSync(fd, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]))
    for (let index = 0; index < count; index += 1) {
      const { name, sizeBytes, blocks, packed } = entryAt(index)
      const header = tarHeader({ name, size: sizeBytes })
      put(header, pack(header))
      put(blocks, packed)
    }
    put(tarEnd, deflateRawSync(tarEnd))
    const trailer = Buffer.alloc(8)
    trailer.writeUInt32LE(checksum, 0)
    trailer.writeUInt32LE(bytes % 0x100000000, 4)
    writeSync(fd, trailer)
  } finally {
    closeSync(fd)
  }
}

/** Without an end, and without a look back to what came before. */
function pack(bytes: Buffer): Buffer {
  return deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH })
}
