import { lensOf, secretOf, type OpenLens } from '../lens-table.ts'
import { isObject, listOf, textOf } from '../lens-values.ts'
import { isSecretName } from './lens-nodes.ts'
import type { FlowNode } from './flows.ts'

/** Source: nodes of type `tab`; a node names its flow in `z`, and is switched off with `d` (flow format of Node-RED). */
export async function flowsLens(nodes: readonly FlowNode[]): Promise<OpenLens> {
  const inFlow = countBy(nodes, ({ z }) => z)
  const off = countBy(
    nodes.filter(({ d }) => d === true),
    ({ z }) => z,
  )
  return await lensOf(
    'flows',
    { name: 'text', enabled: 'yes-no', nodes: 'count', disabled: 'count', description: 'text' },
    nodes
      .filter(({ type }) => type === 'tab')
      .map(({ id, label, disabled, info }) => ({
        name: textOf(label) ?? id,
        enabled: disabled !== true,
        nodes: inFlow.get(id) ?? 0,
        disabled: off.get(id) ?? 0,
        description: textOf(info),
      })),
  )
}

/** Source: nodes of type `subflow`; their instances have the type `subflow:<id>`. */
export async function subflowsLens(nodes: readonly FlowNode[]): Promise<OpenLens> {
  const inside = countBy(nodes, ({ z }) => z)
  const instances = countBy(nodes, ({ type }) => type)
  return await lensOf(
    'subflows',
    { name: 'text', nodes: 'count', instances: 'count', description: 'text' },
    nodes
      .filter(({ type }) => type === 'subflow')
      .map(({ id, name, info }) => ({
        name: textOf(name) ?? id,
        nodes: inside.get(id) ?? 0,
        instances: instances.get(`subflow:${id}`) ?? 0,
        description: textOf(info),
      })),
  )
}

/** Source: `env` of flows, subflows, groups and of the global configuration; type `cred` marks a secret. */
export async function environmentLens(nodes: readonly FlowNode[]): Promise<OpenLens> {
  const rows = nodes.flatMap((node) =>
    listOf(node['env'])
      .filter(isObject)
      .map(({ name, type, value }) => {
        const [named, text] = [textOf(name), textOf(value)]
        const isSecret = type === 'cred' || isSecretName(named ?? '')
        return {
          flow: textOf(node['label']) ?? textOf(node['name']) ?? node.type,
          name: named,
          type: textOf(type),
          value: isSecret ? secretOf(text) : text,
        }
      }),
  )
  return await lensOf('environment', { flow: 'text', name: 'mono', type: 'mono', value: 'mono' }, rows)
}

/** How many nodes have each value of something. */
export function countBy(
  nodes: readonly FlowNode[],
  valueOf: (node: FlowNode) => unknown,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const node of nodes) {
    const value = valueOf(node)
    if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}
