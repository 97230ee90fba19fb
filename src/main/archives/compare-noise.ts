import { isFailure } from '../../shared/failure.ts'
import type { EntryChange } from '../../shared/model/comparison.ts'
import type { NoiseCode } from '../../shared/model/noise.ts'
import type { OpenArchive } from './archive.ts'
import { breathe } from './archive-base.ts'
import { compareMeaning } from './meaning-compare.ts'
import { noiseInLines, type NoiseFilter } from './noise.ts'
import { decodeText } from './text-decoding.ts'

/** Larger files are changed without a closer look. */
const fileBytesAtMost = 1024 * 1024
/** So much is read of both archives together; what is left of a larger comparison stays as it is. */
const totalBytesAtMost = 64 * 1024 * 1024

interface FindNoiseOptions {
  readonly signal: AbortSignal
  readonly filters: readonly NoiseFilter[]
  /** How many bytes have been looked at. */
  readonly onBytes?: (bytes: number) => void
}

/**
 * The same changes, those with their codes of which nothing but noise is different. JSON whose values are all the same
 * counts as such, whatever its layout. A file that cannot be read, or is not looked at for its size, has no code.
 */
export async function findNoise(
  before: OpenArchive,
  after: OpenArchive,
  changes: readonly EntryChange[],
  options: FindNoiseOptions,
): Promise<readonly EntryChange[]> {
  const { filters } = options
  const codes = new Map<string, readonly NoiseCode[]>()
  for (const { path, change } of changes) {
    const whole = filters.find((filter) => filter.kind === 'entry' && filter.in(path))
    if (change === 'changed' && whole !== undefined) codes.set(path, [whole.code])
  }
  const wanted = worthReading(before, after, changes, codes)
  const old = new Map<string, Buffer>()
  for await (const [path, bytes] of contentsOf(before, wanted, options)) old.set(path, bytes)
  for await (const [path, bytes] of contentsOf(after, new Set(old.keys()), options)) {
    const found = await noiseIn(path, old.get(path), bytes, options)
    old.delete(path)
    if (found !== undefined) codes.set(path, found)
  }
  return changes.map((change) => {
    const noise = codes.get(change.path)
    return noise === undefined ? change : { ...change, noise }
  })
}

/** Paths of changed files that are small enough, as many as there is room for. */
function worthReading(
  before: OpenArchive,
  after: OpenArchive,
  changes: readonly EntryChange[],
  known: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  const wanted = new Set<string>()
  let room = totalBytesAtMost
  for (const { path, change } of changes) {
    if (change !== 'changed' || known.has(path)) continue
    const [old, now] = [before.find(path), after.find(path)]
    if (old?.kind !== 'file' || now?.kind !== 'file') continue
    if (old.restriction === 'encrypted' || now.restriction === 'encrypted') continue
    const isSmall = old.sizeBytes <= fileBytesAtMost && now.sizeBytes <= fileBytesAtMost
    if (!isSmall || old.sizeBytes + now.sizeBytes > room) continue
    room -= old.sizeBytes + now.sizeBytes
    wanted.add(path)
  }
  return wanted
}

async function* contentsOf(
  archive: OpenArchive,
  paths: ReadonlySet<string>,
  { signal, onBytes }: FindNoiseOptions,
): AsyncGenerator<readonly [string, Buffer]> {
  if (paths.size === 0) return
  if (archive.container === 'tar.gz') {
    // One pass; every single file would have to be unpacked to from the beginning.
    for await (const { entry, content } of archive.readAll({ signal, only: ({ path }) => paths.has(path) })) {
      const pieces: Uint8Array[] = []
      for await (const piece of content) pieces.push(piece)
      yield [entry.path, Buffer.concat(pieces)]
    }
    return
  }
  let done = 0
  for (const path of paths) {
    const bytes = await readable(archive, path, signal)
    if (bytes === undefined) continue
    yield [path, bytes]
    onBytes?.((done += bytes.length))
    await breathe(signal)
  }
}

/** A damaged content says nothing of noise; that it is damaged is said to whoever opens it. */
async function readable(
  archive: OpenArchive,
  path: string,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  try {
    return await archive.readBytes(path, fileBytesAtMost, signal)
  } catch (error) {
    if (isFailure(error, 'archive-crc') || isFailure(error, 'archive-size-lie')) return undefined
    if (isFailure(error, 'archive-method') || isFailure(error, 'archive-password')) return undefined
    throw error
  }
}

async function noiseIn(
  path: string,
  before: Buffer | undefined,
  after: Buffer,
  { signal, filters }: FindNoiseOptions,
): Promise<readonly NoiseCode[] | undefined> {
  const old = before && decodeText(before, false)?.text
  const now = old === undefined ? undefined : decodeText(after, false)?.text
  if (old === undefined || now === undefined) return undefined
  if (!looksLikeDocument(old) || !looksLikeDocument(now)) return noiseInLines(path, old, now, filters)
  const meaning = await compareMeaning(old, now, { signal, filters: filters.filter((each) => each.in(path)) })
  if (meaning === undefined) return noiseInLines(path, old, now, filters)
  if (meaning.total === 0) return ['json-layout']
  if (meaning.noise < meaning.total) return undefined
  return [...new Set(meaning.changes.flatMap(({ noise }) => noise ?? []))]
}

/** True where a text may be a JSON document that has something inside. */
export function looksLikeDocument(text: string): boolean {
  return /^\s{0,100}[{[]/.test(text)
}
