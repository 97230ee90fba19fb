import { createStore } from 'zustand/vanilla'
import type { Failure } from '../../shared/failure.ts'
import type { SearchHit, SearchQuery, SearchScope, SearchState } from '../../shared/model/search.ts'
import { request } from '../api.ts'

const hitsAtOnce = 500

/** What a person asked for last, and what came of it; outlives the view. */
interface SearchStore {
  readonly query: SearchQuery
  readonly scope: SearchScope
  /** The search that runs or has ended; nothing before the first. */
  readonly state: SearchState | undefined
  /** As many of its hits as were fetched so far. */
  readonly hits: readonly SearchHit[]
  /** Why it could not be started. */
  readonly failure: Failure | undefined
  readonly selected: ReadonlySet<string>
}

export const searchStore = createStore<SearchStore>(() => ({
  query: { text: '', in: 'contents', matchCase: false },
  scope: { kind: 'vault' },
  state: undefined,
  hits: [],
  failure: undefined,
  selected: new Set(),
}))

export function setSearch(change: Partial<SearchStore>): void {
  searchStore.setState(change)
}

/** Searches for what is set; a search that still runs is cancelled for it. */
export async function startSearch(): Promise<void> {
  const { query, scope } = searchStore.getState()
  if (query.text === '') return
  await cancelSearch()
  const result = await request('search.start', { query, scope })
  if (!result.ok) {
    setSearch({ failure: result.failure, state: undefined, hits: [] })
    return
  }
  // A short search may have ended before this answer came.
  const state = lastTold?.id === result.value.id ? lastTold : result.value
  setSearch({ failure: undefined, state, hits: [], selected: new Set() })
  await fetchHits()
}

/** Searches the contents of all archives. */
export function searchAll(text: string): void {
  setSearch({
    query: { text: text.slice(0, 200), in: 'contents', matchCase: false },
    scope: { kind: 'vault' },
  })
  void startSearch()
}

export async function cancelSearch(): Promise<void> {
  const { state } = searchStore.getState()
  if (state?.phase === 'running') await request('search.cancel', { id: state.id })
}

let lastTold: SearchState | undefined

/** Takes over what main tells of the search that is shown. */
export function applySearch(state: SearchState): void {
  lastTold = state
  const shown = searchStore.getState().state
  if (shown?.id !== state.id || shown.phase !== 'running') return
  setSearch({ state })
  void fetchHits()
}

let isFetching = false

/** Fetches hits until there are as many as main told of; once at a time, so that their order is kept. */
async function fetchHits(): Promise<void> {
  if (isFetching) return
  isFetching = true
  try {
    for (;;) {
      const { state, hits } = searchStore.getState()
      if (state === undefined || hits.length >= state.hits) return
      const page = await request('search.hits', { id: state.id, from: hits.length, count: hitsAtOnce })
      if (!page.ok || page.value.length === 0) return
      const now = searchStore.getState()
      // Meanwhile, another search may have been started.
      if (now.state?.id === state.id) setSearch({ hits: [...now.hits, ...page.value] })
    }
  } finally {
    isFetching = false
  }
}
