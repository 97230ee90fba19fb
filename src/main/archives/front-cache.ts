import { hexBytesAtMost } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { firstBytes } from './archive-base.ts'

const frontsAtMost = 2
/** As much is unpacked at least, so that the next few steps of paging find it. */
const leastBytes = 1024 * 1024

interface Front {
  /** Held weakly, so that an archive that was closed can go. */
  readonly archive: WeakRef<OpenArchive>
  readonly path: string
  readonly bytes: Buffer
}

/**
 * Bytes of files for paging. Where a file lies unchanged in its archive they are read there; of others the unpacked
 * front part is kept, at most `hexBytesAtMost` of the last two, so that each page does not unpack it from the start.
 */
export class FrontCache {
  #fronts: readonly Front[] = []

  /** The part of a file's first `hexBytesAtMost` bytes that is asked for; less, or nothing, behind their end. */
  async bytes(
    archive: OpenArchive,
    path: string,
    {
      offset,
      length,
      signal,
    }: { readonly offset: number; readonly length: number; readonly signal: AbortSignal },
  ): Promise<Uint8Array> {
    const sizeBytes = Math.min(archive.find(path)?.sizeBytes ?? 0, hexBytesAtMost)
    const end = Math.min(offset + length, sizeBytes)
    const source = await archive.inPlace(path)
    if (source !== undefined) return offset < end ? await source.read(offset, end - offset) : Buffer.alloc(0)
    const front = await this.#front(archive, path, end, signal)
    return front.subarray(offset, end)
  }

  async #front(archive: OpenArchive, path: string, end: number, signal: AbortSignal): Promise<Buffer> {
    const kept = this.#fronts.find((front) => front.archive.deref() === archive && front.path === path)
    if (kept !== undefined && kept.bytes.length >= end) return kept.bytes
    // Doubled, so that paging to the end unpacks at most twice as much as it shows.
    const wanted = Math.min(hexBytesAtMost, Math.max(leastBytes, end, (kept?.bytes.length ?? 0) * 2))
    const pieces: Uint8Array[] = []
    for await (const piece of firstBytes(archive.read(path, { signal }), wanted)) pieces.push(piece)
    const bytes = Buffer.concat(pieces)
    const others = this.#fronts.filter((front) => front !== kept)
    this.#fronts = [{ archive: new WeakRef(archive), path, bytes }, ...others].slice(0, frontsAtMost)
    return bytes
  }
}
