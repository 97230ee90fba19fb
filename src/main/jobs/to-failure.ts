import { randomUUID } from 'node:crypto'
import { FailureError, type Failure } from '../../shared/failure.ts'

/** Takes what was not foreseen, with its stack, under an incident id. */
export type IncidentLog = (incident: string, error: unknown) => void

/**
 * Makes the one function that turns what was thrown into a failure. Aborts become `cancelled`; what nobody foresaw
 * becomes `unexpected` with an incident id, and its stack goes to the log, never to the person or over IPC.
 */
export function createToFailure(log: IncidentLog): (error: unknown) => Failure {
  return (error) => {
    if (error instanceof FailureError) return error.failure
    if (error instanceof Error && error.name === 'AbortError') {
      return error.cause instanceof FailureError
        ? error.cause.failure
        : { code: 'cancelled', phase: 'running' }
    }
    const incident = randomUUID().slice(0, 8)
    log(incident, error)
    return { code: 'unexpected', incident }
  }
}
