import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

const pieceBytes = 65_536

/**
 * `length` bytes that look like noise and are the same on every machine for the same `seed`.
 * They do not compress, so an archive of them is as large as it says.
 */
export function fillerBytes(seed: string, length: number): Buffer {
  const filler = Buffer.alloc(length)
  for (let offset = 0, counter = 0; offset < length; offset += 32, counter += 1) {
    createHash('sha256').update(`${seed}/${counter}`).digest().copy(filler, offset)
  }
  return filler
}

/** Writes a file of `length` bytes of filler without holding it in memory. Each 64 KiB piece is different. */
export function writeFillerFile(path: string, seed: string, length: number): void {
  const base = fillerBytes(seed, Math.min(length, pieceBytes))
  const descriptor = openSync(path, 'w')
  try {
    for (let offset = 0; offset < length; offset += pieceBytes) {
      base.writeUInt32BE((offset / pieceBytes) >>> 0, 0)
      writeSync(descriptor, base, 0, Math.min(pieceBytes, length - offset))
    }
  } finally {
    closeSync(descriptor)
  }
}
