import { createStore } from 'zustand/vanilla'
import {
  standingOf,
  type DamagedProcedure,
  type Procedure,
  type ProcedureId,
} from '../../shared/model/procedure.ts'
import type { Result } from '../../shared/result.ts'
import { loadedFrom, loading, type Loaded } from './loaded.ts'

/** Every guided restore that can be read, the newest first, and the files that cannot. */
export interface ProcedureList {
  readonly procedures: readonly Procedure[]
  readonly damaged: readonly DamagedProcedure[]
}

interface ProceduresState {
  readonly list: Loaded<ProcedureList>
  /** The same procedures by id; empty while nothing is loaded. */
  readonly byId: ReadonlyMap<ProcedureId, Procedure>
}

/** The guided restores as main last told them. */
export const proceduresStore = createStore<ProceduresState>(() => ({ list: loading, byId: new Map() }))

/** Takes over main's answer. */
export function applyProcedures(result: Result<ProcedureList>): void {
  const list = loadedFrom(result)
  proceduresStore.setState({ list, byId: byIdOf(list) })
}

/** Takes over one procedure: a new one, or one whose state has changed. */
export function applyProcedure(procedure: Procedure): void {
  proceduresStore.setState(({ list }) => {
    const { procedures, damaged } = list.phase === 'ready' ? list.value : { procedures: [], damaged: [] }
    const isKnown = procedures.some(({ id }) => id === procedure.id)
    const next = isKnown
      ? procedures.map((each) => (each.id === procedure.id ? procedure : each))
      : [procedure, ...procedures]
    const changed: Loaded<ProcedureList> = { phase: 'ready', value: { procedures: next, damaged } }
    return { list: changed, byId: byIdOf(changed) }
  })
}

/** How many cannot go on without a person. */
export function waitingForPerson({ byId }: ProceduresState): number {
  const kinds: readonly string[] = ['for-you', 'failed', 'unclear']
  return [...byId.values()].filter((procedure) => kinds.includes(standingOf(procedure).kind)).length
}

function byIdOf(list: Loaded<ProcedureList>): ProceduresState['byId'] {
  const procedures = list.phase === 'ready' ? list.value.procedures : []
  return new Map(procedures.map((procedure) => [procedure.id, procedure]))
}
