import type { LeftOut, Scope } from '../../../shared/model/scope.ts'
import { nodeSetsSchema, type NodeSet } from './answers.ts'
import type { NodeRedClient } from './client.ts'
import { coreModule } from './identity.ts'

/** What the flows of an instance never bring along. */
export const neverInside: readonly LeftOut[] = [
  { what: 'credentials', reason: 'kept-in-separate-file' },
  { what: 'context data', reason: 'kept-in-separate-file' },
  { what: 'projects', reason: 'kept-in-separate-file' },
  { what: 'settings.js', reason: 'kept-in-separate-file' },
]

/** What a backup would hold now and what not. @throws FailureError as `NodeRedClient.read` */
export async function readScope(client: NodeRedClient, signal: AbortSignal): Promise<Scope> {
  const sets = await client.readIfThere('/nodes', nodeSetsSchema, signal)
  return {
    parts: [{ id: 'flows', title: 'Flows', chosen: true }],
    leftOut: [...neverInside, ...modulesOf(sets ?? [])],
  }
}

/** Modules that somebody installed, with their versions: a restore needs them on its target. */
function modulesOf(sets: readonly NodeSet[]): readonly LeftOut[] {
  const installed = sets.filter(({ module }) => module !== coreModule)
  const names = new Set(installed.map(({ module, version = '' }) => `${module} ${version}`.trim()))
  return [...names].sort().map((what) => ({ what, reason: 'installed-separately' }))
}
