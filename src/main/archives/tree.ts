import type { TreeRow } from '../../shared/model/entry.ts'
import type { EntryRows, OpenArchive } from './archive.ts'
import { maxLevels } from './limits.ts'
import { judgeName } from './names.ts'

const slash = 0x2f

interface Child {
  /** The row of the entry itself; folders may exist as part of other names only. */
  row: number | undefined
  isFolder: boolean
  files: number
  sizeBytes: number
}

/**
 * One level of the tree, folders first, each kind by name. Folders carry the size and the number of the files below
 * them. The empty path is the top. What lies deeper than 64 levels counts, but is not shown.
 */
export function listFolder(archive: OpenArchive, path: string): readonly TreeRow[] {
  const folder = path.endsWith('/') ? path.slice(0, -1) : path
  if (folder.split('/').length >= maxLevels) return []
  const children = childrenOf(archive.rows, folder === '' ? '' : `${folder}/`)
  const rows = Array.from(children, ([name, child]) => rowOf(archive.rows, folder, name, child))
  return rows.sort(byKindAndName)
}

/** Goes over all names once, by their bytes. Neighbours mostly share a folder, so few names are decoded. */
function childrenOf(rows: EntryRows, prefix: string): ReadonlyMap<string, Child> {
  const children = new Map<string, Child>()
  const prefixBytes = Buffer.from(prefix, 'utf8')
  let lastBytes: Uint8Array = prefixBytes
  let last: Child | undefined
  for (let row = 0; row < rows.count; row += 1) {
    const start = rows.start(row)
    const end = rows.end(row)
    if (!rows.isUtf8(row)) {
      const path = rows.path(row)
      if (path.length > prefix.length && path.startsWith(prefix)) {
        const at = path.indexOf('/', prefix.length)
        const name = path.slice(prefix.length, at < 0 ? undefined : at)
        count(childNamed(children, name), rows, row, at < 0)
      }
      continue
    }
    const { bytes } = rows
    const nameStart = start + prefixBytes.length
    if (nameStart >= end || !startsWith(bytes, start, prefixBytes)) continue
    let nameEnd = nameStart
    while (nameEnd < end && bytes[nameEnd] !== slash) nameEnd += 1
    if (
      last === undefined ||
      nameEnd - nameStart !== lastBytes.length ||
      !startsWith(bytes, nameStart, lastBytes)
    ) {
      lastBytes = bytes.subarray(nameStart, nameEnd)
      last = childNamed(children, Buffer.from(lastBytes).toString('utf8'))
    }
    count(last, rows, row, nameEnd === end)
  }
  return children
}

function startsWith(bytes: Uint8Array, start: number, prefix: Uint8Array): boolean {
  for (let at = 0; at < prefix.length; at += 1) if (bytes[start + at] !== prefix[at]) return false
  return true
}

function childNamed(children: Map<string, Child>, name: string): Child {
  const known = children.get(name)
  if (known !== undefined) return known
  const child: Child = { row: undefined, isFolder: false, files: 0, sizeBytes: 0 }
  children.set(name, child)
  return child
}

function count(child: Child, rows: EntryRows, row: number, isItself: boolean): void {
  if (isItself) child.row = row
  if (!isItself || rows.kind(row) === 'folder') child.isFolder = true
  if (rows.kind(row) !== 'folder') child.files += 1
  child.sizeBytes += rows.sizeBytes(row)
}

function rowOf(rows: EntryRows, folder: string, name: string, child: Child): TreeRow {
  const path = folder === '' ? name : `${folder}/${name}`
  const { row, sizeBytes, files } = child
  if (row === undefined) {
    const restriction = judgeName(path) === 'safe' ? {} : { restriction: 'unsafe-name' }
    return { name, path, kind: 'folder', sizeBytes, files, ...restriction }
  }
  const { kind, modifiedAt, restriction } = rows.entry(row)
  return {
    name,
    path,
    kind,
    sizeBytes,
    ...(child.isFolder ? { files } : {}),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(restriction === undefined ? {} : { restriction }),
  }
}

function byKindAndName(a: TreeRow, b: TreeRow): number {
  const aFirst = a.kind === 'folder'
  if (aFirst !== (b.kind === 'folder')) return aFirst ? -1 : 1
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
