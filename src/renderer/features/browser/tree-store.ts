import { createStore } from 'zustand/vanilla'
import type { Failure } from '../../../shared/failure.ts'
import type { OpenedArchive } from '../../../shared/ipc/views.ts'
import type { TreeRow } from '../../../shared/model/entry.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { request } from '../../api.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'

/** A row of the tree with its depth, 1 for the top. */
export interface ShownRow {
  readonly row: TreeRow
  readonly level: number
}

interface TreeState {
  readonly archiveId: ArchiveId | undefined
  readonly opened: Loaded<OpenedArchive>
  /** The rows of each folder that was read so far; the empty path is the top. */
  readonly folders: ReadonlyMap<string, readonly TreeRow[]>
  readonly expanded: ReadonlySet<string>
  /** The rows in the order in which they are shown. */
  readonly shown: readonly ShownRow[]
  readonly filter: string
  readonly failure: Failure | undefined
}

const empty: Omit<TreeState, 'archiveId'> = {
  opened: loading,
  folders: new Map(),
  expanded: new Set(),
  shown: [],
  filter: '',
  failure: undefined,
}

/** The tree of the one archive that is being looked into. Folders are read when they are opened. */
export const treeStore = createStore<TreeState>(() => ({ archiveId: undefined, ...empty }))

/** Opens an archive; the same one again stays as it was left. */
export async function openTree(archiveId: ArchiveId): Promise<void> {
  if (treeStore.getState().archiveId === archiveId) return
  treeStore.setState({ archiveId, ...empty })
  const result = await request('browse.open', { place: { archiveId, inside: [] } })
  if (treeStore.getState().archiveId !== archiveId) return
  treeStore.setState({ opened: loadedFrom(result) })
  if (result.ok) await readFolder(archiveId, '')
}

/** Opens or closes a folder. */
export async function toggleFolder(path: string, isOpen: boolean): Promise<void> {
  const { archiveId, expanded, folders } = treeStore.getState()
  if (archiveId === undefined) return
  const next = new Set(expanded)
  if (isOpen) next.add(path)
  else next.delete(path)
  treeStore.setState({ expanded: next })
  if (isOpen && !folders.has(path)) await readFolder(archiveId, path)
  else arrange()
}

/** Shows the files whose path holds `filter`, from the whole archive; the tree again where it is empty. */
export async function filterTree(filter: string): Promise<void> {
  const { archiveId } = treeStore.getState()
  treeStore.setState({ filter })
  if (archiveId === undefined) return
  if (filter.trim() === '') {
    arrange()
    return
  }
  const result = await request('browse.find', { place: { archiveId, inside: [] }, text: filter.trim() })
  const state = treeStore.getState()
  // A newer filter is being answered: this answer is late.
  if (state.filter !== filter || state.archiveId !== archiveId) return
  if (!result.ok) treeStore.setState({ failure: result.failure })
  else treeStore.setState({ shown: result.value.rows.map((row) => ({ row, level: 1 })) })
}

/** The row of a path, as far as its folder was read or it was found. */
export function rowOf(path: string | undefined): TreeRow | undefined {
  return treeStore.getState().shown.find(({ row }) => row.path === path)?.row
}

async function readFolder(archiveId: ArchiveId, folder: string): Promise<void> {
  const result = await request('browse.folder', {
    place: { archiveId, inside: [] },
    folder,
    from: 0,
    count: 500,
  })
  const state = treeStore.getState()
  if (state.archiveId !== archiveId) return
  if (!result.ok) {
    treeStore.setState({ failure: result.failure })
    return
  }
  treeStore.setState({ folders: new Map(state.folders).set(folder, result.value.rows), failure: undefined })
  arrange()
}

function arrange(): void {
  treeStore.setState(({ folders, expanded, filter, shown }) => {
    if (filter.trim() !== '') return { shown }
    const rows: ShownRow[] = []
    const add = (folder: string, level: number): void => {
      for (const row of folders.get(folder) ?? []) {
        rows.push({ row, level })
        if (row.kind === 'folder' && expanded.has(row.path)) add(row.path, level + 1)
      }
    }
    add('', 1)
    return { shown: rows }
  })
}
