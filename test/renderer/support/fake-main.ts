import { FailureError, type Failure } from '../../../src/shared/failure.ts'
import type { FerriteApi } from '../../../src/shared/ipc/api.ts'
import type {
  EventName,
  EventPayload,
  RequestInput,
  RequestName,
  RequestOutput,
} from '../../../src/shared/ipc/contract.ts'
import { fail, succeed, type Result } from '../../../src/shared/result.ts'

/** What the fake answers; a request that a test did not foresee fails and is seen. */
export type Answers = {
  readonly [N in RequestName]?: (input: RequestInput<N>) => RequestOutput<N> | Promise<RequestOutput<N>>
}

/** One request as it arrived. */
export interface Asked {
  readonly name: RequestName
  readonly input: unknown
}

/** Stands in for the main process on the other side of the window's one door: answers, remembers, and sends events. */
export class FakeMain implements FerriteApi {
  readonly asked: Asked[] = []
  #answers: Answers
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>()

  constructor(answers: Answers) {
    this.#answers = answers
  }

  /** Replaces some answers. */
  answer(answers: Answers): void {
    this.#answers = { ...this.#answers, ...answers }
  }

  readonly request = async <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ): Promise<Result<RequestOutput<N>>> => {
    this.asked.push({ name, input })
    const answer = this.#answers[name]
    if (answer === undefined) return fail({ code: 'request-refused', reason: `no answer for ${name}` })
    try {
      return succeed(await answer(input))
    } catch (error) {
      if (error instanceof FailureError) return fail(error.failure)
      throw error
    }
  }

  readonly on = <N extends EventName>(
    name: N,
    listener: (payload: EventPayload<N>) => void,
  ): (() => void) => {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  readonly importFiles: FerriteApi['importFiles'] = () => Promise.resolve(succeed([]))

  /** Sends an event to the window. */
  send<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? [])
      (listener as (payload: EventPayload<N>) => void)(payload)
  }

  /** The inputs of all requests of this name, oldest first. */
  inputsOf<N extends RequestName>(name: N): readonly RequestInput<N>[] {
    return this.asked.filter((each) => each.name === name).map(({ input }) => input as RequestInput<N>)
  }
}

/** Makes an answer fail. */
export function failing(failure: Failure): () => never {
  return () => {
    throw new FailureError(failure)
  }
}
