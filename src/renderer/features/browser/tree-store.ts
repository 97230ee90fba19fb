import { createStore } from 'zustand/vanilla'
import type { Failure } from '../../../shared/failure.ts'
import { rowsAtOnce } from '../../../shared/ipc/requests/browse-requests.ts'
import type { OpenedArchive } from '../../../shared/ipc/views.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { request } from '../../api.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { PagedTree, type MissingPage, type ShownRow, type TreePage } from './paged-tree.ts'

interface TreeState {
  readonly place: ArchivePlace | undefined
  readonly opened: Loaded<OpenedArchive>
  /** It changes in place; `version` counts its changes. */
  readonly tree: PagedTree
  readonly version: number
  readonly filter: string
  /** What the filter found; the tree is shown where there is none. */
  readonly found: TreePage | undefined
  /** Paths of the files and folders to take out. */
  readonly selected: ReadonlySet<string>
  readonly failure: Failure | undefined
}

function untouched(): Omit<TreeState, 'place'> {
  return {
    opened: loading,
    tree: new PagedTree(rowsAtOnce),
    version: 0,
    filter: '',
    found: undefined,
    selected: new Set(),
    failure: undefined,
  }
}

/** The tree of the one archive that is being looked into. Pages of folders are read when they come into sight. */
export const treeStore = createStore<TreeState>(() => ({ place: undefined, ...untouched() }))

/** Opens an archive; the same one again stays as it was left, unless there is a password to open it with. */
export async function openTree(place: ArchivePlace, password?: string): Promise<void> {
  const { place: known, opened } = treeStore.getState()
  const isOpen = known !== undefined && isSame(known, place) && opened.phase !== 'failed'
  if (isOpen && password === undefined) return
  treeStore.setState({ place, ...untouched() })
  const { tree } = treeStore.getState()
  const result = await request('browse.open', { place, ...(password !== undefined && { password }) })
  // Another archive was opened meanwhile.
  if (treeStore.getState().tree === tree) treeStore.setState({ opened: loadedFrom(result) })
}

/** Takes over an archive that was opened anew with a password. What is shown stays where it is, and is read again. */
export function renewTree(place: ArchivePlace, value: OpenedArchive): void {
  const { place: known, tree, opened, filter } = treeStore.getState()
  if (known === undefined || !isSame(known, place) || opened.phase !== 'ready') return
  tree.refresh()
  treeStore.setState({ opened: { phase: 'ready', value }, failure: undefined })
  changed()
  void filterTree(filter)
}

/** How far the opening of an archive is. What is known of another one says nothing about this one. */
export function openingOf({ place: known, opened }: TreeState, place: ArchivePlace): Loaded<OpenedArchive> {
  return known !== undefined && isSame(known, place) ? opened : loading
}

/** Stops the opening of the archive; nothing where it is open already. */
export async function stopOpening(): Promise<void> {
  const { place, opened } = treeStore.getState()
  if (place !== undefined && opened.phase === 'loading') await request('browse.stop', { place })
}

/** Opens or closes a folder. What it holds is read when it comes into sight. */
export function toggleFolder(path: string, isOpen: boolean): void {
  treeStore.getState().tree.toggle(path, isOpen)
  changed()
}

/** How many rows there are, and each of them: of the tree, or of what was found. */
export function rowCountOf({ tree, found }: TreeState): number {
  if (found !== undefined) return found.rows.length
  return tree.isEmpty ? 0 : tree.count
}

export function rowAt(
  { tree, found }: Pick<TreeState, 'tree' | 'found'>,
  index: number,
): ShownRow | undefined {
  if (found === undefined) return tree.rowAt(index)
  const row = found.rows[index]
  return row && { row, level: 1 }
}

export function selectPaths(selected: ReadonlySet<string>): void {
  treeStore.setState({ selected })
}

/** Requests on the way at once: the next one is chosen by what is in sight then, so that nobody waits for old ones. */
const readsAtOnce = 2
let sight = { first: 0, end: 0 }
const reading = new WeakMap<OpenedArchive, Set<string>>()

/** Reads what is missing of the rows in sight; those that went out of sight meanwhile are not read. */
export function showRows(first: number, end: number): void {
  sight = { first, end }
  readOn()
}

function readOn(): void {
  const { place, tree, found, opened } = treeStore.getState()
  if (place === undefined || found !== undefined || opened.phase !== 'ready') return
  const on = reading.get(opened.value) ?? new Set()
  reading.set(opened.value, on)
  for (const page of tree.missing(sight.first, sight.end)) {
    const key = `${String(page.from)} ${page.folder}`
    if (on.size >= readsAtOnce) return
    if (on.has(key)) continue
    on.add(key)
    void readPage(place, page).then((isRead) => {
      on.delete(key)
      if (isRead) readOn()
    })
  }
}

async function readPage(place: ArchivePlace, { folder, from }: MissingPage): Promise<boolean> {
  const { tree, opened } = treeStore.getState()
  const result = await request('browse.folder', { place, folder, from, count: rowsAtOnce })
  if (treeStore.getState().opened !== opened) return false
  if (result.ok) tree.put(folder, from, result.value)
  // Closed again: a row that waits for ever would say nothing.
  else tree.toggle(folder, false)
  changed()
  treeStore.setState({ failure: result.ok ? undefined : result.failure })
  return result.ok
}

/** Shows the files whose path holds `filter`, from the whole archive; the tree again where it is empty. */
export async function filterTree(filter: string): Promise<void> {
  const { place, opened } = treeStore.getState()
  const text = filter.trim()
  treeStore.setState({ filter, ...(text === '' && { found: undefined }) })
  if (place === undefined || text === '') return
  const result = await request('browse.find', { place, text })
  const state = treeStore.getState()
  // A newer filter is being answered, or the archive was opened anew: this answer is late.
  if (state.filter !== filter || state.opened !== opened) return
  if (result.ok) treeStore.setState({ found: result.value, failure: undefined })
  else treeStore.setState({ failure: result.failure })
}

function changed(): void {
  treeStore.setState(({ version }) => ({ version: version + 1 }))
}

function isSame(one: ArchivePlace, other: ArchivePlace): boolean {
  return one.archiveId === other.archiveId && JSON.stringify(one.inside) === JSON.stringify(other.inside)
}
