import { createStore } from 'zustand/vanilla'
import type { ArchiveList } from '../../shared/ipc/views.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import type { Result } from '../../shared/result.ts'
import { loadedFrom, loading, type Loaded } from './loaded.ts'

interface ArchivesState {
  readonly archives: Loaded<ArchiveList>
  /** The records by id; empty while nothing is loaded. */
  readonly byId: ReadonlyMap<ArchiveId, ArchiveRecord>
}

/** The vault's archives as main last told them. */
export const archivesStore = createStore<ArchivesState>(() => ({ archives: loading, byId: new Map() }))

/** Takes over main's answer. */
export function applyArchives(result: Result<ArchiveList>): void {
  const archives = loadedFrom(result)
  archivesStore.setState({
    archives,
    byId: new Map(
      archives.phase === 'ready' ? archives.value.records.map((record) => [record.id, record]) : [],
    ),
  })
}

/** The record of this id, as far as it is known. */
export function archiveOf(id: ArchiveId | undefined): ArchiveRecord | undefined {
  return id === undefined ? undefined : archivesStore.getState().byId.get(id)
}
