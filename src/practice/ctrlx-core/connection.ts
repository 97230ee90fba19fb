import type { Cut } from './faults.ts'

/** The connection that a request came on. */
export interface Connection {
  /** Counted from 1 since the device was started. */
  readonly number: number
  /** Drops it without a goodbye. */
  readonly reset: () => void
  /** Closes it politely, in the middle of whatever it carried, after these last bytes. */
  readonly end: (lastBytes?: string) => void
}

/** Ends a connection the way a fault wants; `silence` leaves it open. */
export function endConnection(connection: Connection, how: Cut): 'over' | 'open' {
  if (how === 'silence') return 'open'
  if (how === 'reset') connection.reset()
  else connection.end()
  return 'over'
}
