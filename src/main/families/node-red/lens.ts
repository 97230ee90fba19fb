import type { LensCode } from '../../../shared/model/lens-codes.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { lensOf, type OpenCell, type OpenLens } from '../lens-table.ts'
import { isObject, listOf, textOf } from '../lens-values.ts'
import { recognises } from './archive.ts'
import { maxFlowsBytes, type FlowNode } from './flows.ts'
import { configurationNodesLens, nodeTypesLens, storedSecretsLens } from './lens-nodes.ts'
import { environmentLens, flowsLens, subflowsLens } from './lens-flows.ts'

const entryName = 'flows.json'

/** What the credentials file and the instance itself hold (`GET /flows`, observed on Node-RED 4.1). */
const leftOut: readonly (readonly [what: LensCode, reason: LensCode])[] = [
  ['credentials', 'kept-apart'],
  ['installed-nodes', 'never-in-backup'],
]

/** What flows consist of; what is no node in a document of flows is passed over. */
export async function lenses(archive: OpenArchive, signal: AbortSignal): Promise<readonly OpenLens[]> {
  if (!recognises(archive)) return []
  const document = parse(await archive.readBytes(entryName, maxFlowsBytes, signal))
  const listed = Array.isArray(document) ? document : isObject(document) ? listOf(document['flows']) : []
  const nodes = listed.filter(isNode)
  if (nodes.length === 0) return []
  const revision = isObject(document) ? textOf(document['rev']) : undefined
  return [
    await identityLens(revision),
    await lensOf(
      'left-out',
      { what: 'code', reason: 'code' },
      leftOut.map(([what, reason]) => ({ what, reason })),
    ),
    await flowsLens(nodes),
    await subflowsLens(nodes),
    await environmentLens(nodes),
    await nodeTypesLens(nodes),
    await configurationNodesLens(nodes),
    await storedSecretsLens(nodes),
  ]
}

async function identityLens(revision: string | undefined): Promise<OpenLens> {
  const facts: readonly (readonly [LensCode, OpenCell])[] = [['flow-revision', revision]]
  return await lensOf(
    'identity',
    { fact: 'code', value: 'mono' },
    facts.flatMap(([fact, value]) => (value === undefined ? [] : [{ fact, value }])),
  )
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown
  } catch {
    // Not JSON: the file can still be looked at as it is.
    return undefined
  }
}

function isNode(value: unknown): value is FlowNode {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['type'] === 'string'
}
