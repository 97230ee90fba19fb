import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { openFileSource, sourceChunks } from './byte-source.ts'
import type { Segment } from './segment.ts'

export interface Rewritten {
  readonly sha256: string
  readonly sizeBytes: number
}

/**
 * Writes a copy of `file` that is made of segments, into a new file that its owner alone can read. The file is read
 * at the places named and not looked into.
 * @throws FailureError `file-unreadable`; what the segments fail with
 */
export async function writeSegments(
  file: string,
  target: string,
  segments: AsyncIterable<Segment>,
  signal: AbortSignal,
): Promise<Rewritten> {
  await using source = await openFileSource(file)
  const digest = createHash('sha256')
  let sizeBytes = 0
  const handle = await open(target, 'wx', 0o600)
  try {
    const write = async (bytes: Uint8Array): Promise<void> => {
      // `writeFile` on a handle goes on where it is and writes every byte.
      await handle.writeFile(bytes)
      digest.update(bytes)
      sizeBytes += bytes.length
    }
    for await (const segment of segments) {
      if (segment.kind === 'bytes') await write(segment.bytes)
      else
        for await (const piece of sourceChunks(source, segment.from, segment.to, { signal }))
          await write(piece)
    }
    return { sha256: digest.digest('hex'), sizeBytes }
  } finally {
    await handle.close()
  }
}
