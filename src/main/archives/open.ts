import { FailureError } from '../../shared/failure.ts'
import type { Container } from '../../shared/model/record.ts'
import type { OpenArchive, WhileUnpacking } from './archive.ts'
import { memorySource, openFileSource, watched, type ByteSource } from './byte-source.ts'
import { openJson } from './json-archive.ts'
import { defaultLimits, type ArchiveLimits } from './limits.ts'
import { openOpaque } from './opaque-archive.ts'
import { looksLike } from './looks-like.ts'
import { foldName } from './names.ts'
import { openTar } from './tar-archive.ts'
import { blockBytes, hasValidChecksum, isZeroBlock } from './tar-header.ts'
import { openZip } from './zip-archive.ts'

export type { OpenArchive, PassingEntry } from './archive.ts'

/** Files that say what an archive is, in the families that are known. */
const knownManifests = ['manifest.json', 'ctrlx-setup.json', 'ctrlx-backup.json']

export interface OpenOptions {
  /** What failures call the archive; by default the path. It says nothing about what the archive is. */
  readonly name?: string
  readonly signal?: AbortSignal
  /** For zips with encrypted entries. It is never kept beyond the archive and never part of a failure. */
  readonly password?: string
  /**
   * File names that say what the archive is. Where one of them differs from another name in case or composition alone,
   * the archive is refused; other names that do so are only restricted.
   */
  readonly manifests?: readonly string[]
  readonly limits?: Partial<ArchiveLimits>
  /** Told of every read of the file, for as long as the archive is open. */
  readonly onRead?: (bytes: number) => void
  /**
   * True where a person has said what the file is, and such files may be of a kind that only their maker reads. What
   * begins or ends like an archive is still opened, or refused, as one.
   */
  readonly mayBeOpaque?: boolean
  /**
   * A compressed tar is unpacked whole to be opened: this may look at its contents meanwhile. What it learns counts only
   * once the archive is open.
   */
  readonly whileUnpacking?: WhileUnpacking | undefined
}

/**
 * Opens an archive that may be hostile. What it is is told by its bytes, never by its name. An archive that could be
 * understood in two ways, that escapes, lies or breaks off is refused with the code that says so; what opens here has
 * the same entries for every reader. A path is opened without following links; bytes must not change while open.
 */
export async function openArchive(
  file: string | Uint8Array | ByteSource,
  options: OpenOptions = {},
): Promise<OpenArchive> {
  const signal = options.signal ?? new AbortController().signal
  signal.throwIfAborted()
  const { onRead } = options
  const bare =
    typeof file === 'string'
      ? await openFileSource(file)
      : file instanceof Uint8Array
        ? memorySource(file)
        : file
  const source = onRead ? watched(bare, onRead) : bare
  const name = options.name ?? (typeof file === 'string' ? file : 'archive')
  try {
    const limits = { ...defaultLimits, ...options.limits }
    const manifests = new Set((options.manifests ?? knownManifests).map(foldName))
    const found = await recognise(source, name)
    if (typeof found !== 'string') {
      if (options.mayBeOpaque === true) return openOpaque(source, name, found.looksLike)
      throw new FailureError({ code: 'archive-not-recognised', archive: name, ...found })
    }
    switch (found) {
      case 'zip':
        return await openZip(source, { name, password: options.password, manifests, limits, signal })
      case 'json':
        return await openJson(source, { name, maxBytes: limits.documentBytes, signal })
      default:
        return await openTar(source, found, {
          name,
          manifests,
          limits,
          signal,
          whileUnpacking: options.whileUnpacking,
        })
    }
  } catch (error) {
    await source[Symbol.asyncDispose]()
    throw error
  }
}

type Readable = Exclude<Container, 'opaque'>

const signatures: readonly (readonly [Readable, readonly Buffer[]])[] = [
  ['zip', [Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('PK\x05\x06', 'latin1')]],
  ['tar.gz', [Buffer.from([0x1f, 0x8b])]],
]

/** What stands in front of a zip that was written in parts. */
const splitMarks = [Buffer.from('PK00PK'), Buffer.from('PK\x07\x08', 'latin1')]

/** The container that the bytes make it, or what they look like instead. */
async function recognise(
  source: ByteSource,
  archive: string,
): Promise<Readable | { readonly looksLike: string }> {
  const start = await source.read(0, Math.min(source.size, 4096))
  for (const [container, beginnings] of signatures) {
    for (const beginning of beginnings) {
      if (start.subarray(0, beginning.length).equals(beginning)) return container
      const isCut = start.length > 0 && start.length < beginning.length
      if (isCut && beginning.subarray(0, start.length).equals(start)) {
        throw new FailureError({
          code: 'archive-truncated',
          archive,
          detail: `it stops after ${start.length} bytes`,
        })
      }
    }
  }
  if (splitMarks.some((mark) => start.subarray(0, mark.length).equals(mark))) {
    throw new FailureError({
      code: 'archive-structure',
      archive,
      detail: 'it is one part of a split archive',
    })
  }
  const block = start.subarray(0, blockBytes)
  if (block.length === blockBytes && !isZeroBlock(block) && hasValidChecksum(block)) return 'tar'
  if (start.toString('latin1', 257, 262) === 'ustar') {
    throw block.length < blockBytes
      ? new FailureError({
          code: 'archive-truncated',
          archive,
          detail: `it stops after ${start.length} bytes`,
        })
      : new FailureError({
          code: 'archive-structure',
          archive,
          detail: 'the checksum of its first header is wrong',
        })
  }
  if (await endsLikeZip(source)) {
    throw new FailureError({
      code: 'archive-ambiguous',
      archive,
      detail: 'there are bytes in front of a zip',
    })
  }
  const description = looksLike(start)
  if (description === 'JSON document') return 'json'
  return { looksLike: description }
}

/** True where the file ends with the end record of a zip, as programs do that unpack themselves. */
async function endsLikeZip(source: ByteSource): Promise<boolean> {
  const length = Math.min(source.size, 22 + 0xffff)
  const tail = await source.read(source.size - length, length)
  const at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  return at >= 0 && at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length
}
