import { isUtf8 } from 'node:buffer'
import { FailureError } from '../../shared/failure.ts'
import type { EntryKind, Restriction } from './archive.ts'
import { clipName, judgeName } from './names.ts'
import type { PaxRecords } from './tar-extended.ts'
import { TarHeaderError, type TarHeader } from './tar-header.ts'
import type { TarRow } from './tar-rows.ts'

/** What stood in front of a header and speaks of it. */
export interface Extended {
  readonly pax: PaxRecords
  /** GNU's long name and long link target. */
  readonly longPath?: Buffer
  readonly longLink?: Buffer
}

const slash = 0x2f
/** Names up to here fit into a header, so nothing else has to say them. */
const headerNameBytes = 100
/** Sizes up to here fit into a header. */
const headerSizeBytes = 0o77777777777

const kindsByType: ReadonlyMap<string, EntryKind> = new Map([
  ['0', 'file'],
  ['\0', 'file'],
  ['7', 'file'],
  ['1', 'link'],
  ['2', 'link'],
  ['3', 'other'],
  ['4', 'other'],
  ['5', 'folder'],
  ['6', 'other'],
])

/** The type of a hard link: its target is a path of the same archive. */
export const hardLinkType = '1'

/**
 * One entry out of its header and what stood in front of it. Where two of them speak of the same thing they have to
 * agree, as readers differ in whom they believe. Answers `undefined` for the root folder itself (`./`).
 */
export function judgeTarEntry(
  archive: string,
  header: TarHeader,
  extended: Extended,
): Omit<TarRow, 'offset'> | undefined {
  const { pax } = extended
  const written = pathBytes(archive, header, extended)
  const { text: name, isUnicode } = decodeName(archive, written, pax)
  const kind = kindOf(header, name.endsWith('/'))
  const path = withoutDot(name.endsWith('/') ? name.slice(0, -1) : name)
  const sizeBytes = sizeOf(header, pax)
  if (kind !== 'file' && sizeBytes !== 0) {
    throw new TarHeaderError(`${clipName(path)} is a ${kind} with content`, 'archive-ambiguous')
  }
  if (kind === 'folder' && (name === './' || name === '.')) return undefined

  const verdict = judgeName(path)
  if (verdict === 'escape') throw new FailureError({ code: 'archive-path', archive, entry: clipName(name) })
  if (verdict === 'malformed')
    throw new FailureError({ code: 'archive-name', archive, entry: clipName(name) })
  return {
    path,
    kind,
    sizeBytes,
    mode: header.mode & 0o7777,
    owner: ownerOf(header, pax),
    modifiedSeconds: pax.mtime ?? header.modifiedSeconds,
    linkTarget: kind === 'link' ? linkTarget(archive, header, extended, path) : '',
    restriction: restrictionOf(kind, header.mode, verdict === 'safe' && isUnicode),
  }
}

function pathBytes(archive: string, header: TarHeader, { pax, longPath }: Extended): Buffer {
  const { path } = pax
  if (path !== undefined && longPath !== undefined && !path.equals(longPath)) {
    throw new TarHeaderError('an entry has two long names', 'archive-ambiguous')
  }
  const long = path ?? longPath
  if (long === undefined) return header.path
  // Readers that know no long names use the header, so that one may not escape either.
  const short = header.path.toString('latin1')
  if (judgeName(withoutDot(short)) === 'escape') {
    throw new FailureError({ code: 'archive-path', archive, entry: clipName(short) })
  }
  const fits = long.length < headerNameBytes && long.every((byte) => byte < 0x80)
  if (fits && trimSlash(long.toString('latin1')) !== trimSlash(short)) {
    throw new TarHeaderError(`${clipName(short)} has a second, different name`, 'archive-ambiguous')
  }
  return long
}

/**
 * Names in headers are bytes of some file system, nearly always UTF-8. What is not is shown as Latin-1 and never taken
 * out. A pax header promises UTF-8 and is held to it.
 */
function decodeName(
  archive: string,
  bytes: Buffer,
  pax: PaxRecords,
): { readonly text: string; readonly isUnicode: boolean } {
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), isUnicode: true }
  const text = bytes.toString('latin1')
  if (pax.path !== undefined && pax.hdrcharset !== 'BINARY') {
    throw new FailureError({ code: 'archive-name', archive, entry: clipName(text) })
  }
  return { text, isUnicode: false }
}

function kindOf(header: TarHeader, endsWithSlash: boolean): EntryKind {
  const kind = kindsByType.get(header.type)
  if (kind === undefined) {
    const what = header.type === 'S' ? 'a file with holes' : 'an entry of an unknown type'
    throw new TarHeaderError(`it has ${what}, and these are not read`)
  }
  const isUntyped = header.type === '\0'
  // A long name may be cut right behind a slash; of a file without a type, some readers take that for a folder.
  if (isUntyped && !endsWithSlash && header.path.at(-1) === slash) throw twoKinds()
  if (kind === 'folder' || !endsWithSlash) return kind
  // Before ustar there were no types, and the slash was the only mark of a folder.
  if (isUntyped && header.format === 'v7' && header.sizeBytes === 0) return 'folder'
  throw twoKinds()
}

function twoKinds(): TarHeaderError {
  const reason = 'an entry is a folder by its name or by its type, not by both'
  return new TarHeaderError(reason, 'archive-ambiguous')
}

function sizeOf(header: TarHeader, pax: PaxRecords): number {
  if (pax.size === undefined || pax.size === header.sizeBytes) return header.sizeBytes
  if (pax.size > headerSizeBytes) return pax.size
  throw new TarHeaderError('an entry has two sizes', 'archive-ambiguous')
}

function ownerOf(header: TarHeader, pax: PaxRecords): string {
  const ids = `${pax.uid ?? header.userId}:${pax.gid ?? header.groupId}`
  const user = pax.uname ?? header.userName
  const group = pax.gname ?? header.groupName
  return user === '' && group === '' ? ids : `${ids} (${user}:${group})`
}

function linkTarget(archive: string, header: TarHeader, extended: Extended, path: string): string {
  const { pax, longLink } = extended
  if (pax.linkpath !== undefined && longLink !== undefined && !pax.linkpath.equals(longLink)) {
    throw new TarHeaderError('a link has two targets', 'archive-ambiguous')
  }
  const long = pax.linkpath ?? longLink
  const bytes = long ?? header.linkTarget
  const fits = long !== undefined && long.length < headerNameBytes && long.every((byte) => byte < 0x80)
  if (fits && !long.equals(header.linkTarget)) {
    throw new TarHeaderError(`${clipName(path)} has two targets`, 'archive-ambiguous')
  }
  if (bytes.length === 0) throw new TarHeaderError(`the link ${clipName(path)} has no target`)
  const target = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
  if (header.type !== hardLinkType) return target
  const inside = withoutDot(target)
  const verdict = judgeName(inside)
  if (verdict === 'safe' || verdict === 'unsafe') return inside
  throw new FailureError({ code: 'archive-path', archive, entry: `${clipName(path)} → ${clipName(target)}` })
}

function restrictionOf(kind: EntryKind, mode: number, isSafeName: boolean): Restriction | undefined {
  if (!isSafeName) return 'unsafe-name'
  if (kind === 'link') return 'link'
  const runsAsOwner = kind === 'file' && (mode & 0o6000) !== 0
  return kind === 'other' || runsAsOwner ? 'special' : undefined
}

/** `tar -C / -c .` writes every name with `./` in front; one of these is taken off. */
function withoutDot(path: string): string {
  return path.startsWith('./') ? path.slice(2) : path
}

function trimSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}
