import type { Cut } from './faults.ts'

/** The connection that a request came on. */
export interface Connection {
  /** Counted from 1 since the device was started. */
  readonly number: number
  /** Drops it without a goodbye. */
  readonly reset: () => void
  /** Closes it politely, in the middle of whatever it carried. */
  readonly end: () => void
}

/** Ends a connection the way a fault wants; `silence` leaves it open. */
export function endConnection(connection: Connection, how: Cut): void {
  if (how === 'reset') connection.reset()
  if (how === 'end') connection.end()
}
