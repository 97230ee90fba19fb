import type { DeviceId } from '../model/device.ts'
import type { Result } from '../result.ts'
import type { EventName, EventPayload, RequestInput, RequestName, RequestOutput } from './contract.ts'

/**
 * What the preload puts into the window as `window.ferrite`: three functions, nothing else.
 * `importFiles` takes files a person dropped or chose; their places are read in the preload and go to main only.
 */
export interface FerriteApi {
  readonly request: <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ) => Promise<Result<RequestOutput<N>>>
  /** Calls `listener` on each event until the returned function is called. */
  readonly on: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => () => void
  /** Imports dropped files into the vault, as archives of a device where one is named; gives the ids of the jobs. */
  readonly importFiles: (files: readonly unknown[], deviceId?: DeviceId) => Promise<Result<readonly string[]>>
}
