import { isUtf8 } from 'node:buffer'
import { maxOwner, TarHeaderError } from './tar-header.ts'

/** What the records of a pax header say about the next entry. */
export interface PaxRecords {
  readonly path?: Buffer
  readonly linkpath?: Buffer
  readonly size?: number
  readonly mtime?: number
  readonly uid?: number
  readonly gid?: number
  readonly uname?: string
  readonly gname?: string
  /** `BINARY`: the names are bytes of the file system, in whatever encoding. */
  readonly hdrcharset?: string
}

/** The most a pax header may have; those of real systems have some hundred bytes. */
export const maxPaxBytes = 1024 * 1024

const space = 0x20
const lineFeed = 0x0a

/**
 * Reads the records `length key=value\n` of a pax header. Throws `TarHeaderError` where they do not fill it exactly,
 * where one that matters stands there twice, and for sparse files, which are not read.
 */
export function parsePax(bytes: Buffer): PaxRecords {
  const raw = new Map<string, Buffer>()
  let at = 0
  while (at < bytes.length) {
    const blank = bytes.indexOf(space, at)
    const digits = blank < 0 || blank - at > 8 ? '' : bytes.toString('latin1', at, blank)
    const end = /^[1-9][0-9]*$/.test(digits) ? at + Number(digits) : 0
    const equals = bytes.indexOf('=', blank + 1)
    if (
      end <= blank + 1 ||
      end > bytes.length ||
      equals < 0 ||
      equals >= end ||
      bytes[end - 1] !== lineFeed
    ) {
      throw new TarHeaderError('a pax header is damaged')
    }
    const key = bytes.toString('utf8', blank + 1, equals)
    if (raw.has(key) && meaningful.has(key)) {
      throw new TarHeaderError(`a pax header gives ${key} twice`, 'archive-ambiguous')
    }
    if (key.startsWith('GNU.sparse.') || key.startsWith('SCHILY.realsize')) {
      throw new TarHeaderError('it has a file with holes, and these are not read')
    }
    raw.set(key, bytes.subarray(equals + 1, end - 1))
    at = end
  }
  return {
    ...optional('path', nonEmpty(raw, 'path')),
    ...optional('linkpath', nonEmpty(raw, 'linkpath')),
    ...optional('size', wholeNumber(raw, 'size')),
    ...optional('mtime', decimal(raw, 'mtime')),
    ...optional('uid', wholeNumber(raw, 'uid', maxOwner)),
    ...optional('gid', wholeNumber(raw, 'gid', maxOwner)),
    ...optional('uname', text(raw, 'uname')),
    ...optional('gname', text(raw, 'gname')),
    ...optional('hdrcharset', text(raw, 'hdrcharset')),
  }
}

const meaningful: ReadonlySet<string> = new Set([
  'path',
  'linkpath',
  'size',
  'mtime',
  'uid',
  'gid',
  'uname',
  'gname',
  'hdrcharset',
])

/**
 * A global header speaks of all entries behind it. Comments (`git archive` writes its commit there) and times are
 * harmless; what would change names, sizes or owners is understood differently by the readers of this world.
 */
export function assertHarmlessGlobal(records: PaxRecords): void {
  const { mtime: _, ...rest } = records
  if (Object.keys(rest).length > 0) {
    throw new TarHeaderError('one header speaks of many entries', 'archive-ambiguous')
  }
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const record: { [P in K]?: V } = {}
  if (value !== undefined) record[key] = value
  return record
}

/** An empty value takes back what an earlier header said; there is none here, so it says nothing. */
function nonEmpty(raw: ReadonlyMap<string, Buffer>, key: string): Buffer | undefined {
  const value = raw.get(key)
  return value === undefined || value.length === 0 ? undefined : value
}

function wholeNumber(
  raw: ReadonlyMap<string, Buffer>,
  key: string,
  most: number = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = nonEmpty(raw, key)?.toString('latin1')
  if (value === undefined) return undefined
  const number = Number(value)
  if (!/^[0-9]+$/.test(value) || number > most) {
    throw new TarHeaderError(`the ${key} of an entry is no number that can be`)
  }
  return number
}

function decimal(raw: ReadonlyMap<string, Buffer>, key: string): number | undefined {
  const value = nonEmpty(raw, key)?.toString('latin1')
  if (value === undefined) return undefined
  if (!/^-?[0-9]{1,15}(\.[0-9]*)?$/.test(value)) {
    throw new TarHeaderError(`the ${key} of an entry is no number that can be`)
  }
  return Number(value)
}

function text(raw: ReadonlyMap<string, Buffer>, key: string): string | undefined {
  const value = nonEmpty(raw, key)
  if (value === undefined) return undefined
  if (value.length > 256 || !isUtf8(value)) throw new TarHeaderError(`the ${key} of an entry is no text`)
  return value.toString('utf8')
}
