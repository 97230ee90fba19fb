import { crc32 } from 'node:zlib'
import type { RawEntry } from './zip-bytes.ts'

/** The state of the traditional cipher of zip, APPNOTE 6.1: three numbers that every byte of plain text moves on. */
class Keys {
  #a = 0x12345678
  #b = 0x23456789
  #c = 0x34567890

  constructor(password: string) {
    for (const byte of Buffer.from(password)) this.#move(byte)
  }

  encrypt(byte: number): number {
    const mask = this.mask()
    this.#move(byte)
    return byte ^ mask
  }

  decrypt(byte: number): number {
    const plain = byte ^ this.mask()
    this.#move(plain)
    return plain
  }

  mask(): number {
    const state = (this.#c | 2) & 0xffff
    return (Math.imul(state, state ^ 1) >>> 8) & 0xff
  }

  #move(byte: number): void {
    this.#a = step(this.#a, byte)
    this.#b = (Math.imul((this.#b + (this.#a & 0xff)) >>> 0, 134_775_813) + 1) >>> 0
    this.#c = step(this.#c, this.#b >>> 24)
  }
}

/** One step of CRC-32 without the inversions around it. */
function step(state: number, byte: number): number {
  return ~crc32(Buffer.from([byte]), ~state >>> 0) >>> 0
}

const headerBytes = 12

/**
 * A stored entry under the traditional cipher. With `checkedBy`, its header is chosen so that this other password passes
 * the one byte that is checked.
 */
export function traditional(
  name: string,
  content: Buffer,
  password: string,
  { checkedBy }: { readonly checkedBy?: string } = {},
): RawEntry {
  const checksum = crc32(content)
  for (let attempt = 0; attempt < 1 << 16; attempt += 1) {
    const header = Buffer.alloc(headerBytes)
    header.writeUInt16LE(attempt, 0)
    header[headerBytes - 1] = checksum >>> 24
    const keys = new Keys(password)
    const packed = Buffer.from([...header, ...content].map((byte) => keys.encrypt(byte)))
    if (checkedBy !== undefined && lastOfHeader(packed, checkedBy) !== checksum >>> 24) continue
    const sizes = { sizeBytes: content.length, compressedBytes: packed.length }
    return { name, content, method: 0, flags: 1, packed, local: sizes, central: sizes }
  }
  throw new Error('No header passes the check.')
}

function lastOfHeader(packed: Buffer, password: string): number {
  const keys = new Keys(password)
  return [...packed.subarray(0, headerBytes)].map((byte) => keys.decrypt(byte)).at(-1) ?? 0
}
