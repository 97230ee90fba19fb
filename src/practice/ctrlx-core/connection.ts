import type { Connection } from '../connections.ts'
import type { Cut } from './faults.ts'

/** Ends a connection the way a fault wants; `silence` leaves it open. */
export function endConnection(connection: Connection, how: Cut): 'over' | 'open' {
  if (how === 'silence') return 'open'
  if (how === 'reset') connection.reset()
  else connection.end()
  return 'over'
}
