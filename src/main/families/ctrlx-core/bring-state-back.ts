import type { CtrlxClient } from './client.ts'
import type { Lifeline, Remark } from './lifeline.ts'
import { canSwitchTo, readOperatingState, switchOperatingState } from './operating-state.ts'
import { now, pause, type Timing } from './timing.ts'

export interface BringBackRequest {
  /** The operating state before the restore, where it was known. */
  readonly former: string | undefined
  /** False where the device is to be left as it is, only said. */
  readonly maySwitch: boolean
  readonly timing: Timing
}

/**
 * Brings a device that a restore left in SERVICE back to its former operating state. The call is sent at most
 * once; what came of it is said.
 */
export async function bringStateBack(
  lifeline: Lifeline,
  { former, maySwitch, timing }: BringBackRequest,
): Promise<readonly Remark[]> {
  if (former === undefined) return []
  const first = await lifeline.reach(readOperatingState)
  if (!first.reached || first.value === undefined) {
    return [{ remark: 'state-not-read', facts: { former } }]
  }
  const state = first.value
  if (state === former) return []
  const stays = (now: string): readonly Remark[] => [
    { remark: 'stays-in-service', facts: { state: now, former } },
  ]
  if (!maySwitch || !canSwitchTo(former)) return stays(state)
  let isSent = false
  const switched = await lifeline.reach(async (client, signal) => {
    if (isSent) return await waitForState(client, former, timing, signal)
    isSent = true
    await switchOperatingState(client, former, timing, signal)
    return former
  })
  if (switched.reached && switched.value === former) {
    return [{ remark: 'state-brought-back', facts: { from: state, to: former } }]
  }
  return stays((switched.reached ? switched.value : undefined) ?? state)
}

/** What the state is after the time that switching may take, or as soon as it is the wanted one. */
async function waitForState(
  client: CtrlxClient,
  wanted: string,
  timing: Timing,
  signal: AbortSignal,
): Promise<string | undefined> {
  const began = now()
  for (;;) {
    const state = await readOperatingState(client, signal)
    if (state === wanted || now() - began > timing.switchMs) return state
    await pause(timing.pollMs, signal)
  }
}
