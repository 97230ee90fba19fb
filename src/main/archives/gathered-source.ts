import { assertInside, type ByteSource } from './byte-source.ts'

const blockBytes = 1024 * 1024

/**
 * Reads a content to its end into memory. Room is taken as bytes come, never by a size that was declared, and nothing
 * is copied once more at the end. `onClose` is told when the source is let go of.
 */
export async function gatherSource(
  content: AsyncIterable<Uint8Array>,
  onClose: () => void,
): Promise<ByteSource> {
  const blocks: Buffer[] = []
  let size = 0
  for await (const piece of content) {
    for (let taken = 0; taken < piece.length;) {
      const at = size % blockBytes
      if (at === 0) blocks.push(Buffer.allocUnsafeSlow(blockBytes))
      const part = piece.subarray(taken, taken + blockBytes - at)
      blocks.at(-1)?.set(part, at)
      taken += part.length
      size += part.length
    }
  }
  return new GatheredSource(blocks, size, onClose)
}

class GatheredSource implements ByteSource {
  readonly size: number
  readonly #blocks: readonly Buffer[]
  readonly #onClose: () => void

  constructor(blocks: readonly Buffer[], size: number, onClose: () => void) {
    this.#blocks = blocks
    this.size = size
    this.#onClose = onClose
  }

  async read(offset: number, length: number): Promise<Buffer> {
    assertInside(this.size, offset, length)
    const first = Math.floor(offset / blockBytes)
    const at = offset % blockBytes
    if (at + length <= blockBytes) return (this.#blocks[first] ?? nothing).subarray(at, at + length)
    const bytes = Buffer.allocUnsafe(length)
    for (let filled = 0; filled < length;) {
      const block = this.#blocks[Math.floor((offset + filled) / blockBytes)] ?? nothing
      filled += block.copy(bytes, filled, (offset + filled) % blockBytes)
    }
    return bytes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#onClose()
  }
}

const nothing = Buffer.alloc(0)
