import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import { FailureError } from '../../shared/failure.ts'
import type { ByteSource } from './byte-source.ts'
import { defaultLimits } from './limits.ts'
import { readZipDirectory } from './read-zip-directory.ts'
import type { ZipDirectory } from './zip-directory.ts'
import { readZipEnd } from './zip-end.ts'
import type { Segment } from './segment.ts'
import { central, local, zipFlag, zipMethod } from './zip-layout.ts'

const deflate = promisify(deflateRaw)
const endSignature = 0x06054b50
const endOffsetAt = 16
const versionNeeded = 20
const versionAt = 6
/** Larger ones need records of 64 bits, which are not rewritten. */
export const mostBytesToRewrite = 0xf000_0000

/**
 * A zip with one entry replaced, as the pieces that make it: every other entry stays as it lies there, compressed
 * bytes, header and all. Nothing is written here. The source is one that `openZip` found sound.
 * @throws FailureError `not-found` for a missing entry, `archive-structure` for a zip with records of 64 bits
 */
export async function* replacedSegments(
  source: ByteSource,
  replacement: { readonly archive: string; readonly entry: string; readonly content: Uint8Array },
  signal: AbortSignal,
): AsyncGenerator<Segment> {
  const { archive, entry, content } = replacement
  const end = await readZipEnd(source, archive, defaultLimits)
  const { directory, index } = await readZipDirectory(source, end, {
    archive,
    manifests: new Set(),
    hasPassword: false,
    signal,
  })
  const row = index.find(entry)
  if (row === undefined) throw new FailureError({ code: 'not-found', kind: 'entry', id: entry })
  const directoryEnd = end.directoryOffset + end.directoryBytes
  const tail = await source.read(directoryEnd, source.size - directoryEnd)
  if (source.size > mostBytesToRewrite || tail.readUInt32LE(0) !== endSignature) {
    const detail = 'it has records of 64 bits, which are not rewritten'
    throw new FailureError({ code: 'archive-structure', archive, detail })
  }
  const from = directory.offset(row)
  const behind = nextOffset(directory, from, end.directoryOffset)
  const made = await makeEntry(directory, row, content)
  const shift = made.local.length - (behind - from)
  tail.writeUInt32LE(end.directoryOffset + shift, endOffsetAt)
  yield { kind: 'copy', from: 0, to: from }
  yield { kind: 'bytes', bytes: made.local }
  yield { kind: 'copy', from: behind, to: end.directoryOffset }
  yield { kind: 'bytes', bytes: shifted(directory, row, made, shift) }
  yield { kind: 'bytes', bytes: tail }
}

function nextOffset(directory: ZipDirectory, after: number, otherwise: number): number {
  let next = otherwise
  for (let row = 0; row < directory.count; row += 1) {
    const offset = directory.offset(row)
    if (offset > after && offset < next) next = offset
  }
  return next
}

interface MadeEntry {
  readonly local: Buffer
  readonly flags: number
  readonly crc: number
  readonly compressedBytes: number
  readonly sizeBytes: number
}

async function makeEntry(directory: ZipDirectory, row: number, content: Uint8Array): Promise<MadeEntry> {
  const at = directory.at(row)
  const { bytes } = directory
  const name = bytes.subarray(at + central.bytes, at + central.bytes + directory.nameBytes(row))
  const packed = await deflate(content)
  const made = {
    flags: directory.flags(row) & zipFlag.utf8,
    crc: crc32(content),
    compressedBytes: packed.length,
    sizeBytes: content.length,
  }
  const header = Buffer.alloc(local.bytes)
  header.writeUInt32LE(local.signature, 0)
  header.writeUInt16LE(versionNeeded, 4)
  header.writeUInt16LE(made.flags, local.flags)
  header.writeUInt16LE(zipMethod.deflate, local.method)
  // Time and date stand side by side in both headers.
  bytes.copy(header, local.method + 2, at + central.time, at + central.time + 4)
  header.writeUInt32LE(made.crc, local.crc32)
  header.writeUInt32LE(made.compressedBytes, local.compressedBytes)
  header.writeUInt32LE(made.sizeBytes, local.sizeBytes)
  header.writeUInt16LE(name.length, local.nameBytes)
  return { ...made, local: Buffer.concat([header, name, packed]) }
}

/** The directory with the new entry in it, and with the places of those that have moved. */
function shifted(directory: ZipDirectory, row: number, made: MadeEntry, shift: number): Buffer {
  const bytes = Buffer.from(directory.bytes)
  const from = directory.offset(row)
  for (let each = 0; each < directory.count; each += 1) {
    const offset = directory.offset(each)
    if (offset > from) bytes.writeUInt32LE(offset + shift, directory.at(each) + central.offset)
  }
  const at = directory.at(row)
  bytes.writeUInt16LE(versionNeeded, at + versionAt)
  bytes.writeUInt16LE(made.flags, at + central.flags)
  bytes.writeUInt16LE(zipMethod.deflate, at + central.method)
  bytes.writeUInt32LE(made.crc, at + central.crc32)
  bytes.writeUInt32LE(made.compressedBytes, at + central.compressedBytes)
  bytes.writeUInt32LE(made.sizeBytes, at + central.sizeBytes)
  return bytes
}
