import { crc32 } from 'node:zlib'
import { FailureError } from '../../shared/failure.ts'
import { sourceChunks, type ByteSource } from './byte-source.ts'
import { gzipFailure, inflateRaw, type DriveOptions } from './inflate.ts'

const maxHeaderBytes = 128 * 1024
const trailerBytes = 8
/** What tar writes at once if nobody asked for more. */
const tarRecordBytes = 10_240
const flag = { headerChecksum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const

/**
 * Unpacks a gzip file (RFC 1952) of exactly one member: its checksum and length are compared at the end, and nothing
 * may stand behind it, as some readers would take a second member for more of the same and others would not see it.
 */
export async function* gunzipSource(
  source: ByteSource,
  { archive, ...options }: DriveOptions & { readonly archive: string },
): AsyncGenerator<Buffer> {
  const dataStart = await findData(source, archive)
  const packed = sourceChunks(source, dataStart, source.size, { signal: options.signal, lends: true })
  const { content, consumed } = inflateRaw(packed, options)
  let bytes = 0
  let checksum = 0
  try {
    for await (const piece of content) {
      bytes += piece.length
      checksum = crc32(piece, checksum)
      yield piece
    }
  } catch (cause) {
    throw gzipFailure(cause, archive)
  }
  const trailerAt = dataStart + consumed()
  const missing = trailerAt + trailerBytes - source.size
  if (missing > 0) throw truncated(archive, source.size)
  const trailer = await source.read(trailerAt, trailerBytes)
  if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== bytes % 0x100000000) {
    throw new FailureError({ code: 'archive-crc', archive, entry: archive })
  }
  if (missing < 0 && !(await fillsRecord(source, trailerAt + trailerBytes))) {
    throw new FailureError({ code: 'archive-ambiguous', archive, detail: `${-missing} bytes follow its end` })
  }
}

/**
 * GNU tar that packs into a pipe fills its last record up with zeros where it cannot look into its working folder, as
 * with a login without a home. Every gzip passes over zeros, so nobody reads anything else into them.
 */
async function fillsRecord(source: ByteSource, from: number): Promise<boolean> {
  const length = source.size - from
  if (length >= tarRecordBytes || source.size % tarRecordBytes !== 0) return false
  return (await source.read(from, length)).every((byte) => byte === 0)
}

/** Where the deflate stream begins. */
async function findData(source: ByteSource, archive: string): Promise<number> {
  const header = await source.read(0, Math.min(source.size, maxHeaderBytes))
  const flags = header[3] ?? 0
  if (header.length < 10) throw truncated(archive, source.size)
  if (header[2] !== 8 || (flags & flag.reserved) !== 0) throw damagedHeader(archive)
  let at = 10
  if ((flags & flag.extra) !== 0) at += 2 + (at + 2 <= header.length ? header.readUInt16LE(at) : 0)
  for (const text of [flag.name, flag.comment]) {
    if ((flags & text) === 0) continue
    const end = header.indexOf(0, at)
    at = end < 0 ? Infinity : end + 1
  }
  if ((flags & flag.headerChecksum) !== 0) at += 2
  if (at <= header.length) return at
  throw source.size < maxHeaderBytes ? truncated(archive, source.size) : damagedHeader(archive)
}

function truncated(archive: string, size: number): FailureError {
  return new FailureError({ code: 'archive-truncated', archive, detail: `it stops after ${size} bytes` })
}

function damagedHeader(archive: string): FailureError {
  return new FailureError({ code: 'archive-structure', archive, detail: 'its gzip header is not one' })
}
