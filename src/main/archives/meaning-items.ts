import type { MeaningNode } from './meaning-document.ts'
import type { PathStep } from './meaning-path.ts'

/** Two things that stand for each other, or one that the other list does not have. */
export interface ItemPair {
  readonly step: PathStep
  readonly before: MeaningNode | undefined
  readonly after: MeaningNode | undefined
}

export interface MatchedItems {
  readonly pairs: readonly ItemPair[]
  /** What tells those things apart that both have, in either order; only where the orders differ. */
  readonly order: { readonly before: readonly string[]; readonly after: readonly string[] } | undefined
}

/** Members that tell the things of a list apart, the most telling first. */
const identifying = ['id', '$id', 'uuid', 'uid', '$name', 'name', 'key', 'hostname', 'address', 'path']
/** The table of the longest common subsequence has so many cells at most; beyond, things are matched by their place. */
const cellsAtMost = 1_000_000

/**
 * Matches the things of two lists: by a member that tells all of them apart where they are objects and have one, else
 * by what both lists have in common in one order, and by their place in between.
 */
export function matchItems(before: readonly MeaningNode[], after: readonly MeaningNode[]): MatchedItems {
  for (const by of identifying) {
    const [old, now] = [labelled(before, by), labelled(after, by)]
    if (old !== undefined && now !== undefined) return matchByLabel(old, now, by)
  }
  return { pairs: matchByOrder(before, after), order: undefined }
}

/** The things by the value of a member; `undefined` where one does not have it, or two have the same. */
function labelled(items: readonly MeaningNode[], by: string): ReadonlyMap<string, MeaningNode> | undefined {
  const found = new Map<string, MeaningNode>()
  for (const item of items) {
    const value = item.kind === 'object' ? item.members.get(by) : undefined
    if (value?.kind !== 'scalar' || value.text === 'null') return undefined
    found.set(value.text, item)
  }
  return found.size === items.length ? found : undefined
}

function matchByLabel(
  before: ReadonlyMap<string, MeaningNode>,
  after: ReadonlyMap<string, MeaningNode>,
  by: string,
): MatchedItems {
  const step = (text: string): PathStep => ({ kind: 'item', label: labelOf(text), by })
  const pairs: ItemPair[] = []
  for (const [text, item] of before) pairs.push({ step: step(text), before: item, after: after.get(text) })
  for (const [text, item] of after) {
    if (!before.has(text)) pairs.push({ step: step(text), before: undefined, after: item })
  }
  const old = [...before.keys()].filter((text) => after.has(text))
  const now = [...after.keys()].filter((text) => before.has(text))
  const isSameOrder = old.every((text, index) => text === now[index])
  return { pairs, order: isSameOrder ? undefined : { before: old.map(labelOf), after: now.map(labelOf) } }
}

function labelOf(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text
}

function matchByOrder(before: readonly MeaningNode[], after: readonly MeaningNode[]): readonly ItemPair[] {
  const pairs: ItemPair[] = []
  let [old, now] = [0, 0]
  for (const anchor of [...anchorsOf(before, after), { before: before.length, after: after.length }]) {
    // Between two things that both lists have, what is there on both sides is compared by its place.
    for (; old < anchor.before || now < anchor.after;) {
      const [isOld, isNow] = [old < anchor.before, now < anchor.after]
      const label = String(isNow ? now : old)
      pairs.push({
        step: { kind: 'item', label, by: undefined },
        before: isOld ? before[old] : undefined,
        after: isNow ? after[now] : undefined,
      })
      if (isOld) old += 1
      if (isNow) now += 1
    }
    ;[old, now] = [anchor.before + 1, anchor.after + 1]
  }
  return pairs
}

interface Anchor {
  readonly before: number
  readonly after: number
}

/** Places of equal things in both lists, in one order; as many as can be had for what it may cost. */
function anchorsOf(before: readonly MeaningNode[], after: readonly MeaningNode[]): readonly Anchor[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start]?.id === after[start]?.id) start += 1
  let end = 0
  while (end < shorter - start && before.at(-1 - end)?.id === after.at(-1 - end)?.id) end += 1
  const middle = commonSubsequence(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  )
  return [
    ...Array.from({ length: start }, (_, at) => ({ before: at, after: at })),
    ...middle.map((anchor) => ({ before: start + anchor.before, after: start + anchor.after })),
    ...Array.from({ length: end }, (_, at) => ({
      before: before.length - end + at,
      after: after.length - end + at,
    })),
  ]
}

function commonSubsequence(before: readonly MeaningNode[], after: readonly MeaningNode[]): readonly Anchor[] {
  const width = after.length + 1
  if ((before.length + 1) * width > cellsAtMost) return []
  // Each cell: how long the longest common subsequence of what is left of both is.
  const longest = new Uint32Array((before.length + 1) * width)
  const at = (old: number, now: number): number => longest[old * width + now] ?? 0
  for (let old = before.length - 1; old >= 0; old -= 1) {
    for (let now = after.length - 1; now >= 0; now -= 1) {
      const isSame = before[old]?.id === after[now]?.id
      longest[old * width + now] = isSame
        ? at(old + 1, now + 1) + 1
        : Math.max(at(old + 1, now), at(old, now + 1))
    }
  }
  const anchors: Anchor[] = []
  let [old, now] = [0, 0]
  while (old < before.length && now < after.length) {
    if (before[old]?.id === after[now]?.id) anchors.push({ before: old++, after: now++ })
    else if (at(old + 1, now) >= at(old, now + 1)) old += 1
    else now += 1
  }
  return anchors
}
