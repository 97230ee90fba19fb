import { closeSync, openSync, writeSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'
import { zip64Field } from './zip-bytes.ts'

/** One entry as it lies in the file. */
export interface LargeEntry {
  readonly name: string
  readonly sizeBytes: number
  readonly crc32: number
  /** Stored or deflated. */
  readonly method: 0 | 8
  /** The packed bytes; a number stands for so many zeros, which take no room on the disk. */
  readonly packed: Buffer | number
}

const bufferBytes = 4 * 1024 * 1024
const maxShort = 0xffffffff
const headersTogether = 10_000

/** An entry without its name. */
export type LargeContent = Omit<LargeEntry, 'name'>

export function deflated(content: Buffer): LargeContent {
  return { sizeBytes: content.length, crc32: crc32(content), method: 8, packed: deflateRawSync(content) }
}

export function stored(content: Buffer): LargeContent {
  return { sizeBytes: content.length, crc32: crc32(content), method: 0, packed: content }
}

/** So many zeros that take no room. */
export function storedZeros(sizeBytes: number): LargeContent {
  return { sizeBytes, crc32: checksumOfZeros(sizeBytes), method: 0, packed: sizeBytes }
}

/**
 * Writes a zip of any size without holding it: a million entries take seconds, and holes make it larger than the disk.
 * `entryAt` is asked for the entries one after the other. Zip64 fields stand where numbers need them.
 */
export function writeLargeZip(file: string, count: number, entryAt: (index: number) => LargeEntry): void {
  const fd = openSync(file, 'w')
  try {
    const sink = new Sink(fd)
    const directory: Buffer[] = []
    let headers: Buffer[] = []
    for (let index = 0; index < count; index += 1) {
      const entry = entryAt(index)
      headers.push(centralHeader(entry, sink.position))
      // A million small buffers would take the collector a second, at a time when somebody measures.
      if (headers.length === headersTogether || index === count - 1) {
        directory.push(Buffer.concat(headers))
        headers = []
      }
      sink.put(localHeader(entry))
      if (typeof entry.packed === 'number') sink.skip(entry.packed)
      else sink.put(entry.packed)
    }
    const directoryOffset = sink.position
    for (const part of directory) sink.put(part)
    sink.put(ending(count, directoryOffset, sink.position - directoryOffset))
    sink.flush()
  } finally {
    closeSync(fd)
  }
}

/** Gathers small pieces into large writes, each at its place. */
class Sink {
  position = 0
  readonly #fd: number
  readonly #buffer = Buffer.alloc(bufferBytes)
  #filled = 0

  constructor(fd: number) {
    this.#fd = fd
  }

  put(bytes: Buffer): void {
    if (this.#filled + bytes.length > bufferBytes) this.flush()
    if (bytes.length > bufferBytes) {
      writeSync(this.#fd, bytes, 0, bytes.length, this.position)
    } else {
      bytes.copy(this.#buffer, this.#filled)
      this.#filled += bytes.length
    }
    this.position += bytes.length
  }

  skip(length: number): void {
    this.flush()
    this.position += length
  }

  flush(): void {
    writeSync(this.#fd, this.#buffer, 0, this.#filled, this.position - this.#filled)
    this.#filled = 0
  }
}

function localHeader(entry: LargeEntry): Buffer {
  const { sizeBytes, compressedBytes } = numbersOf(entry)
  const isLong = sizeBytes >= maxShort || compressedBytes >= maxShort
  const extra = isLong ? zip64Field(sizeBytes, compressedBytes) : Buffer.alloc(0)
  const name = Buffer.from(entry.name, 'utf8')
  const bytes = Buffer.alloc(30 + name.length + extra.length)
  bytes.writeUInt32LE(0x04034b50, 0)
  bytes.writeUInt16LE(isLong ? 45 : 20, 4)
  common(bytes, 6, entry, isLong)
  bytes.writeUInt16LE(name.length, 26)
  bytes.writeUInt16LE(extra.length, 28)
  name.copy(bytes, 30)
  extra.copy(bytes, 30 + name.length)
  return bytes
}

function centralHeader(entry: LargeEntry, offset: number): Buffer {
  const { sizeBytes, compressedBytes } = numbersOf(entry)
  const isLong = sizeBytes >= maxShort || compressedBytes >= maxShort
  const long = [...(isLong ? [sizeBytes, compressedBytes] : []), ...(offset >= maxShort ? [offset] : [])]
  const extra = long.length > 0 ? zip64Field(...long) : Buffer.alloc(0)
  const name = Buffer.from(entry.name, 'utf8')
  const bytes = Buffer.alloc(46 + name.length + extra.length)
  bytes.writeUInt32LE(0x02014b50, 0)
  bytes.writeUInt16LE(0x0314, 4)
  bytes.writeUInt16LE(long.length > 0 ? 45 : 20, 6)
  common(bytes, 8, entry, isLong)
  bytes.writeUInt16LE(name.length, 28)
  bytes.writeUInt16LE(extra.length, 30)
  bytes.writeUInt32LE(0o100644 * 0x10000, 38)
  bytes.writeUInt32LE(Math.min(offset, maxShort), 42)
  name.copy(bytes, 46)
  extra.copy(bytes, 46 + name.length)
  return bytes
}

function numbersOf({ sizeBytes, packed }: LargeEntry): {
  readonly sizeBytes: number
  readonly compressedBytes: number
} {
  return { sizeBytes, compressedBytes: typeof packed === 'number' ? packed : packed.length }
}

/** What both headers have, from the flags to the sizes. */
function common(bytes: Buffer, at: number, entry: LargeEntry, isLong: boolean): void {
  const { sizeBytes, compressedBytes } = numbersOf(entry)
  bytes.writeUInt16LE(0x800, at)
  bytes.writeUInt16LE(entry.method, at + 2)
  bytes.writeUInt16LE(0x6000, at + 4)
  bytes.writeUInt16LE(0x5821, at + 6)
  bytes.writeUInt32LE(entry.crc32, at + 8)
  bytes.writeUInt32LE(isLong ? maxShort : compressedBytes, at + 12)
  bytes.writeUInt32LE(isLong ? maxShort : sizeBytes, at + 16)
}

function ending(count: number, directoryOffset: number, directoryBytes: number): Buffer {
  const isLong = count >= 0xffff || directoryOffset >= maxShort || directoryBytes >= maxShort
  const bytes = Buffer.alloc(isLong ? 56 + 20 + 22 : 22)
  const end = bytes.length - 22
  if (isLong) {
    bytes.writeUInt32LE(0x06064b50, 0)
    bytes.writeBigUInt64LE(44n, 4)
    bytes.writeUInt16LE(45, 12)
    bytes.writeUInt16LE(45, 14)
    bytes.writeBigUInt64LE(BigInt(count), 24)
    bytes.writeBigUInt64LE(BigInt(count), 32)
    bytes.writeBigUInt64LE(BigInt(directoryBytes), 40)
    bytes.writeBigUInt64LE(BigInt(directoryOffset), 48)
    bytes.writeUInt32LE(0x07064b50, 56)
    bytes.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), 64)
    bytes.writeUInt32LE(1, 72)
  }
  bytes.writeUInt32LE(0x06054b50, end)
  bytes.writeUInt16LE(Math.min(count, 0xffff), end + 8)
  bytes.writeUInt16LE(Math.min(count, 0xffff), end + 10)
  bytes.writeUInt32LE(Math.min(directoryBytes, maxShort), end + 12)
  bytes.writeUInt32LE(Math.min(directoryOffset, maxShort), end + 16)
  return bytes
}

/** The checksum of zeros, as a stretch of them acts on it: a stretch twice as long is the same matrix twice. */
function checksumOfZeros(length: number): number {
  let register = maxShort
  // Column k is what one zero bit makes of bit k; three doublings make it a byte.
  let step = Uint32Array.from({ length: 32 }, (_, bit) => (bit === 0 ? 0xedb88320 : 2 ** (bit - 1)))
  for (let doubling = 0; doubling < 3; doubling += 1) step = step.map((column) => times(step, column))
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) register = times(step, register)
    const last = step
    step = last.map((column) => times(last, column))
  }
  return (register ^ maxShort) >>> 0
}

function times(matrix: Uint32Array, vector: number): number {
  let sum = 0
  for (let bit = 0; bit < 32; bit += 1) if (((vector >>> bit) & 1) === 1) sum ^= matrix[bit] ?? 0
  return sum >>> 0
}
