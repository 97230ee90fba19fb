import { FailureError } from '../../../shared/failure.ts'
import type { Difference, Removal } from '../../../shared/model/restore.ts'

/** One thing on the canvas or behind it: a tab, a node, a configuration, a group, a subflow. The rest is the node's own. */
export type FlowNode = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string }

/** The answer of `GET /flows` in version 2 of the API, or the plain list that older versions and `flows.json` hold. */
export interface FlowsDocument {
  readonly flows: readonly FlowNode[]
  /** Names the state of the flows; a deployment that names another one is refused. */
  readonly rev: string | undefined
}

/** More is no answer. Node-RED itself takes 5 MB in one request unless it is told otherwise. */
export const maxFlowsBytes = 64 * 1024 * 1024

/** Types that no module brings; `subflow:…` is an instance of a subflow among the flows themselves. */
const builtIn: ReadonlySet<string> = new Set(['tab', 'subflow', 'group'])
const globalConfig = 'global-config'

const maxDifferences = 100
const maxShown = 200

/** Reads a document that `JSON.parse` gave, without changing a node; `undefined` for what holds no flows. */
export function parseFlows(value: unknown): FlowsDocument | undefined {
  if (Array.isArray(value)) return value.every(isNode) ? { flows: value, rev: undefined } : undefined
  if (!isObject(value)) return undefined
  const { flows, rev } = value
  if (!Array.isArray(flows) || !flows.every(isNode)) return undefined
  return { flows, rev: typeof rev === 'string' ? rev : undefined }
}

/** Reads the bytes of such a document. */
export function parseFlowsBytes(bytes: Uint8Array): FlowsDocument | undefined {
  try {
    return parseFlows(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (error) {
    // Neither text nor JSON: the caller says what was expected.
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined
    throw error
  }
}

function isNode(value: unknown): value is FlowNode {
  return isObject(value) && typeof value['id'] === 'string' && typeof value['type'] === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The node types that have to be installed for these flows to run, in order. Node-RED starts none of the flows while
 * one is missing, whether its node is enabled or not (4.1, observed).
 */
export function typesIn(flows: readonly FlowNode[]): readonly string[] {
  const types = new Set(flows.map(({ type }) => type))
  return [...types].filter((type) => !builtIn.has(type) && !type.startsWith('subflow:')).sort()
}

/**
 * What the target holds after a restore: the archive alone for `replace`, else the archive and whatever else the target
 * has. There is one global configuration in an instance, so that of the archive takes the place of the target's.
 */
export function flowsAfter(
  archive: readonly FlowNode[],
  target: readonly FlowNode[],
  mode: 'merge' | 'replace',
): readonly FlowNode[] {
  if (mode === 'replace') return archive
  const ids = new Set(archive.map(({ id }) => id))
  const hasGlobal = archive.some(({ type }) => type === globalConfig)
  const kept = target.filter(({ id, type }) => !ids.has(id) && !(hasGlobal && type === globalConfig))
  return [...archive, ...kept]
}

/** What is in `target` and will not be in `after`: tabs and subflows first, then single nodes. */
export function removalsFrom(target: readonly FlowNode[], after: readonly FlowNode[]): readonly Removal[] {
  const ids = new Set(after.map(({ id }) => id))
  return target
    .filter(({ id }) => !ids.has(id))
    .map((node) => ({ kind: kindOf(node), what: nameOf(node).slice(0, maxShown) }))
    .sort((a, b) => Number(a.kind === 'node') - Number(b.kind === 'node'))
}

function kindOf({ type }: FlowNode): 'flow' | 'subflow' | 'node' {
  return type === 'tab' ? 'flow' : type === 'subflow' ? 'subflow' : 'node'
}

function nameOf({ id, type, name, label }: FlowNode): string {
  const given = [label, name].find((each) => typeof each === 'string' && each !== '')
  const shown = typeof given === 'string' ? given : id
  return type === 'tab' || type === 'subflow' ? shown : `${type} ${shown}`
}

/**
 * Where `actual` is not what is expected, node by node; the order of nodes and of their settings means nothing, and
 * credentials are told by no device. `others` says what is not expected at all: a difference, or no matter.
 * At most 100 are given.
 */
export function flowDifferences(
  expected: readonly FlowNode[],
  actual: readonly FlowNode[],
  others: 'differ' | 'do-not-matter',
): readonly Difference[] {
  const [wanted, found] = [byId(expected), byId(actual)]
  const missingOrChanged = [...wanted].flatMap(([id, node]): readonly Difference[] => {
    const now = found.get(id)
    if (!now) return [{ what: whatOf(node), expected: shown(node) }]
    const [was, is] = [meaning(node), meaning(now)]
    return was === is ? [] : [{ what: whatOf(node), ...firstApart(was, is) }]
  })
  const surplus = [...found]
    .filter(([id]) => others === 'differ' && !wanted.has(id))
    .map(([, node]): Difference => ({ what: whatOf(node), actual: shown(node) }))
  return [...missingOrChanged, ...surplus].slice(0, maxDifferences)
}

/** True where both hold the same flows. */
export function areSameFlows(one: readonly FlowNode[], other: readonly FlowNode[]): boolean {
  return flowDifferences(one, other, 'differ').length === 0
}

/** Ids are unique in flows that an editor wrote; where one comes twice, each is compared with its like in order. */
function byId(flows: readonly FlowNode[]): ReadonlyMap<string, FlowNode> {
  const nodes = new Map<string, FlowNode>()
  for (const node of flows) {
    let key = node.id
    for (let again = 2; nodes.has(key); again += 1) key = `${node.id} (${String(again)})`
    nodes.set(key, node)
  }
  return nodes
}

function whatOf(node: FlowNode): string {
  return `${node.type} ${node.id}`.slice(0, maxShown)
}

function shown(node: FlowNode): string {
  return meaning(node).slice(0, maxShown)
}

/** The two texts from a little before the place where they part. */
function firstApart(expected: string, actual: string): Pick<Difference, 'expected' | 'actual'> {
  let at = 0
  while (at < expected.length && expected[at] === actual[at]) at += 1
  const from = Math.max(0, at - 40)
  return { expected: expected.slice(from, from + maxShown), actual: actual.slice(from, from + maxShown) }
}

/** A node as text that is the same for all spellings of the same settings. */
function meaning(node: FlowNode): string {
  const { credentials: _secret, ...settings } = node
  return JSON.stringify(settings, (_name, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  )
}

/** Node-RED applies an archive as a whole. @throws FailureError `bad-input` where parts are named */
export function checkParts({ parts }: { readonly parts?: readonly string[] | undefined }): void {
  if (parts === undefined) return
  const reason = 'names parts, and Node-RED takes all flows of an archive at once'
  throw new FailureError({ code: 'bad-input', field: 'parts', reason })
}
