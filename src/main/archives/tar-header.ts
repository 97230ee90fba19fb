/** One header block of a tar, decoded. Nothing in it has been judged yet. */
export interface TarHeader {
  readonly type: string
  readonly format: 'ustar' | 'gnu' | 'v7'
  /** Raw bytes of the path and of the link target, prefix included. */
  readonly path: Buffer
  readonly linkTarget: Buffer
  readonly sizeBytes: number
  readonly mode: number
  readonly userId: number
  readonly groupId: number
  readonly userName: string
  readonly groupName: string
  readonly modifiedSeconds: number
}

export const blockBytes = 512
const prefixAt = 345
/** Numbers of users and groups have 32 bits wherever tars are unpacked. */
export const maxOwner = 0xffffffff

/** A header that no reader should trust, with the reason in words. */
export class TarHeaderError extends Error {
  override readonly name = 'TarHeaderError'
  readonly code: 'archive-structure' | 'archive-ambiguous'

  constructor(reason: string, code: 'archive-structure' | 'archive-ambiguous' = 'archive-structure') {
    super(reason)
    this.code = code
  }
}

export function isZeroBlock(block: Buffer): boolean {
  return block.every((byte) => byte === 0)
}

/** True where the checksum of the block is its own: the sum of its bytes with the sum itself taken as spaces. */
export function hasValidChecksum(block: Buffer): boolean {
  const declared = readOctal(block, 148, 8)
  if (declared === undefined) return false
  let sum = 8 * 0x20
  for (let at = 0; at < blockBytes; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0
  return sum === declared
}

/** Decodes a header block. Throws `TarHeaderError` for a wrong checksum and for numbers that are none. */
export function parseTarHeader(block: Buffer): TarHeader {
  if (!hasValidChecksum(block)) throw new TarHeaderError('the checksum of a header is wrong')
  const magic = block.toString('latin1', 257, 265)
  const format = magic === 'ustar  \0' ? 'gnu' : magic.startsWith('ustar\0') ? 'ustar' : 'v7'
  if (format === 'v7' && magic.startsWith('ustar'))
    throw new TarHeaderError('it is of an unknown kind of tar')
  if (format === 'ustar' && block.toString('latin1', 508, 512) === 'tar\0') {
    throw new TarHeaderError('it is of a kind of tar whose long names are not read')
  }
  assertNothingBeyond(block, format)
  const name = untilZero(block, 0, 100)
  const prefix = format === 'ustar' ? untilZero(block, prefixAt, 155) : Buffer.alloc(0)
  return {
    type: String.fromCharCode(block[156] ?? 0),
    format,
    path: prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]),
    linkTarget: untilZero(block, 157, 100),
    sizeBytes: readNumber(block, 124, 12, 'size'),
    mode: readPlainNumber(block, 100, 'mode'),
    userId: readNumber(block, 108, 8, 'owner'),
    groupId: readNumber(block, 116, 8, 'group'),
    userName: format === 'v7' ? '' : untilZero(block, 265, 32).toString('utf8'),
    groupName: format === 'v7' ? '' : untilZero(block, 297, 32).toString('utf8'),
    modifiedSeconds: readNumber(block, 136, 12, 'time'),
  }
}

/**
 * Where a format has no prefix, other readers still take one from its place, and GNU's real size from behind it. Numbers
 * of a device they read in every format, and give up where these are none.
 */
function assertNothingBeyond(block: Buffer, format: TarHeader['format']): void {
  if (format !== 'ustar' && block.subarray(prefixAt).some((byte) => byte !== 0)) {
    throw new TarHeaderError('a header has more fields than its kind of tar', 'archive-ambiguous')
  }
  readPlainNumber(block, 329, 'device')
  readPlainNumber(block, 337, 'device')
}

function untilZero(block: Buffer, start: number, length: number): Buffer {
  const end = block.indexOf(0, start)
  return block.subarray(start, end < 0 || end > start + length ? start + length : end)
}

/** A number that always fits into octal text, so that no writer has another form for it. */
function readPlainNumber(block: Buffer, start: number, what: string): number {
  const value = readOctal(block, start, 8)
  if (value === undefined) throw new TarHeaderError(`the ${what} of an entry is no number that can be`)
  return value
}

/** Octal text, or a number in base 256 where the first bit is set. Only times may be negative. */
function readNumber(block: Buffer, start: number, length: number, what: string): number {
  const value =
    ((block[start] ?? 0) & 0x80) === 0 ? readOctal(block, start, length) : readBase256(block, start, length)
  const isOwner = what === 'owner' || what === 'group'
  if (value === undefined || (value < 0 && what !== 'time') || (isOwner && value > maxOwner)) {
    throw new TarHeaderError(`the ${what} of an entry is no number that can be`)
  }
  return value
}

/** Spaces, octal digits, then only spaces and zero bytes. An empty field is zero. */
function readOctal(block: Buffer, start: number, length: number): number | undefined {
  const text = block.toString('latin1', start, start + length)
  const match = /^ *([0-7]*)[ \0]*$/.exec(text)
  return match === null ? undefined : Number.parseInt(match[1] === '' ? '0' : (match[1] ?? ''), 8)
}

function readBase256(block: Buffer, start: number, length: number): number | undefined {
  let value = 0n
  for (let at = start; at < start + length; at += 1) value = (value << 8n) | BigInt(block[at] ?? 0)
  const bits = BigInt(length * 8)
  // The first bit marks the form; the second one is the sign.
  const isNegative = ((block[start] ?? 0) & 0x40) !== 0
  const number = Number(isNegative ? value - (1n << bits) : value & ((1n << (bits - 1n)) - 1n))
  return Number.isSafeInteger(number) ? number : undefined
}
