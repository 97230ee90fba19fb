import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { CommandEffect } from './faults.ts'
import type { Attributes } from './file-tree.ts'
import type { Host } from './host.ts'

/** Fills a file of the host. `false` means that the disk was full; what fitted stays, as on a real disk. */
export async function store(
  host: Host,
  {
    path,
    attributes,
    content,
    effect,
  }: {
    readonly path: string
    readonly attributes: Omit<Attributes, 'kind'>
    readonly content: AsyncIterable<Uint8Array>
    readonly effect: CommandEffect | undefined
  },
): Promise<boolean> {
  const file = host.tree.writeStream(path, attributes)
  let room = host.freeBytes
  if (effect?.effect === 'disk-full') room = Math.min(room, effect.afterBytes)
  let isFull = false
  for await (const bytes of content) {
    if (isFull) continue
    isFull = bytes.length > room
    const kept = isFull ? bytes.subarray(0, room) : bytes
    room -= kept.length
    if (!file.write(kept)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
  return !isFull
}
