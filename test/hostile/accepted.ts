import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { FailureError } from '../../src/shared/failure.ts'
import { openArchive, type OpenArchive } from '../../src/main/archives/open.ts'
import { verdictOf } from '../../src/main/archives/verdict.ts'
import { goodTars, goodZips } from '../corpus/archive-seeds.ts'
import { someTar, someZip } from '../corpus/generate.ts'
import { mutate } from '../corpus/mutate.ts'
import { gentleTarMutations, withChecksums } from '../corpus/mutate-tar.ts'
import { gentleZipMutations } from '../corpus/mutate-zip.ts'
import { Random } from '../corpus/random.ts'

const { signal } = new AbortController()

/** An entry as our reader understands it. */
export interface ExpectedEntry {
  /** Its UTF-8 bytes, each as one character. */
  readonly name: string
  /** The same of the bytes in the archive: of a zip, they may be of a code page. */
  readonly rawName: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly sizeBytes: number
  readonly crc32: number
  readonly sha256: string
}

/** An archive that our reader would restore. */
export interface Accepted {
  readonly number: number
  readonly bytes: Buffer
  /** False for archives that are as their writer meant them. */
  readonly isChanged: boolean
  readonly entries: readonly ExpectedEntry[]
  /** The SHA-256 of the contents of all files, one behind the other. */
  readonly allContents: string
}

/** The archive with this number: one in twelve is without fault, the others are changed a little. */
function archiveOf(
  kind: 'zip' | 'tar',
  random: Random,
): { readonly bytes: Buffer; readonly isChanged: boolean } {
  const make = kind === 'zip' ? someZip : someTar
  const seed = random.once(4) ? random.pick(kind === 'zip' ? goodZips : goodTars) : make(random)
  if (random.once(12)) return { bytes: seed, isChanged: false }
  const other = make(random)
  const bytes =
    kind === 'zip'
      ? mutate(seed, other, random, gentleZipMutations)
      : withChecksums(mutate(seed, other, random, gentleTarMutations))
  return { bytes, isChanged: !bytes.equals(seed) }
}

/** So many archives that our reader would restore, each of another content. */
export async function acceptedArchives(
  kind: 'zip' | 'tar',
  seed: number,
  count: number,
): Promise<{ readonly accepted: readonly Accepted[]; readonly tried: number }> {
  const accepted: Accepted[] = []
  const seen = new Set<string>()
  let number = 0
  for (; accepted.length < count; number += 1) {
    const { bytes, isChanged } = archiveOf(kind, new Random(seed, number))
    const digest = createHash('sha256').update(bytes).digest('hex')
    if (seen.has(digest)) continue
    seen.add(digest)
    const understood = await understand(bytes)
    if (understood !== undefined) accepted.push({ number, bytes, isChanged, ...understood })
  }
  return { accepted, tried: number }
}

type Understood = Pick<Accepted, 'entries' | 'allContents'>

/**
 * What our reader sees, where it would give the archive back to a device: whole, and without restrictions other than
 * links, which hosts have by right.
 */
export async function understand(bytes: Buffer): Promise<Understood | undefined> {
  try {
    await using archive = await openArchive(bytes, { name: 'x', signal })
    const verdict = verdictOf(archive.rows)
    const restrictions =
      verdict.verdict === 'view' ? verdict.reasons.map(({ restriction }) => restriction) : []
    if (restrictions.some((restriction) => restriction !== 'link')) return undefined
    // A link whose target is damaged could lead anywhere, and stops a restore.
    if (Array.from(archive.entries()).some(({ kind, linkTarget }) => kind === 'link' && !linkTarget))
      return undefined
    return await readWhole(archive)
  } catch (error) {
    if (error instanceof FailureError) return undefined
    throw error
  }
}

async function readWhole(archive: OpenArchive): Promise<Understood> {
  const entries: ExpectedEntry[] = []
  const all = createHash('sha256')
  for await (const { entry, content } of archive.readAll({ signal })) {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(piece)
    const whole = Buffer.concat(pieces)
    all.update(whole)
    const name = Buffer.from(entry.path, 'utf8').toString('latin1')
    entries.push({
      name,
      rawName: rawNameOf(archive, entry.path) ?? name,
      kind: entry.kind,
      sizeBytes: entry.sizeBytes,
      crc32: crc32(whole),
      sha256: createHash('sha256').update(whole).digest('hex'),
    })
  }
  return { entries, allContents: all.digest('hex') }
}

/** The bytes of a name as they lie in a zip; those of a tar are put away as UTF-8. */
function rawNameOf(archive: OpenArchive, path: string): string | undefined {
  const row = archive.findRow(path)
  if (row === undefined) return undefined
  const { bytes } = archive.rows
  return Buffer.from(bytes.subarray(archive.rows.start(row), archive.rows.end(row))).toString('latin1')
}
