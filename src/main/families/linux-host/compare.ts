import { createHash } from 'node:crypto'
import type { Entry } from '../../../shared/model/entry.ts'
import type { Difference } from '../../../shared/model/restore.ts'
import type { PassingEntry } from '../../archives/open.ts'
import { isWithin } from './facts.ts'

/**
 * What counts of a name, in one line: kind, rights, owner, size and SHA-256, or where a link leads. Times do not count:
 * they say when something was done, not what is there.
 */
export type Traits = string

/** Traits by path, without a slash at the end. */
export type State = ReadonlyMap<string, Traits>

/** The outcome of a comparison; `differences` are the first of `count`. */
export interface Comparison {
  readonly differences: readonly Difference[]
  readonly count: number
  /** Differences in places where they were expected. */
  readonly expectedCount: number
  /** Names on the device that the archive does not hold. */
  readonly othersCount: number
}

const shownDifferences = 200
const anyRights = 0o777

/**
 * Reads a state from entries as they pass. Hard links become the file they are a second name of: which of the names
 * comes first is the file system's choice, and it is another one after a restore.
 */
export async function readState(
  entries: AsyncIterable<PassingEntry>,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<State> {
  const state = new Map<string, Traits>()
  for await (const { entry, content } of entries) {
    state.set(entry.path, hardLinkTraits(state, entry) ?? (await traitsOf(entry, content, onBytes)))
  }
  return state
}

/** Compares what is there with what should be there. A path that should not be there is left out of `expected`. */
export function compareStates(
  expected: State,
  actual: State,
  { mayDiffer }: { readonly mayDiffer: readonly string[] },
): Comparison {
  const differences: Difference[] = []
  let count = 0
  let expectedCount = 0
  for (const [path, traits] of expected) {
    const found = actual.get(path)
    if (found === traits) continue
    if (mayDiffer.some((known) => isWithin(path, known))) expectedCount += 1
    else {
      count += 1
      if (differences.length < shownDifferences) differences.push(differenceOf(path, traits, found))
    }
  }
  let othersCount = 0
  for (const path of actual.keys()) if (!expected.has(path)) othersCount += 1
  return { differences, count, expectedCount, othersCount }
}

/** True where of the names in `concerned` the device still has exactly what it had `before`, absent ones included. */
export function isUntouched(
  concerned: State,
  states: { readonly before: State; readonly actual: State },
  { mayDiffer }: { readonly mayDiffer: readonly string[] },
): boolean {
  for (const path of concerned.keys()) {
    if (mayDiffer.some((known) => isWithin(path, known))) continue
    if (states.before.get(path) !== states.actual.get(path)) return false
  }
  return true
}

async function traitsOf(
  entry: Entry,
  content: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): Promise<Traits> {
  const owner = ownerOf(entry)
  if (entry.kind === 'link') return `link owner=${owner} target=${entry.linkTarget ?? ''}`
  const rights = `${entry.kind} mode=${(entry.mode ?? 0).toString(8)} owner=${owner}`
  if (entry.kind !== 'file') return rights
  const digest = createHash('sha256')
  for await (const piece of content) {
    digest.update(piece)
    onBytes(piece.length)
  }
  return `${rights} size=${entry.sizeBytes} sha256=${digest.digest('hex')}`
}

/**
 * A tar entry of kind `link` is a second name of a file or a symbolic link. Symbolic links have all rights on Linux;
 * a file with all rights can still be told, because a hard link leads to an earlier file of the archive.
 */
function hardLinkTraits(state: State, { kind, mode, linkTarget = '' }: Entry): Traits | undefined {
  if (kind !== 'link') return undefined
  const target = state.get(linkTarget)
  const isFile = target?.startsWith('file ') ?? false
  const couldBe =
    (mode ?? anyRights) !== anyRights || target?.startsWith(`file mode=${anyRights.toString(8)} `)
  return isFile && couldBe === true ? target : undefined
}

/** Numbers only: names of users mean something else on another host. */
function ownerOf({ owner = '' }: Entry): string {
  const [numbers = '?'] = /^\d+:\d+/.exec(owner) ?? []
  return numbers
}

function differenceOf(path: string, traits: Traits, found: Traits | undefined): Difference {
  if (found === undefined) return { what: path, expected: shown(traits.split(' ')) }
  const [wanted, present] = [traits.split(' '), found.split(' ')]
  // Of the same kind only what differs is worth reading; a link's target may hold spaces and is shown whole.
  if (wanted[0] !== present[0] || wanted[0] === 'link') {
    return { what: path, expected: shown(wanted), actual: shown(present) }
  }
  return {
    what: path,
    expected: shown(wanted.filter((trait) => !present.includes(trait))),
    actual: shown(present.filter((trait) => !wanted.includes(trait))),
  }
}

function shown(traits: readonly string[]): string {
  return traits.join(' ').slice(0, 400)
}
