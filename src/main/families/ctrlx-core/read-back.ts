import type { Identity } from '../../../shared/model/identity.ts'
import type { Difference } from '../../../shared/model/restore.ts'
import {
  identityDifferences,
  keptDifferences,
  settingDifferences,
  type Expected,
  type SetupDocument,
} from './compare.ts'
import { keptPart } from './kept-elements.ts'
import type { RestoreOptions } from '../../../shared/model/restore.ts'
import { readIdentity } from './identity.ts'
import type { Lifeline, Remark } from './lifeline.ts'
import { readSetupInfo } from './setup-api.ts'
import { now, type Timing } from './timing.ts'

/** The device as it is now. */
export interface ReadBack {
  readonly identity: Identity
  /** Absent on devices that do not tell their settings. */
  readonly settings: SetupDocument | undefined
  /** What must agree and does not: the device itself, its system, its apps. */
  readonly identityDifferences: readonly Difference[]
  /** Settings that are not as in the archive; absent where they cannot be compared. */
  readonly settingDifferences: readonly Difference[] | undefined
  /** What was to be kept and is not as before; absent where nobody knows what was there before. */
  readonly keptDifferences: readonly Difference[] | undefined
}

export interface ReadBackRequest {
  readonly expected: Expected
  /** The settings of the archive; absent for a legacy archive, whose inside is not known. */
  readonly document: SetupDocument | undefined
  readonly before: Identity
  /** The settings before the restore, where they are known. */
  readonly settingsBefore: SetupDocument | undefined
  readonly keep: RestoreOptions['keep']
  readonly mode: 'merge' | 'replace'
  /** How long to wait for apps to come up until the device agrees, in milliseconds. */
  readonly agreeMs: number
  readonly timing: Timing
}

/** Reads the device back and compares it with the archive, again and again until it agrees or the time is over. */
export async function readBack(
  lifeline: Lifeline,
  request: ReadBackRequest,
): Promise<ReadBack | { readonly remark: Remark }> {
  const { expected, document, before, settingsBefore, keep, mode, agreeMs, timing } = request
  const began = now()
  for (;;) {
    const read = await lifeline.reach(async (client, signal) => ({
      identity: await readIdentity(client, signal),
      settings: await readSetupInfo(client, signal),
    }))
    if (!read.reached) return { remark: read.remark }
    const { identity, settings } = read.value
    const found = {
      identity,
      settings,
      identityDifferences: identityDifferences(expected, before, identity, mode),
      settingDifferences: document && settings && settingDifferences(document, settings),
      keptDifferences:
        settingsBefore &&
        settings &&
        keptDifferences(keptPart(settingsBefore, keep), keptPart(settings, keep)),
    }
    const agrees = [found.identityDifferences, found.settingDifferences, found.keptDifferences].every(
      (differences) => (differences ?? []).length === 0,
    )
    if (agrees || now() - began >= agreeMs) return found
    await lifeline.pause(timing.pollMs)
  }
}
