import { FailureError } from '../../../shared/failure.ts'
import type { LeftOut, Scope } from '../../../shared/model/scope.ts'
import { isWithin, placeOf, type HostFacts } from './facts.ts'
import type { Shell } from './shell.ts'

const longestList = 1_000

/** `find`: files that may not be read and folders that may not be listed; what is below those is not asked. */
const notReadable = [
  ...['(', '-type', 'f', '-o', '-type', 'd', ')'],
  ...['(', '!', '-readable', '-o', '-type', 'd', '!', '-executable', ')'],
  ...['-print', '-prune'],
]

/**
 * What a backup would hold now: of the paths set for the device those that exist, and beside them what does not exist,
 * what the login may not read, and what is only a link to somewhere else.
 */
export async function readScope(shell: Shell, facts: HostFacts, signal: AbortSignal): Promise<Scope> {
  const places = facts.paths.map((path) => placeOf(facts.root, path))
  const present = await linesOf(shell, ['ls', '-d', '--', ...places], signal)
  const existing = facts.paths.filter((path) => present.has(placeOf(facts.root, path)))
  const missing = facts.paths.filter((path) => !existing.includes(path))
  const unreadable = existing.length > 0 ? await unreadablePaths(shell, facts, existing, signal) : []
  const isHidden = (path: string): boolean => unreadable.includes(path)
  const links = existing.length > 0 ? await linkedPaths(shell, facts, existing, signal) : []
  return {
    parts: existing
      .filter((path) => !isHidden(path))
      .map((path) => ({ id: path, title: placeOf(facts.root, path), chosen: true })),
    leftOut: [
      ...missing.map((what): LeftOut => ({ what, reason: 'not-found-on-device' })),
      ...unreadable.map((what): LeftOut => ({ what, reason: 'not-readable' })),
      // `tar` keeps the link, not what it leads to.
      ...links.map((what): LeftOut => ({ what, reason: 'external-storage' })),
    ],
  }
}

/**
 * The scope of a backup with only some parts.
 * @throws FailureError `bad-input` for parts that are not there, or where nothing is left
 */
export function chooseParts(scope: Scope, wanted: readonly string[] | undefined): Scope {
  const foreign = wanted?.find((part) => !scope.parts.some(({ id }) => id === part))
  if (foreign !== undefined) refuse('parts', `names “${foreign}”, which cannot be backed up on this device`)
  const parts = scope.parts.map((part) => ({ ...part, chosen: wanted?.includes(part.id) ?? true }))
  const chosen = parts.filter((part) => part.chosen).map(({ id }) => id)
  if (chosen.length === 0) refuse('paths', 'names nothing that is on the device and can be read')
  const notChosen = parts.filter((part) => !part.chosen)
  return {
    parts,
    leftOut: [
      ...scope.leftOut.filter(({ what }) => !notChosen.some(({ id }) => isWithin(what, id))),
      ...notChosen.map(({ id }): LeftOut => ({ what: id, reason: 'not-chosen' })),
    ],
  }
}

async function unreadablePaths(
  shell: Shell,
  facts: HostFacts,
  existing: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const user = await shell.run(['id', '-u'], { signal })
  if (user.exitCode === 0 && user.stdout.toString().trim() === '0') return []
  const places = existing.map((path) => placeOf(facts.root, path))
  // Small systems do not know the question; there, `tar` itself says later what it could not read.
  const found = await linesOf(shell, ['find', ...places, ...notReadable], signal)
  return [...found].slice(0, longestList).flatMap((place) => relativeTo(facts.root, place))
}

async function linkedPaths(
  shell: Shell,
  facts: HostFacts,
  existing: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const places = existing.map((path) => placeOf(facts.root, path))
  const found = await linesOf(shell, ['find', ...places, '-maxdepth', '0', '-type', 'l'], signal)
  return [...found].flatMap((place) => relativeTo(facts.root, place))
}

/** The lines that a command prints, whatever its exit code: it names what it found and complains about the rest. */
async function linesOf(
  shell: Shell,
  words: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { stdout } = await shell.run(words, { signal, ...shell.longWork })
  return new Set(
    stdout
      .toString()
      .split('\n')
      .filter((line) => line !== ''),
  )
}

function relativeTo(root: string, place: string): readonly string[] {
  const start = root === '/' ? '/' : `${root}/`
  return place.startsWith(start) ? [place.slice(start.length)] : []
}

function refuse(field: string, reason: string): never {
  throw new FailureError({ code: 'bad-input', field, reason })
}
