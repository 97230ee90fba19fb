import type { Departure } from '../../../src/practice/ctrlx-core/departures.ts'
import type { Violation } from './referee.ts'

/** Whether the simulator announced this very difference. */
export function isDeparture(departure: Departure, violation: Violation): boolean {
  return (
    departure.part === violation.part &&
    departure.method === violation.method &&
    departure.path === violation.path &&
    (departure.status === undefined || departure.status === violation.status) &&
    (departure.detail === undefined || departure.detail.test(violation.detail))
  )
}
