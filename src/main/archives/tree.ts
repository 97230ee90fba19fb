import type { TreeRow } from '../../shared/model/entry.ts'
import type { OpenArchive } from './archive.ts'
import { maxLevels } from './limits.ts'
import { listLevel, type TreeLevel } from './tree-level.ts'

/** Levels that were listed are kept per archive, so that paging through a large one sorts it once. */
const levelsKept = 16
const rowsKept = 1_500_000
const kept = new WeakMap<OpenArchive, Map<string, TreeLevel>>()

/**
 * A page of one level of the tree, and how many rows the level has. Folders come first, each kind by name with numbers
 * by their value; they carry the size and the number of the files below them. The empty path is the top. What lies
 * deeper than 64 levels counts, but is not shown.
 */
export async function folderPage(
  archive: OpenArchive,
  path: string,
  { from, count, signal }: { readonly from: number; readonly count: number; readonly signal: AbortSignal },
): Promise<{ readonly total: number; readonly rows: readonly TreeRow[] }> {
  const folder = path.endsWith('/') ? path.slice(0, -1) : path
  if (folder.split('/').length >= maxLevels) return { total: 0, rows: [] }
  const levels = kept.get(archive) ?? new Map<string, TreeLevel>()
  kept.set(archive, levels)
  const level = levels.get(folder) ?? (await listLevel(archive, folder, signal))
  // Put again, so that the last used is the last in the map's order.
  levels.delete(folder)
  levels.set(folder, level)
  makeRoom(levels)
  return { total: level.total, rows: level.rowsAt(from, count) }
}

/** Drops what was used longest ago; the level that was asked for stays. */
function makeRoom(levels: Map<string, TreeLevel>): void {
  let rows = 0
  for (const { total } of levels.values()) rows += total
  for (const [oldest, { total }] of levels) {
    if (levels.size <= 1 || (levels.size <= levelsKept && rows <= rowsKept)) return
    levels.delete(oldest)
    rows -= total
  }
}
