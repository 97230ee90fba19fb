import { createStore } from 'zustand/vanilla'
import type { RefusedList } from '../../shared/ipc/requests/refused-requests.ts'
import type { Result } from '../../shared/result.ts'
import { loadedFrom, loading, type Loaded } from './loaded.ts'

interface RefusedState {
  readonly refused: Loaded<RefusedList>
}

/** The vault's refused files as main last told them. */
export const refusedStore = createStore<RefusedState>(() => ({ refused: loading }))

/** Takes over main's answer. */
export function applyRefused(result: Result<RefusedList>): void {
  refusedStore.setState({ refused: loadedFrom(result) })
}
