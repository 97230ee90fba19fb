import type { ByteSource } from '../../src/main/archives/byte-source.ts'
import { tarHeader } from './tar-bytes.ts'

const blockBytes = 512

/** A tar of files full of zeros, as large as one likes: the zeros exist only where they are read. */
export function hollowTar(
  files: readonly { readonly name: string; readonly sizeBytes: number }[],
): ByteSource {
  const headers: { readonly at: number; readonly block: Buffer }[] = []
  let end = 0
  for (const { name, sizeBytes } of files) {
    headers.push({ at: end, block: tarHeader({ name, size: sizeBytes }) })
    end += blockBytes + Math.ceil(sizeBytes / blockBytes) * blockBytes
  }
  return {
    size: end + 2 * blockBytes,
    async read(offset, length) {
      const bytes = Buffer.alloc(length)
      for (const { at, block } of headers) {
        if (at + blockBytes <= offset || at >= offset + length) continue
        block.copy(bytes, Math.max(0, at - offset), Math.max(0, offset - at))
      }
      return bytes
    },
    async [Symbol.asyncDispose]() {
      // Nothing is held open.
    },
  }
}
