import { meaningChangesAtMost, type Meaning, type MeaningChange } from '../../shared/model/comparison.ts'
import type { NoiseCode } from '../../shared/model/noise.ts'
import { breathe } from './archive-base.ts'
import { Meanings, readDocument, type MeaningNode } from './meaning-document.ts'
import { matchItems } from './meaning-items.ts'
import { clip, pathText, stepsOf, type MeaningPath, type PathStep } from './meaning-path.ts'
import { isSecretStep, printed } from './meaning-print.ts'
import type { NoiseFilter } from './noise.ts'

const oneGoMs = 20
/** Of a thing that came or went, so many values are looked at to find that all of them are noise. */
const leavesAtMost = 1000
const orderAtMost = 300

export interface MeaningOptions {
  readonly signal: AbortSignal
  /** What is noise in these documents. */
  readonly filters?: readonly NoiseFilter[]
  /** Every value is a secret. */
  readonly isAllSecret?: boolean
}

/**
 * Compares two JSON documents by what they mean: the order of keys and the spelling of values do not count, things in
 * lists are matched by what tells them apart. `undefined` where one of them is no document that everybody reads alike
 * (see `readDocument`); then only their texts can be compared.
 */
export async function compareMeaning(
  before: string,
  after: string,
  options: MeaningOptions,
): Promise<Meaning | undefined> {
  const { signal, filters = [], isAllSecret = false } = options
  const meanings = new Meanings()
  const old = await readDocument(before, meanings, signal)
  const now = old && (await readDocument(after, meanings, signal))
  if (old === undefined || now === undefined) return undefined
  const findings = new Findings(filters, isAllSecret)
  const work: Pair[] = [{ before: old, after: now, path: undefined }]
  let breath = performance.now()
  for (let pair = work.pop(); pair !== undefined; pair = work.pop()) {
    comparePair(pair, work, findings)
    if (performance.now() - breath < oneGoMs) continue
    await breathe(signal)
    breath = performance.now()
  }
  return findings.meaning()
}

interface Pair {
  readonly before: MeaningNode | undefined
  readonly after: MeaningNode | undefined
  readonly path: MeaningPath | undefined
}

function comparePair(pair: Pair, work: Pair[], findings: Findings): void {
  const { before, after, path } = pair
  if (before?.id === after?.id) return
  if (path === undefined || !isSecretStep(path.step)) {
    if (before?.kind === 'object' && after?.kind === 'object') {
      pushBelow(pair, membersOf(before.members, after.members), work)
      return
    }
    if (before?.kind === 'list' && after?.kind === 'list') {
      const { pairs, order } = matchItems(before.items, after.items)
      if (order !== undefined) findings.addOrder(path, order)
      pushBelow(pair, pairs, work)
      return
    }
  }
  findings.add(pair)
}

interface Below {
  readonly step: PathStep
  readonly before: MeaningNode | undefined
  readonly after: MeaningNode | undefined
}

/** What differs, so that the first of them is the next to be taken. */
function pushBelow({ path: outer }: Pair, below: readonly Below[], work: Pair[]): void {
  for (let at = below.length - 1; at >= 0; at -= 1) {
    const each = below[at]
    if (each === undefined || each.before?.id === each.after?.id) continue
    work.push({ before: each.before, after: each.after, path: { step: each.step, outer } })
  }
}

function membersOf(
  before: ReadonlyMap<string, MeaningNode>,
  after: ReadonlyMap<string, MeaningNode>,
): readonly Below[] {
  const step = (name: string): PathStep => ({ kind: 'member', name })
  const below: Below[] = []
  for (const [name, node] of before) below.push({ step: step(name), before: node, after: after.get(name) })
  for (const [name, node] of after) {
    if (!before.has(name)) below.push({ step: step(name), before: undefined, after: node })
  }
  return below
}

class Findings {
  readonly #filters: readonly (NoiseFilter & { readonly kind: 'value' })[]
  readonly #isAllSecret: boolean
  readonly #changes: MeaningChange[] = []
  #total = 0
  #noise = 0

  constructor(filters: readonly NoiseFilter[], isAllSecret: boolean) {
    this.#isAllSecret = isAllSecret
    this.#filters = filters.filter((filter) => filter.kind === 'value')
  }

  meaning(): Meaning {
    return { changes: this.#changes, total: this.#total, noise: this.#noise }
  }

  add({ before, after, path }: Pair): void {
    const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
    const noise = this.#codeOfAll(path, change, before ?? after, { left: leavesAtMost })
    this.#count(noise, () => {
      if (this.#isAllSecret || (path !== undefined && isSecretStep(path.step)))
        return { path: pathText(path), change, isSecret: true }
      return {
        path: pathText(path),
        change,
        ...(before && { before: printed(before) }),
        ...(after && { after: printed(after) }),
      }
    })
  }

  addOrder(
    path: MeaningPath | undefined,
    order: { readonly before: readonly string[]; readonly after: readonly string[] },
  ): void {
    const listed = (labels: readonly string[]): string => clip(labels.slice(0, 50).join(', '), orderAtMost)
    this.#count(this.#codeOf(path, 'reordered'), () => ({
      path: pathText(path),
      change: 'reordered',
      before: listed(order.before),
      after: listed(order.after),
    }))
  }

  #count(noise: NoiseCode | undefined, describe: () => MeaningChange): void {
    const isNoise = noise !== undefined
    const ofItsKind = isNoise ? this.#noise : this.#total - this.#noise
    if (ofItsKind < meaningChangesAtMost) this.#changes.push({ ...describe(), ...(isNoise && { noise }) })
    this.#total += 1
    if (isNoise) this.#noise += 1
  }

  #codeOf(path: MeaningPath | undefined, change: MeaningChange['change']): NoiseCode | undefined {
    if (this.#filters.length === 0) return undefined
    const spot = { steps: stepsOf(path), change }
    return this.#filters.find((filter) => filter.isNoise(spot))?.code
  }

  /** A thing that came or went is noise where all of it is. */
  #codeOfAll(
    path: MeaningPath | undefined,
    change: MeaningChange['change'],
    node: MeaningNode | undefined,
    budget: { left: number },
  ): NoiseCode | undefined {
    const own = this.#codeOf(path, change)
    if (own !== undefined || change === 'changed' || node === undefined) return own
    budget.left -= sizeOf(node)
    if (budget.left < 0) return undefined
    let code: NoiseCode | undefined
    for (const { step, before } of insideOf(node)) {
      code = this.#codeOfAll({ step, outer: path }, change, before, budget)
      if (code === undefined) return undefined
    }
    return code
  }
}

function sizeOf(node: MeaningNode): number {
  return node.kind === 'scalar' ? 0 : node.kind === 'list' ? node.items.length : node.members.size
}

function insideOf(node: MeaningNode): readonly Below[] {
  if (node.kind === 'scalar') return []
  return node.kind === 'object' ? membersOf(node.members, new Map()) : matchItems(node.items, []).pairs
}
