import type { Failure } from './failure.ts'

/** Either a value or the one reason why there is none. Crosses process borders as plain data. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** Wraps a value as a success. */
export function succeed<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** Wraps a failure as a result. */
export function fail(failure: Failure): Result<never> {
  return { ok: false, failure }
}
