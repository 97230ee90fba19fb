import { FailureError } from '../../shared/failure.ts'
import type { ByteSource } from './byte-source.ts'
import type { ArchiveLimits } from './limits.ts'

/** Where the central directory lies, and how many entries it says it has. */
export interface ZipEnd {
  readonly directoryOffset: number
  readonly directoryBytes: number
  readonly count: number
}

const endSignature = Buffer.from('PK\x05\x06', 'latin1')
const endBytes = 22
const maxCommentBytes = 0xffff
const locatorBytes = 20
const zip64Bytes = 56
const centralHeaderBytes = 46

/**
 * Finds the one end record of a zip and checks it before anything is believed: exactly one record can be meant, nothing
 * stands behind it, the directory ends where it begins, and the number of entries fits the size of the directory.
 * Layout: PKWARE APPNOTE 4.3.14 to 4.3.16.
 */
export async function readZipEnd(
  source: ByteSource,
  archive: string,
  limits: ArchiveLimits,
): Promise<ZipEnd> {
  const tailBytes = Math.min(source.size, endBytes + maxCommentBytes)
  const tailStart = source.size - tailBytes
  const tail = await source.read(tailStart, tailBytes)
  const at = findEnd(tail, tailStart, archive)
  const record = tail.subarray(at, at + endBytes)
  const position = tailStart + at

  const short = {
    disk: record.readUInt16LE(4),
    directoryDisk: record.readUInt16LE(6),
    countHere: record.readUInt16LE(8),
    count: record.readUInt16LE(10),
    directoryBytes: record.readUInt32LE(12),
    directoryOffset: record.readUInt32LE(16),
  }
  const long = await readZip64(source, position, archive)
  const end = long === undefined ? short : { ...long, directoryDisk: long.disk }
  if (long !== undefined) assertAgreement(short, long, archive)
  else if (short.directoryBytes === 0xffffffff || short.directoryOffset === 0xffffffff) {
    throw structure(archive, 'the zip64 end record is missing')
  }
  if (end.disk !== 0 || end.directoryDisk !== 0 || end.countHere !== end.count) {
    throw structure(archive, 'it is one part of a split archive')
  }
  assertPlausible(end, long?.position ?? position, archive, limits)
  return end
}

/** The place of the only record in the tail that can be the end record. */
function findEnd(tail: Buffer, tailStart: number, archive: string): number {
  const places: number[] = []
  for (let at = tail.indexOf(endSignature); at >= 0; at = tail.indexOf(endSignature, at + 1)) places.push(at)
  const last = places.at(-1)
  if (last === undefined) throw truncated(archive, `no end record in ${tailStart + tail.length} bytes`)

  const reach = (at: number): number =>
    at + endBytes > tail.length ? Infinity : at + endBytes + tail.readUInt16LE(at + endBytes - 2)
  const exact = places.filter((at) => reach(at) === tail.length)
  if (exact.length > 1 || (exact.length === 1 && exact[0] !== last)) {
    throw ambiguous(archive, 'it has more than one possible end record')
  }
  if (exact.length === 1) return last
  const total = tailStart + tail.length
  if (reach(last) > tail.length)
    throw truncated(archive, `${total} bytes of at least ${tailStart + last + endBytes}`)
  // An end record in the middle is that of a zip inside, unless the directory in front of it is its own.
  const directoryEnd = tail.readUInt32LE(last + 12) + tail.readUInt32LE(last + 16)
  const isOwn = directoryEnd === tailStart + last || directoryEnd >= 0xffffffff
  if (!isOwn) throw truncated(archive, `no end record at the end of ${total} bytes`)
  throw ambiguous(archive, `${tail.length - reach(last)} bytes follow its end`)
}

interface Zip64End extends ZipEnd {
  readonly position: number
  readonly disk: number
  readonly countHere: number
}

/** The zip64 end record, where there is a locator right before the end record. */
async function readZip64(source: ByteSource, endAt: number, archive: string): Promise<Zip64End | undefined> {
  if (endAt < locatorBytes) return undefined
  const locatorAt = endAt - locatorBytes
  const locator = await source.read(locatorAt, locatorBytes)
  if (locator.readUInt32LE(0) !== 0x07064b50) return undefined
  const position = readSafe64(locator, 8)
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) !== 1) {
    throw structure(archive, 'it is one part of a split archive')
  }
  if (position === undefined || position + zip64Bytes !== locatorAt) {
    throw structure(archive, 'the zip64 end record is not where its locator says')
  }
  const record = await source.read(position, zip64Bytes)
  if (record.readUInt32LE(0) !== 0x06064b50 || readSafe64(record, 4) !== zip64Bytes - 12) {
    throw structure(archive, 'the zip64 end record is damaged')
  }
  const countHere = readSafe64(record, 24)
  const count = readSafe64(record, 32)
  const directoryBytes = readSafe64(record, 40)
  const directoryOffset = readSafe64(record, 48)
  if ([countHere, count, directoryBytes, directoryOffset].includes(undefined)) {
    throw structure(archive, 'the zip64 end record has impossible numbers')
  }
  return {
    position,
    disk: record.readUInt32LE(16) + record.readUInt32LE(20),
    countHere: countHere ?? 0,
    count: count ?? 0,
    directoryBytes: directoryBytes ?? 0,
    directoryOffset: directoryOffset ?? 0,
  }
}

type Short = Omit<Zip64End, 'position'> & { readonly directoryDisk: number }

/** Each number of the short record says the same as the long one, or that it does not fit. */
function assertAgreement(short: Short, long: Zip64End, archive: string): void {
  const agrees =
    (short.count === 0xffff || short.count === long.count) &&
    short.countHere === short.count &&
    (short.directoryBytes === 0xffffffff || short.directoryBytes === long.directoryBytes) &&
    (short.directoryOffset === 0xffffffff || short.directoryOffset === long.directoryOffset) &&
    (short.disk === 0xffff || short.disk === 0) &&
    (short.directoryDisk === 0xffff || short.directoryDisk === 0)
  if (!agrees) throw ambiguous(archive, 'its two end records differ')
}

function assertPlausible(end: ZipEnd, directoryEnd: number, archive: string, limits: ArchiveLimits): void {
  const { directoryOffset, directoryBytes, count } = end
  if (directoryOffset + directoryBytes > directoryEnd) {
    throw structure(archive, 'its directory reaches beyond its end record')
  }
  if (directoryOffset + directoryBytes < directoryEnd) {
    throw ambiguous(archive, 'there are bytes in front of it or behind its directory')
  }
  if (count * centralHeaderBytes > directoryBytes) {
    throw structure(archive, `${count} entries do not fit into a directory of ${directoryBytes} bytes`)
  }
  if (count > limits.entries) {
    throw new FailureError({ code: 'archive-too-many', archive, entries: count, limit: limits.entries })
  }
  if (directoryBytes > limits.directoryBytes) {
    throw structure(
      archive,
      `its directory has ${directoryBytes} bytes, at most ${limits.directoryBytes} are read`,
    )
  }
}

/** A 64-bit number, where it is small enough to be one of JavaScript. */
export function readSafe64(bytes: Buffer, at: number): number | undefined {
  const high = bytes.readUInt32LE(at + 4)
  return high < 0x200000 ? high * 0x100000000 + bytes.readUInt32LE(at) : undefined
}

function structure(archive: string, detail: string): FailureError {
  return new FailureError({ code: 'archive-structure', archive, detail })
}

function ambiguous(archive: string, detail: string): FailureError {
  return new FailureError({ code: 'archive-ambiguous', archive, detail })
}

function truncated(archive: string, detail: string): FailureError {
  return new FailureError({ code: 'archive-truncated', archive, detail })
}
