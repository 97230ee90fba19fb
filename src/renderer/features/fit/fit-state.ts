import { createStore } from 'zustand/vanilla'
import type { RequestOutput } from '../../../shared/ipc/contract.ts'
import type { FitFilter } from '../../../shared/model/fit-filter.ts'
import { request } from '../../api.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'

/** The rows and columns in the order in which they are shown. */
export type FitSummary = RequestOutput<'fit.summary'>

interface FitState {
  readonly filter: FitFilter
  readonly summary: Loaded<FitSummary>
  /** Number of the newest question; answers to older ones are not looked at. */
  readonly question: number
}

/** Only the newest backup of each device at first: that is what one restores. */
export const firstFilter: FitFilter = { archiveDevice: '', device: '', newestOnly: true }

/** What a person set in the fit view, and what main last said to it; outlives the view. */
export const fitState = createStore<FitState>(() => ({
  filter: firstFilter,
  summary: loading,
  question: 0,
}))

/** Changes the filters and asks main for what they leave. */
export function changeFilter(change: Partial<FitFilter>): void {
  fitState.setState(({ filter }) => ({ filter: { ...filter, ...change } }))
  void loadSummary()
}

/** Shows everything again. */
export function clearFilter(): void {
  changeFilter({ ...firstFilter, family: undefined, kind: undefined })
}

/** True where more than the newest backups are filtered. */
export function isFiltered({ archiveDevice, device, family, kind }: FitFilter): boolean {
  return archiveDevice !== '' || device !== '' || family !== undefined || kind !== undefined
}

/** Asks twice: rows and columns come at once, the counts when every cell was judged. */
export async function loadSummary(): Promise<void> {
  const question = fitState.getState().question + 1
  fitState.setState({ question })
  const isNewest = (): boolean => fitState.getState().question === question
  const { filter } = fitState.getState()
  if (filter.kind === undefined) {
    const first = await request('fit.summary', { filter, isCounted: false })
    if (!isNewest()) return
    fitState.setState(({ summary }) => ({ summary: withFormerCounts(loadedFrom(first), summary) }))
    if (!first.ok) return
  }
  const counted = await request('fit.summary', { filter, isCounted: true })
  if (!isNewest()) return
  // Something changed while the cells were judged: they are judged anew.
  if (!counted.ok && counted.failure.code === 'cancelled') await loadSummary()
  else fitState.setState({ summary: loadedFrom(counted) })
}

/** Keeps the counts in sight until the new ones are there, so that nothing flickers. */
function withFormerCounts(next: Loaded<FitSummary>, former: Loaded<FitSummary>): Loaded<FitSummary> {
  if (next.phase !== 'ready' || former.phase !== 'ready' || former.value.counts === undefined) return next
  return { phase: 'ready', value: { ...next.value, counts: former.value.counts } }
}
