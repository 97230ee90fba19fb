import { fail, type Result } from '../shared/result.ts'
import type { DeviceId } from '../shared/model/device.ts'
import type { FerriteApi } from '../shared/ipc/api.ts'
import type {
  EventName,
  EventPayload,
  RequestInput,
  RequestName,
  RequestOutput,
} from '../shared/ipc/contract.ts'

declare global {
  interface Window {
    /** Put there by the preload: the one way out of the window. */
    readonly ferrite: FerriteApi
  }
}

/** The input of a request; nothing for requests that take nothing. */
type InputOf<N extends RequestName> =
  undefined extends RequestInput<N> ? readonly [] : readonly [input: RequestInput<N>]

/**
 * Asks main for something. Settles always, and never rejects: what goes wrong is in the result, with its facts.
 * No other file of the window, but `live.ts` through `listen`, speaks with main.
 */
export async function request<N extends RequestName>(
  name: N,
  ...[input]: InputOf<N>
): Promise<Result<RequestOutput<N>>> {
  try {
    // A request without input has the input `undefined`; the compiler cannot follow that through the rest argument.
    return await window.ferrite.request(name, input as RequestInput<N>)
  } catch (error) {
    // The channel itself failed: main has ended, or does not know the request.
    return fail({ code: 'request-refused', reason: error instanceof Error ? error.message : String(error) })
  }
}

/**
 * Imports files that a person dropped, as archives of a device where one is named; gives the ids of the import jobs.
 * Never rejects.
 */
export async function importFiles(
  files: readonly File[],
  deviceId?: DeviceId,
): Promise<Result<readonly string[]>> {
  try {
    return await window.ferrite.importFiles(files, deviceId)
  } catch (error) {
    return fail({ code: 'request-refused', reason: error instanceof Error ? error.message : String(error) })
  }
}

/** Calls `listener` on each event until the returned function is called. For `live.ts` only. */
export function listen<N extends EventName>(
  name: N,
  listener: (payload: EventPayload<N>) => void,
): () => void {
  return window.ferrite.on(name, listener)
}
