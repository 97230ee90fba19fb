import { createStore } from 'zustand/vanilla'
import { archiveIdSchema, type ArchiveId } from '../../../shared/model/record.ts'
import type { Selected } from '../../ui/data/table.tsx'

/** What of the vault is shown: its archives, or the files that were refused. */
export type VaultTab = 'archives' | 'refused'

interface ArchiveListState {
  readonly tab: VaultTab
  readonly search: string
  readonly selected: Selected
}

/** What is searched for and selected in the list of archives; it stays while a person looks into one and comes back. */
export const archiveList = createStore<ArchiveListState>(() => ({
  tab: 'archives',
  search: '',
  selected: new Set(),
}))

/** Shows the archives with these words only. */
export function searchList(search: string): void {
  archiveList.setState({ search })
}

/** Shows the archives or the refused files. */
export function showTab(tab: VaultTab): void {
  archiveList.setState({ tab })
}

/** Selects rows. */
export function selectInList(selected: Selected): void {
  archiveList.setState({ selected })
}

/** Selects the archive that a place names; without one the selection stays. */
export function showInList(archiveId: ArchiveId | undefined): void {
  archiveList.setState(({ search, selected }) => {
    const isShown = archiveId === undefined || selected.has(archiveId)
    return isShown ? { search, selected } : { search: '', selected: new Set([archiveId]) }
  })
}

/** The archives among the selected keys. */
export function idsOf(keys: Selected): readonly ArchiveId[] {
  return [...keys].map((key) => archiveIdSchema.parse(key))
}
