import { FailureError } from '../../../shared/failure.ts'
import { stateNodeSchema, switchingNodeSchema } from './answers.ts'
import type { CtrlxClient } from './client.ts'
import { now, pause, type Timing } from './timing.ts'

const stateNode = '/automation/api/v2/nodes/scheduler/admin/state'
const switchingNode = `${stateNode}/switching`

/** The states that may be set. `PARTIAL_OPERATING` is one that a device only reports. */
const settable: readonly string[] = ['OPERATING', 'SETUP', 'SERVICE']

/** The operating state in the device's word; `undefined` where the device has no scheduler or keeps it from this login. */
export async function readOperatingState(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  return (await client.readIfThere(stateNode, stateNodeSchema, signal))?.value.state
}

/** True while the device is changing its operating state; false also where it does not tell. */
export async function isSwitching(client: CtrlxClient, signal: AbortSignal): Promise<boolean> {
  return (
    (await client.readIfThere(switchingNode, switchingNodeSchema, signal, [400, 403, 404]))?.value ?? false
  )
}

/** True for a state that a device can be brought to. */
export function canSwitchTo(state: string): boolean {
  return settable.includes(state)
}

/**
 * Brings the device to an operating state and waits until it is there.
 * @throws FailureError `device-refused`, `rights-missing`, `device-state` where it does not get there in time
 */
export async function switchOperatingState(
  client: CtrlxClient,
  state: string,
  timing: Timing,
  signal: AbortSignal,
): Promise<void> {
  await client.change({
    method: 'PUT',
    path: stateNode,
    json: { type: 'object', value: { state } },
    signal,
  })
  const began = now()
  for (;;) {
    const reached = await readOperatingState(client, signal)
    if (reached === state && !(await isSwitching(client, signal))) return
    if (now() - began > timing.switchMs) {
      throw new FailureError({
        code: 'device-state',
        address: client.address,
        state: reached ?? 'unknown',
        needed: state,
      })
    }
    await pause(timing.pollMs, signal)
  }
}
