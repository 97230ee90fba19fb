import type { Failure } from '../../shared/failure.ts'
import type { Result } from '../../shared/result.ts'

/** Something main was asked for. What was loaded once stays in sight while it is loaded again. */
export type Loaded<T> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly value: T }
  | { readonly phase: 'failed'; readonly failure: Failure }

export const loading: Loaded<never> = { phase: 'loading' }

/** The state after an answer. */
export function loadedFrom<T>(result: Result<T>): Loaded<T> {
  return result.ok ? { phase: 'ready', value: result.value } : { phase: 'failed', failure: result.failure }
}

/** The value where there is one. */
export function valueOf<T>(loaded: Loaded<T>): T | undefined {
  return loaded.phase === 'ready' ? loaded.value : undefined
}
