import type { Accepted, ExpectedEntry } from './accepted.ts'
import type { PeerAnswer, PeerEntry } from './peers/peer.ts'

/** In what another program's answer is not what our reader understood. */
export function differences(
  expected: Accepted,
  answer: PeerAnswer | undefined,
  peer: string,
): readonly string[] {
  if (answer === undefined) return [`${peer} does not answer`]
  if (answer.kind === 'refused') return [`${peer} refuses it: ${answer.why}`]
  const theirs = new Map(answer.entries.map((entry) => [entry.name, entry] as const))
  const found = expected.entries.flatMap((entry, index) => {
    const isGuess = answer.guessesNames === true && /[\x80-\xff]/.test(entry.name)
    const other = isGuess ? answer.entries[index] : (theirs.get(entry.name) ?? theirs.get(entry.rawName))
    if (other === undefined) return [`${peer} has no ${shown(entry.name)}, but ${shown([...theirs.keys()])}`]
    return entryDifferences(entry, other).map((what) => `${peer}: ${what}`)
  })
  if (answer.entries.length !== expected.entries.length)
    found.push(`${peer} has ${answer.entries.length} entries instead of ${expected.entries.length}`)
  if (answer.allContents !== undefined && answer.allContents !== expected.allContents)
    found.push(`${peer} has other contents`)
  return found
}

function entryDifferences(ours: ExpectedEntry, theirs: PeerEntry): readonly string[] {
  const name = shown(ours.name)
  // Not every program tells a link of a zip from a file.
  if (ours.kind !== theirs.kind && !(ours.kind === 'link' && theirs.kind === 'file'))
    return [`${name} is a ${theirs.kind} instead of a ${ours.kind}`]
  if (ours.kind !== 'file') return []
  return (['sizeBytes', 'crc32', 'sha256'] as const).flatMap((fact) => {
    const value = theirs[fact]
    return value === undefined || value === ours[fact]
      ? []
      : [`${name} has the ${fact} ${value}, not ${ours[fact]}`]
  })
}

function shown(value: unknown): string {
  return JSON.stringify(value)
}
