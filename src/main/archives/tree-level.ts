import type { TreeRow } from '../../shared/model/entry.ts'
import type { EntryRows, OpenArchive } from './archive.ts'
import { breathe } from './archive-base.ts'
import { compareNaturally } from './natural-order.ts'
import { judgeName } from './names.ts'
import { sortPatiently } from './patient-sort.ts'

const slash = 0x2f
const rowsBetweenBreaths = 32_768

/**
 * One level of the tree, in order: folders first, each kind by name. Of a file only its row is kept; what a person sees
 * of it is made when a page shows it, so a level of a million files costs four megabytes.
 */
export interface TreeLevel {
  readonly total: number
  rowsAt(from: number, count: number): readonly TreeRow[]
}

interface Folder {
  readonly name: string
  /** The row of the entry itself; folders may exist as part of other names only. */
  row: number | undefined
  files: number
  sizeBytes: number
}

/** Goes over all names once. `folder` is without a slash at its end; empty for the top. */
export async function listLevel(
  archive: OpenArchive,
  folder: string,
  signal: AbortSignal,
): Promise<TreeLevel> {
  const children = new Children(archive.rows, folder === '' ? '' : `${folder}/`)
  for (let row = 0; row < archive.rows.count; row += 1) {
    if (row % rowsBetweenBreaths === rowsBetweenBreaths - 1) await breathe(signal)
    children.take(row)
  }
  return await children.inOrder(signal)
}

/** What lies directly in a folder, gathered from all names. Neighbours mostly share a folder, so few names are decoded. */
class Children {
  readonly #rows: EntryRows
  readonly #prefix: string
  readonly #prefixBytes: Buffer
  /** Names and rows of the files. None is there twice: no archive has a name twice. */
  readonly #fileNames: string[] = []
  readonly #fileRows: number[] = []
  readonly #folders = new Map<string, Folder>()
  #lastName: Uint8Array = Buffer.alloc(0)
  #last: Folder | undefined

  constructor(rows: EntryRows, prefix: string) {
    this.#rows = rows
    this.#prefix = prefix
    this.#prefixBytes = Buffer.from(prefix, 'utf8')
  }

  /** Counts a row of the archive, where it is in this folder. */
  take(row: number): void {
    const rows = this.#rows
    if (!rows.isUtf8(row)) {
      this.#takeDecoded(row)
      return
    }
    const { bytes } = rows
    const start = rows.start(row)
    const end = rows.end(row)
    const nameStart = start + this.#prefixBytes.length
    if (nameStart >= end || !startsWith(bytes, start, this.#prefixBytes)) return
    let nameEnd = nameStart
    while (nameEnd < end && bytes[nameEnd] !== slash) nameEnd += 1
    if (nameEnd === end && rows.kind(row) !== 'folder') {
      this.#addFile(nameIn(rows, row, nameStart, nameEnd), row)
      return
    }
    const isLast =
      nameEnd - nameStart === this.#lastName.length && startsWith(bytes, nameStart, this.#lastName)
    if (this.#last === undefined || !isLast) {
      this.#last = this.#folderNamed(nameIn(rows, row, nameStart, nameEnd))
      this.#lastName = bytes.subarray(nameStart, nameEnd)
    }
    this.#count(this.#last, row, nameEnd === end)
  }

  async inOrder(signal: AbortSignal): Promise<TreeLevel> {
    const folders = [...this.#folders.values()]
    const folderOrder = await orderOf(
      folders.map(({ name }) => name),
      signal,
    )
    const fileRows = await orderOf(this.#fileNames, signal)
    for (let at = 0; at < fileRows.length; at += 1) fileRows[at] = this.#fileRows[fileRows[at] ?? 0] ?? 0
    const rowAt = (place: number): TreeRow | undefined => {
      const folder = folders[folderOrder[place] ?? folders.length]
      if (folder !== undefined) return folderRow(this.#rows, this.#prefix, folder)
      const row = fileRows[place - folders.length]
      return row === undefined ? undefined : fileRow(this.#rows, this.#prefix, row)
    }
    return {
      total: folders.length + fileRows.length,
      rowsAt: (from, count) => Array.from({ length: count }, (_, step) => rowAt(from + step) ?? []).flat(),
    }
  }

  #takeDecoded(row: number): void {
    const path = this.#rows.path(row)
    if (path.length <= this.#prefix.length || !path.startsWith(this.#prefix)) return
    const at = path.indexOf('/', this.#prefix.length)
    const name = path.slice(this.#prefix.length, at < 0 ? undefined : at)
    if (at < 0 && this.#rows.kind(row) !== 'folder') this.#addFile(name, row)
    else this.#count(this.#folderNamed(name), row, at < 0)
  }

  #addFile(name: string, row: number): void {
    this.#fileNames.push(name)
    this.#fileRows.push(row)
  }

  #folderNamed(name: string): Folder {
    const known = this.#folders.get(name)
    if (known !== undefined) return known
    const folder: Folder = { name, row: undefined, files: 0, sizeBytes: 0 }
    this.#folders.set(name, folder)
    return folder
  }

  #count(folder: Folder, row: number, isItself: boolean): void {
    if (isItself) folder.row = row
    if (this.#rows.kind(row) !== 'folder') folder.files += 1
    folder.sizeBytes += this.#rows.sizeBytes(row)
  }
}

async function orderOf(names: readonly string[], signal: AbortSignal): Promise<Int32Array> {
  // Not `from`, which goes by an iterator and takes a third of a second for a million.
  const order = new Int32Array(names.length)
  for (let at = 0; at < order.length; at += 1) order[at] = at
  await sortPatiently(order, (a, b) => compareNaturally(names[a] ?? '', names[b] ?? ''), signal)
  return order
}

function folderRow(rows: EntryRows, prefix: string, { name, row, files, sizeBytes }: Folder): TreeRow {
  const path = `${prefix}${name}`
  const restriction = row === undefined && judgeName(path) !== 'safe' ? 'unsafe-name' : undefined
  const itself = row === undefined ? { restriction } : rows.entry(row)
  return { name, path, kind: 'folder', sizeBytes, files, ...marks(itself) }
}

function fileRow(rows: EntryRows, prefix: string, row: number): TreeRow {
  const entry = rows.entry(row)
  const { path, kind, sizeBytes } = entry
  return { name: path.slice(prefix.length), path, kind, sizeBytes, ...marks(entry) }
}

function marks({ modifiedAt, restriction }: Pick<TreeRow, 'modifiedAt' | 'restriction'>): Partial<TreeRow> {
  return {
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(restriction === undefined ? {} : { restriction }),
  }
}

function nameIn(rows: EntryRows, row: number, start: number, end: number): string {
  const { bytes } = rows
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString(
    rows.isAscii(row) ? 'latin1' : 'utf8',
  )
}

function startsWith(bytes: Uint8Array, start: number, prefix: Uint8Array): boolean {
  for (let at = 0; at < prefix.length; at += 1) if (bytes[start + at] !== prefix[at]) return false
  return true
}
