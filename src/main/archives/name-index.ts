import { randomBytes } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'
import type { NameRows } from './archive.ts'
import { maxLevels } from './limits.ts'
import { clipName, foldName } from './names.ts'

const slash = 0x2f
const noRow = -1
/** More names that differ in case alone are not an accident. */
const maxTwins = 16

/**
 * Finds rows by name, and the names that cannot stand beside each other: the same name twice, names that are one file
 * where case or Unicode composition do not count, and a file that is used as a folder.
 *
 * A hash table in typed arrays over the folded names; its seed is random and the steps are counted, so that an archive
 * cannot be built to make it slow. Paths below the deepest level of the tree are not checked for files used as folders:
 * they are restricted anyway.
 */
export class NameIndex {
  readonly #archive: string
  readonly #rows: NameRows
  readonly #manifests: ReadonlySet<string>
  readonly #collide: (row: number) => void
  readonly #seed = randomBytes(4).readUInt32LE() | 1
  #slots: Int32Array
  #hashes: Uint32Array
  #count = 0
  #operations = 0
  #steps = 0

  /**
   * `manifests` are folded base names that must not be in doubt: a collision there refuses the archive, any other one
   * is told to `collide`.
   */
  constructor(
    archive: string,
    rows: NameRows,
    options: {
      readonly capacity: number
      readonly manifests: ReadonlySet<string>
      readonly collide: (row: number) => void
    },
  ) {
    this.#archive = archive
    this.#rows = rows
    this.#manifests = options.manifests
    this.#collide = options.collide
    this.#hashes = new Uint32Array(options.capacity)
    this.#slots = new Int32Array(slotsFor(options.capacity)).fill(noRow)
  }

  /** Adds the next row. Throws `archive-ambiguous` for a name that is there already. */
  add(row: number): void {
    this.#grow()
    const rows = this.#rows
    const hash = rows.isAscii(row)
      ? spread(this.#hashAscii(rows.bytes, rows.start(row), rows.end(row)))
      : spread(this.#hashText(foldName(rows.path(row))))
    let twins = 0
    let slot = hash & (this.#slots.length - 1)
    this.#operations += 1
    for (;;) {
      const other = this.#slots[slot] ?? noRow
      if (other === noRow) break
      if (this.#hashes[other] === hash && this.#sameFold(row, other)) {
        this.#meet(row, other)
        twins += 1
        if (twins > maxTwins) throw this.#ambiguous('too many names that differ in upper and lower case only')
      }
      slot = this.#step(slot)
    }
    this.#slots[slot] = row
    this.#hashes[row] = hash
    this.#count += 1
  }

  /** The row with exactly this name. */
  find(path: string): number | undefined {
    const rows = this.#rows
    const hash = spread(this.#hashText(foldName(path)))
    let slot = hash & (this.#slots.length - 1)
    for (;;) {
      const row = this.#slots[slot] ?? noRow
      if (row === noRow) return undefined
      if (this.#hashes[row] === hash && rows.path(row) === path) return row
      slot = (slot + 1) & (this.#slots.length - 1)
    }
  }

  /** Refuses files and links that are used as folders by the rows from `from` up to `to`. */
  checkParents(from: number, to: number): void {
    const rows = this.#rows
    for (let row = from; row < to; row += 1) {
      if (row > 0 && this.#sameParent(row, row - 1)) continue
      if (rows.isAscii(row)) this.#checkAsciiParents(row)
      else this.#checkTextParents(row)
    }
  }

  #checkAsciiParents(row: number): void {
    const { bytes } = this.#rows
    const start = this.#rows.start(row)
    const end = this.#rows.end(row)
    let state = this.#seed
    let levels = 0
    for (let at = start; at < end && levels < maxLevels; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte === slash) {
        levels += 1
        this.#checkParent(row, spread(state), (other) =>
          this.#rows.isAscii(other)
            ? sameAscii(bytes, start, at, this.#rows.start(other), this.#rows.end(other))
            : foldName(this.#rows.path(other)) === foldName(latin1(bytes, start, at)),
        )
      }
      state = mix(state, lowerCase(byte))
    }
  }

  #checkTextParents(row: number): void {
    // Folding keeps the slashes and never joins characters across them, so a parent's fold is a part of this one.
    const folded = foldName(this.#rows.path(row))
    const bytes = Buffer.from(folded, 'utf8')
    let state = this.#seed
    let levels = 0
    for (let at = 0; at < bytes.length && levels < maxLevels; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte === slash) {
        levels += 1
        const parent = bytes.subarray(0, at)
        this.#checkParent(row, spread(state), (other) =>
          parent.equals(Buffer.from(foldName(this.#rows.path(other)), 'utf8')),
        )
      }
      state = mix(state, lowerCase(byte))
    }
  }

  #checkParent(row: number, hash: number, matches: (other: number) => boolean): void {
    let slot = hash & (this.#slots.length - 1)
    this.#operations += 1
    for (;;) {
      const other = this.#slots[slot] ?? noRow
      if (other === noRow) return
      if (this.#hashes[other] === hash && this.#rows.kind(other) !== 'folder' && matches(other)) {
        this.#meetAsParent(row, other)
      }
      slot = this.#step(slot)
    }
  }

  #meetAsParent(row: number, parent: number): void {
    const path = this.#rows.path(parent)
    if (this.#rows.path(row).startsWith(`${path}/`)) {
      if (this.#rows.kind(parent) === 'link') {
        throw new FailureError({
          code: 'archive-path',
          archive: this.#archive,
          entry: clipName(this.#rows.path(row)),
        })
      }
      throw this.#ambiguous(`${clipName(path)} is a file and a folder`)
    }
    this.#meet(row, parent)
  }

  #meet(row: number, other: number): void {
    const path = this.#rows.path(row)
    if (path === this.#rows.path(other)) throw this.#ambiguous(`${clipName(path)} is there twice`)
    const names = [path, this.#rows.path(other)]
    if (names.some((name) => this.#manifests.has(foldName(name.slice(name.lastIndexOf('/') + 1))))) {
      throw this.#ambiguous(`${names.map(clipName).join(' and ')} are one file on some systems`)
    }
    this.#collide(row)
    this.#collide(other)
  }

  #ambiguous(detail: string): FailureError {
    return new FailureError({ code: 'archive-ambiguous', archive: this.#archive, detail })
  }

  #sameFold(a: number, b: number): boolean {
    const rows = this.#rows
    if (rows.isAscii(a) && rows.isAscii(b)) {
      return sameAscii(rows.bytes, rows.start(a), rows.end(a), rows.start(b), rows.end(b))
    }
    return foldName(rows.path(a)) === foldName(rows.path(b))
  }

  #sameParent(a: number, b: number): boolean {
    const { bytes } = this.#rows
    if (!this.#rows.isUtf8(a) || !this.#rows.isUtf8(b)) return false
    const startA = this.#rows.start(a)
    const startB = this.#rows.start(b)
    let at = this.#rows.end(a) - 1
    while (at >= startA && bytes[at] !== slash) at -= 1
    const length = at - startA + 1
    if (length <= 0) return true
    if (startB + length > this.#rows.end(b)) return false
    // The name of b goes on behind this folder, so all its parents were looked at.
    for (let k = 0; k < length; k += 1) if (bytes[startA + k] !== bytes[startB + k]) return false
    return true
  }

  #step(slot: number): number {
    this.#steps += 1
    if (this.#steps > 64 * this.#operations + 100_000) {
      throw new FailureError({
        code: 'archive-structure',
        archive: this.#archive,
        detail: 'its names are made to be slow to compare',
      })
    }
    return (slot + 1) & (this.#slots.length - 1)
  }

  #hashAscii(bytes: Uint8Array, start: number, end: number): number {
    let state = this.#seed
    for (let at = start; at < end; at += 1) state = mix(state, lowerCase(bytes[at] ?? 0))
    return state
  }

  #hashText(folded: string): number {
    const bytes = Buffer.from(folded, 'utf8')
    return this.#hashAscii(bytes, 0, bytes.length)
  }

  #grow(): void {
    if (this.#count >= this.#hashes.length) {
      const larger = new Uint32Array(Math.max(64, this.#hashes.length * 2))
      larger.set(this.#hashes)
      this.#hashes = larger
    }
    if ((this.#count + 1) * 2 <= this.#slots.length) return
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2).fill(noRow)
    for (const row of old) {
      if (row === noRow) continue
      let slot = (this.#hashes[row] ?? 0) & (this.#slots.length - 1)
      while (this.#slots[slot] !== noRow) slot = (slot + 1) & (this.#slots.length - 1)
      this.#slots[slot] = row
    }
  }
}

function slotsFor(capacity: number): number {
  return 2 ** Math.max(6, Math.ceil(Math.log2(capacity * 2 + 1)))
}

function mix(state: number, byte: number): number {
  return Math.imul(state ^ byte, 0x01000193)
}

/** The lower bits of the state know little of the first bytes; the slots are cut from these. */
function spread(state: number): number {
  let hash = Math.imul(state ^ (state >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return (hash ^ (hash >>> 16)) >>> 0
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}

function sameAscii(bytes: Uint8Array, startA: number, endA: number, startB: number, endB: number): boolean {
  const length = endA - startA
  if (endB - startB !== length) return false
  for (let k = 0; k < length; k += 1) {
    if (lowerCase(bytes[startA + k] ?? 0) !== lowerCase(bytes[startB + k] ?? 0)) return false
  }
  return true
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}
