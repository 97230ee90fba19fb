import { observeRestore } from './observe-restore.ts'
import { openArchive } from '../../src/main/archives/open.ts'
import type {
  Commitment,
  DeviceSession,
  Observation,
  PreparedRestore,
  RestoreRequest,
} from '../../src/main/families/family.ts'
import type { Identity } from '../../src/shared/model/identity.ts'
import { backUpOver, quiet, restoreRequest, type Peer, type Stored } from './ctrlx.ts'

/** The restore of one archive, up to the moment before the changing call. */
export interface Ready {
  readonly session: DeviceSession
  readonly request: RestoreRequest
  readonly prepared: PreparedRestore
  readonly before: Identity
  readonly safety: Stored | undefined
}

export type RestoreChanges = Parameters<typeof restoreRequest>[2] & {
  /** Takes a backup of the target first. */
  readonly withSafety?: boolean
}

/** Does everything that comes before the changing call, in the order of the use case. */
export async function makeReady(peer: Peer, stored: Stored, changes: RestoreChanges = {}): Promise<Ready> {
  const { withSafety = false, ...rest } = changes
  const session = await peer.connect()
  const before = await session.identify(quiet)
  const safety = withSafety ? await backUpOver(session, before, peer.inventory) : undefined
  const request = restoreRequest(peer, stored, rest)
  const prepared = await session.prepareRestore!(request)
  await session.identify(quiet)
  return { session, request, prepared, before, safety }
}

/** Follows what was sent to its end. */
export async function observe(
  peer: Peer,
  { session, request, before, safety }: Ready,
  commitment: Commitment,
  limitMs = 8000,
): Promise<Observation> {
  if (commitment.kind === 'refused') throw new Error(JSON.stringify(commitment.failure))
  await using archive = safety && (await openArchive(safety.file, { name: safety.record.fileName }))
  return await observeRestore(peer.family, {
    restore: request,
    before,
    commitment,
    session,
    reconnect: async (signal) => await peer.connect({ signal }),
    safety: archive,
    limitMs,
  })
}

/** A whole restore. */
export async function restore(
  peer: Peer,
  stored: Stored,
  changes: RestoreChanges = {},
): Promise<Observation & { readonly commitment: Commitment }> {
  const ready = await makeReady(peer, stored, changes)
  const commitment = await ready.prepared.commit(quiet)
  return { commitment, ...(await observe(peer, ready, commitment)) }
}

/** Ids of the remarks. */
export function remarksOf({ remarks }: Observation): readonly string[] {
  return remarks.map(({ remark }) => remark)
}
