import { digestOf } from '../../archives/digest.ts'
import { searchArchive, type FoundFile, type SkippedPart } from '../../archives/search-contents.ts'
import type { searchCalls } from '../contracts/search-calls.ts'
import type { OperationsFor } from '../operation.ts'

/** A batch is sent when it has so many hits, or when so much time has passed since the last one. */
const batchHits = 200
const batchEveryMs = 100

/** Looking for a text, and at what a file is. */
export const searchOperations: OperationsFor<keyof typeof searchCalls> = {
  search: async ({ file, query, ...input }, context) => {
    const { signal, emit, progress, memory, onRead } = context
    let hits: FoundFile[] = []
    let skipped: SkippedPart[] = []
    let lastSent = performance.now()
    const send = async (): Promise<void> => {
      const batch = { hits, skipped }
      hits = []
      skipped = []
      lastSent = performance.now()
      if (batch.hits.length + batch.skipped.length > 0) await emit(batch)
    }
    const { bytes, isCapped } = await searchArchive(file, query, {
      ...input,
      signal,
      onRead,
      memory: memory.nested,
      onHit: (hit) => {
        hits.push(hit)
      },
      onSkipped: (place) => {
        skipped.push(place)
      },
      onBytes: progress,
      onPause: () =>
        hits.length >= batchHits || performance.now() - lastSent >= batchEveryMs ? send() : undefined,
    })
    await send()
    return { bytes, isCapped }
  },
  digest: async ({ archive: handle, path }, { archive, signal, progress }) =>
    await digestOf(archive(handle), path, { signal, onBytes: progress }),
}
