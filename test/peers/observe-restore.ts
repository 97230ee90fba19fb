import type { Family, Observation, ObserveRequest } from '../../src/main/families/family.ts'

/** Observes a restore with a family that restores by itself. */
export async function observeRestore({ restore }: Family, request: ObserveRequest): Promise<Observation> {
  if (restore.kind !== 'automatic') throw new Error('this family restores by procedure')
  return await restore.observe(request)
}
