import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { storedZeros, writeLargeZip } from './large-zip.ts'
import { tarHeader } from './tar-bytes.ts'

const GiB = 1024 ** 3
const localHeaderBytes = 31
const blockBytes = 512

/**
 * A zip of 10 GB that takes no room: one entry of more than 4 GiB, and the second one exactly at `offset`. Names are one
 * letter long.
 */
export function writeSparseZip(file: string, offset: number): void {
  const sizes = [offset - localHeaderBytes, 5 * GiB, GiB]
  writeLargeZip(file, sizes.length, (index) => ({
    ...storedZeros(sizes[index] ?? 0),
    name: 'abc'.charAt(index),
  }))
}

/** A tar of 10 GB that takes no room: two files of 5 GiB, then a short one. */
export function writeSparseTar(file: string): void {
  const fd = openSync(file, 'w')
  try {
    let at = 0
    for (const [name, sizeBytes] of [
      ['a', 5 * GiB],
      ['b', 5 * GiB],
      ['c', 10],
    ] as const) {
      writeSync(fd, tarHeader({ name, size: sizeBytes }), 0, blockBytes, at)
      at += blockBytes + Math.ceil(sizeBytes / blockBytes) * blockBytes
    }
    ftruncateSync(fd, at + 2 * blockBytes)
  } finally {
    closeSync(fd)
  }
}
