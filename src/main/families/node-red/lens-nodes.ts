import { lensOf, secretOf, type OpenLens } from '../lens-table.ts'
import { isObject, textOf } from '../lens-values.ts'
import { typesIn, type FlowNode } from './flows.ts'

/** Node types that have to be installed, with how often each is used. */
export async function nodeTypesLens(nodes: readonly FlowNode[]): Promise<OpenLens> {
  const [all, off] = [new Map<string, number>(), new Map<string, number>()]
  for (const { type, d } of nodes) {
    all.set(type, (all.get(type) ?? 0) + 1)
    if (d === true) off.set(type, (off.get(type) ?? 0) + 1)
  }
  return await lensOf(
    'node-types',
    { type: 'mono', count: 'count', disabled: 'count' },
    typesIn(nodes).map((type) => ({ type, count: all.get(type) ?? 0, disabled: off.get(type) ?? 0 })),
  )
}

const others: ReadonlySet<string> = new Set(['tab', 'subflow', 'group', 'global-config'])

/**
 * Nodes that others share, such as brokers and servers: they have no place on a canvas, so no `x` and `y`. What they
 * connect to stands under different names in different nodes; the usual ones are looked for.
 */
export async function configurationNodesLens(nodes: readonly FlowNode[]): Promise<OpenLens> {
  const shared = nodes.filter(
    ({ type, x, y }) => !others.has(type) && typeof x !== 'number' && typeof y !== 'number',
  )
  return await lensOf(
    'configuration-nodes',
    { type: 'mono', name: 'text', server: 'mono', port: 'mono', user: 'text' },
    shared.map((node) => ({
      type: node.type,
      name: textOf(node['name']),
      server: first(node, ['broker', 'server', 'host', 'hostname', 'address', 'endpoint', 'url', 'path']),
      port: first(node, ['port', 'tcpPort', 'serialport']),
      user: first(node, ['user', 'username', 'login']),
    })),
  )
}

/** Members that look like secrets by their names: nodes that do not keep them with the credentials have them here. */
export async function storedSecretsLens(nodes: readonly FlowNode[]): Promise<OpenLens> {
  function* rows() {
    for (const node of nodes) {
      const { credentials } = node
      const members = [...Object.entries(node), ...Object.entries(isObject(credentials) ? credentials : {})]
      for (const [property, value] of members) {
        const secret = isSecretName(property) ? secretOf(textOf(value)) : undefined
        if (secret) yield { type: node.type, name: textOf(node['name']) ?? node.id, property, secret }
      }
    }
  }
  return await lensOf(
    'stored-secrets',
    { type: 'mono', name: 'text', property: 'mono', secret: 'mono' },
    rows(),
  )
}

/** True for the name of something that nobody should read over a shoulder. */
export function isSecretName(name: string): boolean {
  return /pass(word|phrase|wd)?$|secret|token|api[-_]?key|private[-_]?key|psk$/i.test(name)
}

function first(node: FlowNode, names: readonly string[]): string | undefined {
  return names.map((name) => textOf(node[name])).find((text) => text !== undefined)
}
