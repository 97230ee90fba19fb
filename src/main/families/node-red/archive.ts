import { FailureError } from '../../../shared/failure.ts'
import { fact, type Identity } from '../../../shared/model/identity.ts'
import type { ArchiveAccess } from '../../archives/archive-access.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { asRecorded, recordedFact } from '../as-recorded.ts'
import { maxFlowsBytes, parseFlowsBytes, typesIn, type FlowsDocument } from './flows.ts'
import { lines, traits } from './traits.ts'

const entryName = 'flows.json'

/** True for any JSON document; whether it holds flows is found out when it is read. */
export function recognises(archive: OpenArchive): boolean {
  return archive.container === 'json' && archive.find(entryName) !== undefined
}

/**
 * The flows inside.
 * @throws FailureError `archive-foreign`
 */
export async function readFlowsOf(archive: ArchiveAccess, signal?: AbortSignal): Promise<FlowsDocument> {
  const isDocument = archive.container === 'json' && (await archive.find(entryName)) !== undefined
  const found = isDocument
    ? parseFlowsBytes(await archive.readBytes(entryName, maxFlowsBytes, signal))
    : undefined
  if (found) return found
  const detail = 'it is no document with the flows of a Node-RED'
  throw new FailureError({ code: 'archive-foreign', archive: archive.name, family: 'node-red', detail })
}

/**
 * The flows say which node types they use and nothing of the instance they come from, so everything else stays as it
 * was recorded.
 * @throws FailureError `archive-foreign`
 */
export async function readArchive(
  archive: OpenArchive,
  recorded: Identity,
  signal: AbortSignal,
): Promise<Identity> {
  const { flows } = await readFlowsOf(archive, signal)
  const used = fact(lines.join(typesIn(flows)), 'archive', recorded.readAt)
  const known = asRecorded(recorded, textFacts, recordedTraits(recorded))
  return { ...known, traits: { ...known.traits, [traits.usedTypes]: used } }
}

const textFacts = ['model', 'architecture', 'systemVersion', 'operatingSystem'] as const

function recordedTraits({ traits: all = {} }: Identity): NonNullable<Identity['traits']> {
  return Object.fromEntries(Object.entries(all).map(([name, each]) => [name, recordedFact(each)]))
}
