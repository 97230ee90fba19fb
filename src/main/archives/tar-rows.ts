import type { Entry } from '../../shared/model/entry.ts'
import type { EntryKind, EntryRows, Restriction } from './archive.ts'
import { isoTime } from './zip-time.ts'

/** One entry of a tar, judged, before it is put away. */
export interface TarRow {
  readonly path: string
  readonly kind: EntryKind
  readonly sizeBytes: number
  /** Where the content begins in the unpacked stream. */
  readonly offset: number
  readonly mode: number
  readonly owner: string
  readonly modifiedSeconds: number
  readonly linkTarget: string
  readonly restriction: Restriction | undefined
}

const kinds: readonly EntryKind[] = ['file', 'folder', 'link', 'other']
/** The later ones weigh more: an entry has one restriction. */
const restrictions: readonly Restriction[] = ['link', 'special', 'unsafe-name', 'collision']
/** Systems have a few owners; an archive that invents more has the rest left out. */
const maxOwners = 10_000
const noOwner = 0xffff

/** The entries of a tar in typed columns: about 50 bytes each, and the bytes of the names. Grows as it is filled. */
export class TarRows implements EntryRows {
  count = 0
  bytes: Buffer = Buffer.alloc(16 * 1024)
  #filled = 0
  #capacity = 256
  #starts = new Uint32Array(this.#capacity)
  #ends = new Uint32Array(this.#capacity)
  #targetEnds = new Uint32Array(this.#capacity)
  #sizes = new Float64Array(this.#capacity)
  #offsets = new Float64Array(this.#capacity)
  #times = new Float64Array(this.#capacity)
  #modes = new Uint16Array(this.#capacity)
  #ownerNumbers = new Uint16Array(this.#capacity)
  #kinds = new Uint8Array(this.#capacity)
  #restrictions = new Uint8Array(this.#capacity)
  #ascii = new Uint8Array(this.#capacity)
  readonly #owners = new Map<string, number>()
  #ownerNames: string[] = []

  /** Bytes that names and link targets take. */
  get nameBytes(): number {
    return this.#filled
  }

  /** Puts an entry away and answers its row. */
  append(row: TarRow): number {
    const at = this.count
    if (at === this.#capacity) this.#grow()
    const start = this.#filled
    const end = start + this.#write(row.path)
    this.#starts[at] = start
    this.#ends[at] = end
    this.#targetEnds[at] = end + this.#write(row.linkTarget)
    this.#sizes[at] = row.sizeBytes
    this.#offsets[at] = row.offset
    this.#times[at] = row.modifiedSeconds
    this.#modes[at] = row.mode
    this.#ownerNumbers[at] = this.#ownerNumber(row.owner)
    this.#kinds[at] = kinds.indexOf(row.kind)
    this.#ascii[at] = end - start === row.path.length ? 1 : 0
    this.count += 1
    if (row.restriction !== undefined) this.restrict(at, row.restriction)
    return at
  }

  restrict(row: number, restriction: Restriction): void {
    const rank = restrictions.indexOf(restriction) + 1
    if ((this.#restrictions[row] ?? 0) < rank) this.#restrictions[row] = rank
  }

  start(row: number): number {
    return this.#starts[row] ?? 0
  }

  end(row: number): number {
    return this.#ends[row] ?? 0
  }

  isAscii(row: number): boolean {
    return this.#ascii[row] === 1
  }

  isUtf8(_row: number): boolean {
    return true
  }

  path(row: number): string {
    return this.bytes.toString(this.isAscii(row) ? 'latin1' : 'utf8', this.start(row), this.end(row))
  }

  kind(row: number): EntryKind {
    return kinds[this.#kinds[row] ?? 0] ?? 'other'
  }

  sizeBytes(row: number): number {
    return this.#sizes[row] ?? 0
  }

  /** Where the content begins in the unpacked stream. */
  offset(row: number): number {
    return this.#offsets[row] ?? 0
  }

  restriction(row: number): Restriction | undefined {
    return restrictions[(this.#restrictions[row] ?? 0) - 1]
  }

  entry(row: number): Entry {
    const restriction = this.restriction(row)
    const owner = this.#ownerNames[this.#ownerNumbers[row] ?? noOwner]
    const modified = isoTime(Math.round((this.#times[row] ?? 0) * 1000))
    const kind = this.kind(row)
    const linkTarget = this.bytes.toString('utf8', this.end(row), this.#targetEnds[row])
    return {
      path: this.path(row),
      kind,
      sizeBytes: this.sizeBytes(row),
      ...(modified === undefined ? {} : { modifiedAt: modified }),
      mode: this.#modes[row] ?? 0,
      ...(owner === undefined ? {} : { owner }),
      ...(kind === 'link' ? { linkTarget } : {}),
      ...(restriction === undefined ? {} : { restriction }),
    }
  }

  #write(text: string): number {
    const length = Buffer.byteLength(text, 'utf8')
    while (this.#filled + length > this.bytes.length) {
      const larger = Buffer.alloc(this.bytes.length * 2)
      this.bytes.copy(larger, 0, 0, this.#filled)
      this.bytes = larger
    }
    this.bytes.write(text, this.#filled, 'utf8')
    this.#filled += length
    return length
  }

  #ownerNumber(owner: string): number {
    const known = this.#owners.get(owner)
    if (known !== undefined) return known
    if (this.#owners.size >= maxOwners) return noOwner
    this.#owners.set(owner, this.#ownerNames.length)
    this.#ownerNames.push(owner)
    return this.#ownerNames.length - 1
  }

  #grow(): void {
    const capacity = this.#capacity * 2
    const larger = <A extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(old: A, next: A): A => {
      next.set(old)
      return next
    }
    this.#starts = larger(this.#starts, new Uint32Array(capacity))
    this.#ends = larger(this.#ends, new Uint32Array(capacity))
    this.#targetEnds = larger(this.#targetEnds, new Uint32Array(capacity))
    this.#sizes = larger(this.#sizes, new Float64Array(capacity))
    this.#offsets = larger(this.#offsets, new Float64Array(capacity))
    this.#times = larger(this.#times, new Float64Array(capacity))
    this.#modes = larger(this.#modes, new Uint16Array(capacity))
    this.#ownerNumbers = larger(this.#ownerNumbers, new Uint16Array(capacity))
    this.#kinds = larger(this.#kinds, new Uint8Array(capacity))
    this.#restrictions = larger(this.#restrictions, new Uint8Array(capacity))
    this.#ascii = larger(this.#ascii, new Uint8Array(capacity))
    this.#capacity = capacity
  }
}
