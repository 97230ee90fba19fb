import { FailureError } from '../../shared/failure.ts'
import { lineFailure } from './socket-failure.ts'
import { InputError } from './watched-input.ts'

/**
 * A request or command that came to no answer. `requestSent` is false only where it is certain that no byte of it
 * left this computer: the one fact that decides whether a changing call may have happened, and so whether it may be
 * sent (again).
 */
export class RequestError extends FailureError {
  readonly requestSent: boolean

  constructor(failure: FailureError, requestSent: boolean) {
    super(failure.failure, { cause: failure.cause ?? failure })
    this.requestSent = requestSent
  }
}

/**
 * What is thrown for a request that failed: what the input threw where that was the reason and is no failure of ours,
 * else a RequestError.
 */
export function requestError(error: unknown, about: RequestFacts): Error {
  const reason: unknown = error instanceof InputError ? error.cause : error
  if (error instanceof InputError && !(reason instanceof FailureError)) {
    return reason instanceof Error ? reason : error
  }
  const { address, phase, bytesDone, requestSent } = about
  return new RequestError(lineFailure(reason, address, phase, bytesDone), requestSent)
}

export interface RequestFacts {
  readonly address: string
  readonly phase: string
  readonly bytesDone: number
  readonly requestSent: boolean
}

/** True only where it is certain that nothing was sent; false for everything that is not known to be so. */
export function certainlyNotSent(error: unknown): boolean {
  return error instanceof RequestError && !error.requestSent
}
