import { FailureError } from '../../shared/failure.ts'
import type { SearchHit, SearchId, SearchQuery, SearchScope, SearchState } from '../../shared/model/search.ts'
import { RunningSearch, type SearchNeeds } from './running-search.ts'

const keptAtMost = 5

/**
 * Searches over stored archives, the newest first. A search belongs to nobody: it runs on while its window is closed,
 * and the last five are kept with what they found.
 */
export class VaultSearch implements AsyncDisposable {
  readonly #needs: SearchNeeds
  readonly #searches = new Map<SearchId, RunningSearch>()
  readonly #listeners = new Set<(state: SearchState) => void>()

  constructor(needs: SearchNeeds) {
    this.#needs = needs
  }

  /** Calls `listener` with the state of every search that gets on: at most ten times a second each, and at its end. */
  onChange(listener: (state: SearchState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Begins to search, and does not wait for its end. The oldest search is let go of where there are too many.
   * @throws FailureError `not-found` for a scope that is not there
   */
  async start(query: SearchQuery, scope: SearchScope): Promise<SearchState> {
    const records = await this.#needs.records(scope)
    const search = new RunningSearch(this.#needs, records, { query, scope }, (state) => {
      for (const listener of this.#listeners) listener(state)
    })
    this.#searches.set(search.id, search)
    for (const [id, old] of this.#searches) {
      if (this.#searches.size <= keptAtMost) break
      old.cancel()
      this.#searches.delete(id)
    }
    return search.state()
  }

  /** False where it has ended already, or is not known. */
  cancel(id: SearchId): boolean {
    return this.#searches.get(id)?.cancel() ?? false
  }

  /** @throws FailureError `not-found` for a search that is not kept any more */
  state(id: SearchId): SearchState {
    return this.#get(id).state()
  }

  /** Hits in the order in which they were found; none for a search that is not kept any more. */
  hits(id: SearchId, from: number, count: number): readonly SearchHit[] {
    return this.#searches.get(id)?.hits(from, count) ?? []
  }

  /** The state in which a search ends. @throws FailureError `not-found` */
  async ended(id: SearchId): Promise<SearchState> {
    return await this.#get(id).ended
  }

  /** Cancels what still runs, and waits until nothing is open any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    const all = [...this.#searches.values()]
    this.#searches.clear()
    for (const search of all) search.cancel()
    await Promise.allSettled(all.map(async ({ left }) => await left))
  }

  #get(id: SearchId): RunningSearch {
    const search = this.#searches.get(id)
    if (search === undefined) throw new FailureError({ code: 'not-found', kind: 'search', id })
    return search
  }
}
