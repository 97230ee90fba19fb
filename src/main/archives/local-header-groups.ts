import type { ByteSource } from './byte-source.ts'
import { viewOf, type ZipDirectory } from './zip-directory.ts'
import { local } from './zip-layout.ts'

/** Room in front of a header for the longest data descriptor of the entry before. */
export const descriptorRoom = 24
const groupBytes = 256 * 1024
const farBytes = 8 * 1024
const extraRoom = 512

/** Reads what the groups need, side by side. */
export async function load(source: ByteSource, groups: readonly Group[]): Promise<readonly LoadedGroup[]> {
  return await Promise.all(
    groups.map(async (group) => ({
      ...group,
      ...loadedBytes(await source.read(group.start, group.end - group.start), group.start),
    })),
  )
}

/** A part of the file that is in memory, with the offset it begins at. */
export interface LoadedBytes {
  readonly bytes: Buffer
  readonly view: DataView
  readonly start: number
}

export function loadedBytes(bytes: Buffer, start: number): LoadedBytes {
  return { bytes, view: viewOf(bytes), start }
}

/** Rows in the order of their local headers, and the offset of each row. */
export interface Order {
  readonly rows: Uint32Array
  readonly offsets: Float64Array
}

/** Most archives have their headers in order already. */
export function byOffset(directory: ZipDirectory): Order {
  const rows = new Uint32Array(directory.count)
  const offsets = new Float64Array(directory.count)
  let last = 0
  let sorted = true
  for (let row = 0; row < directory.count; row += 1) {
    const offset = directory.offset(row)
    rows[row] = row
    offsets[row] = offset
    if (offset < last) sorted = false
    last = offset
  }
  if (!sorted) rows.sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0) || a - b)
  return { rows, offsets }
}

/** Headers that are read in one piece: places `first` up to `behind` of the order, bytes `start` up to `end`. */
export interface Group {
  readonly first: number
  readonly behind: number
  readonly start: number
  readonly end: number
}
export type LoadedGroup = Group & LoadedBytes

/** Headers that lie near each other are read in one piece; those of large entries one by one. */
export function groupsOf(directory: ZipDirectory, order: Order, directoryOffset: number): readonly Group[] {
  const { rows, offsets } = order
  const groups: Group[] = []
  let first = 0
  let start = 0
  let end = 0
  for (let position = 0; position < rows.length; position += 1) {
    const row = rows[position] ?? 0
    const offset = offsets[row] ?? 0
    const needed = Math.min(offset + local.bytes + directory.nameBytes(row) + extraRoom, directoryOffset)
    if (position > first && (offset - end > farBytes || needed - start > groupBytes)) {
      groups.push({ first, behind: position, start, end })
      first = position
    }
    if (position === first) start = Math.max(0, offset - descriptorRoom)
    end = position === first ? needed : Math.max(end, needed)
  }
  if (rows.length > 0) groups.push({ first, behind: rows.length, start, end })
  return groups
}
