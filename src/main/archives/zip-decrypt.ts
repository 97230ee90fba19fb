import { createCipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { FailureError } from '../../shared/failure.ts'
import { sourceChunks } from './byte-source.ts'
import { nameOf, packedRange, type ZipContext } from './zip-context.ts'
import { central, zipFlag, zipMethod } from './zip-layout.ts'

/** What is left of an entry once its encryption is taken off. */
export interface Decrypted {
  readonly method: number
  readonly packedBytes: number
  /** True where the bytes carry a keyed checksum of their own, so that the entry may do without a CRC. */
  readonly isAuthentic: boolean
  readonly content: AsyncGenerator<Buffer>
}

/**
 * Takes off WinZip AES or the traditional encryption. Throws `archive-password` without a password, with a wrong one as
 * far as that can be told early, and for methods of encryption that are not known.
 */
export async function decrypt(context: ZipContext, row: number, signal: AbortSignal): Promise<Decrypted> {
  const { directory, password } = context
  const isStrong = (directory.flags(row) & zipFlag.strong) !== 0
  if (password === undefined || isStrong) throw passwordFailure(context, row)
  return directory.method(row) === zipMethod.aes
    ? decryptAes(context, row, password, signal)
    : decryptTraditional(context, row, password, signal)
}

/** The failure of a password that is missing or wrong. It never carries the password. */
export function passwordFailure(context: ZipContext, row: number, cause?: unknown): FailureError {
  const entry = nameOf(context, row)
  return new FailureError({ code: 'archive-password', archive: context.archive, entry }, { cause })
}

const deriveKey = promisify(pbkdf2)
const verifierBytes = 2
const authenticationBytes = 10

/** WinZip's AE-1 and AE-2: salt, verifier, AES-CTR with a little-endian counter, HMAC-SHA1 cut to ten bytes. */
async function decryptAes(
  context: ZipContext,
  row: number,
  password: string,
  signal: AbortSignal,
): Promise<Decrypted> {
  const { source, directory } = context
  const field = directory.extra(row).aes
  const strength = field === undefined || field.length < 7 ? 0 : (directory.bytes[field.at + 4] ?? 0)
  if (field === undefined || strength < 1 || strength > 3) throw passwordFailure(context, row)
  const method = directory.bytes.readUInt16LE(field.at + 5)
  const saltBytes = 4 + strength * 4
  const keyBytes = 8 + strength * 8
  const { start, end } = await packedRange(context, row)
  const packedBytes = end - start - saltBytes - verifierBytes - authenticationBytes
  if (packedBytes < 0) throw passwordFailure(context, row)

  const head = await source.read(start, saltBytes + verifierBytes)
  const keys = await deriveKey(
    password,
    head.subarray(0, saltBytes),
    1000,
    keyBytes * 2 + verifierBytes,
    'sha1',
  )
  if (!timingSafeEqual(keys.subarray(keyBytes * 2), head.subarray(saltBytes)))
    throw passwordFailure(context, row)

  const dataStart = start + saltBytes + verifierBytes
  async function* content(): AsyncGenerator<Buffer> {
    const authentication = createHmac('sha1', keys.subarray(keyBytes, keyBytes * 2))
    const stream = counterStream(keys.subarray(0, keyBytes))
    for await (const piece of sourceChunks(source, dataStart, dataStart + packedBytes, { signal })) {
      authentication.update(piece)
      yield stream(piece)
    }
    const expected = await source.read(dataStart + packedBytes, authenticationBytes)
    const actual = authentication.digest().subarray(0, authenticationBytes)
    if (!timingSafeEqual(actual, expected)) {
      throw new FailureError({ code: 'archive-crc', archive: context.archive, entry: nameOf(context, row) })
    }
  }
  return { method, packedBytes, isAuthentic: true, content: content() }
}

const blockBytes = 16

/** Node's own counter mode counts from the other end. Pieces have to be whole blocks, except the last one. */
function counterStream(key: Buffer): (piece: Buffer) => Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false)
  let counter = 0
  return (piece) => {
    const counters = Buffer.alloc(Math.ceil(piece.length / blockBytes) * blockBytes)
    for (let at = 0; at < counters.length; at += blockBytes) {
      counter += 1
      counters.writeUInt32LE(counter % 0x100000000, at)
      counters.writeUInt32LE(Math.floor(counter / 0x100000000), at + 4)
    }
    const stream = cipher.update(counters)
    const plain = Buffer.allocUnsafe(piece.length)
    for (let at = 0; at < piece.length; at += 1) plain[at] = (piece[at] ?? 0) ^ (stream[at] ?? 0)
    return plain
  }
}

const traditionalHeaderBytes = 12

/** The cipher of APPNOTE 6.1. It is weak; it is here to read, nothing is ever written with it. */
async function decryptTraditional(
  context: ZipContext,
  row: number,
  password: string,
  signal: AbortSignal,
): Promise<Decrypted> {
  const { source, directory } = context
  const { start, end } = await packedRange(context, row)
  if (end - start < traditionalHeaderBytes) throw passwordFailure(context, row)
  const stream = traditionalStream(password)
  const header = stream(await source.read(start, traditionalHeaderBytes))
  // Who did not know the checksum yet took the time instead.
  const at = directory.at(row)
  const streamed = (directory.flags(row) & zipFlag.descriptor) !== 0
  const check = streamed ? directory.bytes[at + central.time + 1] : directory.crc32(row) >>> 24
  if (header[traditionalHeaderBytes - 1] !== check) throw passwordFailure(context, row)
  async function* content(): AsyncGenerator<Buffer> {
    for await (const piece of sourceChunks(source, start + traditionalHeaderBytes, end, { signal }))
      yield stream(piece)
  }
  return {
    method: directory.method(row),
    packedBytes: end - start - traditionalHeaderBytes,
    isAuthentic: false,
    content: content(),
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function traditionalStream(password: string): (piece: Buffer) => Buffer {
  let key0 = 0x12345678
  let key1 = 0x23456789
  let key2 = 0x34567890
  const update = (byte: number): void => {
    key0 = (crcTable[(key0 ^ byte) & 0xff] ?? 0) ^ (key0 >>> 8)
    key1 = (Math.imul(key1 + (key0 & 0xff), 134775813) + 1) | 0
    key2 = (crcTable[(key2 ^ (key1 >>> 24)) & 0xff] ?? 0) ^ (key2 >>> 8)
  }
  for (const byte of Buffer.from(password, 'utf8')) update(byte)
  return (piece) => {
    const plain = Buffer.allocUnsafe(piece.length)
    for (let at = 0; at < piece.length; at += 1) {
      const mixed = (key2 & 0xffff) | 2
      const byte = (piece[at] ?? 0) ^ ((Math.imul(mixed, mixed ^ 1) >>> 8) & 0xff)
      plain[at] = byte
      update(byte)
    }
    return plain
  }
}
