import { createReadStream, createWriteStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { TransformCallback } from 'node:stream'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createInflateRaw } from 'node:zlib'

/**
 * A small reader of zip files: the device's own, so that a mistake in the libraries that the product reads
 * archives with does not cancel itself out. No zip64, no encryption, no disks.
 */
export interface ZipFile {
  readonly entries: readonly ZipEntry[]
  /** Writes one entry to `target`; rejects when its length or checksum is not as announced. */
  readonly extractTo: (entry: ZipEntry, target: string) => Promise<void>
}

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  readonly headerOffset: number
}

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const entryBytes = 46
const localBytes = 30

/** Opens a zip by its directory. Rejects with a plain message when the file is none, or is cut short. */
export async function openZip(path: string): Promise<ZipFile> {
  const file = await open(path, 'r')
  try {
    const entries = await readDirectory(file)
    return { entries, extractTo: async (entry, target) => extract(path, entry, target) }
  } finally {
    await file.close()
  }
}

async function readDirectory(file: FileHandle): Promise<readonly ZipEntry[]> {
  const { size } = await file.stat()
  const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const at = findEnd(tail)
  if (at < 0) throw new Error('zip: not a valid zip file')
  const count = tail.readUInt16LE(at + 10)
  const length = tail.readUInt32LE(at + 12)
  const offset = tail.readUInt32LE(at + 16)
  if (offset === 0xffffffff || count === 0xffff) throw new Error('zip: too large for this device')
  if (offset + length > size) throw new Error('zip: not a valid zip file')
  const directory = await readAt(file, offset, length)
  const entries: ZipEntry[] = []
  for (let position = 0; entries.length < count;) {
    if (position + entryBytes > directory.length || directory.readUInt32LE(position) !== entrySignature) {
      throw new Error('zip: not a valid zip file')
    }
    const nameLength = directory.readUInt16LE(position + 28)
    entries.push({
      method: directory.readUInt16LE(position + 10),
      crc: directory.readUInt32LE(position + 16),
      compressedSize: directory.readUInt32LE(position + 20),
      size: directory.readUInt32LE(position + 24),
      headerOffset: directory.readUInt32LE(position + 42),
      name: directory.toString('utf8', position + entryBytes, position + entryBytes + nameLength),
    })
    position +=
      entryBytes + nameLength + directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32)
  }
  return entries
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === endSignature) return at
  }
  return -1
}

async function extract(path: string, entry: ZipEntry, target: string): Promise<void> {
  const start = await dataOffset(path, entry)
  const sum = checksum()
  await pipeline(
    entry.compressedSize === 0
      ? emptyStream()
      : createReadStream(path, { start, end: start + entry.compressedSize - 1 }),
    entry.method === 8 ? createInflateRaw() : new PassThrough(),
    sum.stream,
    createWriteStream(target, { flags: 'wx', mode: 0o600 }),
  )
  if (sum.bytes() !== entry.size || sum.crc() !== entry.crc) throw new Error('zip: checksum error')
}

async function dataOffset(path: string, entry: ZipEntry): Promise<number> {
  if (entry.method !== 0 && entry.method !== 8) throw new Error('zip: unsupported compression algorithm')
  const file = await open(path, 'r')
  try {
    const header = await readAt(file, entry.headerOffset, localBytes)
    if (header.length < localBytes || header.readUInt32LE(0) !== localSignature) {
      throw new Error('zip: not a valid zip file')
    }
    return entry.headerOffset + localBytes + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await file.close()
  }
}

function checksum(): {
  readonly stream: Transform
  readonly bytes: () => number
  readonly crc: () => number
} {
  let crc = 0
  let bytes = 0
  const stream = new Transform({
    transform: (piece: Buffer, _encoding, done: TransformCallback) => {
      crc = crc32(piece, crc)
      bytes += piece.length
      done(undefined, piece)
    },
  })
  return { stream, bytes: () => bytes, crc: () => crc }
}

function emptyStream(): PassThrough {
  const stream = new PassThrough()
  stream.end()
  return stream
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
