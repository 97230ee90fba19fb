import { FailureError } from '../../../shared/failure.ts'
import type {
  Difference,
  ProtocolLine,
  RestoreOptions,
  RestoreOutcome,
} from '../../../shared/model/restore.ts'
import type { Observation, ObserveRequest } from '../family.ts'
import { readSetupFile } from './archive.ts'
import { expectedFrom, haveSameSettings, isSameState, type Expected } from './compare.ts'
import { followRestore, type Ending } from './follow-restore.ts'
import { bringStateBack } from './bring-state-back.ts'
import { Lifeline, remarkOf, type Remark } from './lifeline.ts'
import { readBack, type ReadBack } from './read-back.ts'
import { withoutKept } from './kept-elements.ts'
import { interfaceFor, type Baseline } from './restore.ts'
import { parseHandle } from './restore-handle.ts'
import { CtrlxSession } from './session.ts'
import type { SetupFile } from './setup-file.ts'
import { weightOf } from './task.ts'
import type { Timing } from './timing.ts'

/** See `AutomaticRestore.observe`. Rejects with `cancelled` alone. */
export async function observeRestore(request: ObserveRequest, timing: Timing): Promise<Observation> {
  const { session, reconnect, limitMs, restore } = request
  const { signal, onProgress } = restore
  await using lifeline = new Lifeline({
    session,
    reconnect,
    signal,
    limitMs,
    timing,
    onOutage: () => {
      onProgress({ phase: 'waiting-for-device', bytesDone: 0 })
    },
  })
  try {
    return await observe(lifeline, request, timing)
  } catch (error) {
    if (signal.aborted)
      throw new FailureError({ code: 'cancelled', phase: 'waiting-for-device' }, { cause: error })
    // Whatever else went wrong here, what became of the device is simply not known.
    return observation('unknown', nothingSaid, [], [remarkOf(error)])
  }
}

const nothingSaid = { protocol: [], errorCount: 0, warningCount: 0 } as const

async function observe(lifeline: Lifeline, request: ObserveRequest, timing: Timing): Promise<Observation> {
  const { restore, before } = request
  const { archive: opened, signal, options, onProgress } = restore
  const { keep } = options
  const archive = withoutKeptElements(await readSetupFile(opened, signal), keep)
  const baseline = baselineOf(request)
  const safetySettings = await settingsOf(request)
  const ending = await follow(lifeline, request, timing)
  if (ending.kind === 'lost') {
    const remarks = [ending.remark, ...addressRemarks(ending.remark, archive)]
    return observation('unknown', ending, [], remarks)
  }
  onProgress({ phase: 'verifying', bytesDone: 0 })
  const isDone = ending.kind === 'done'
  // The device may still be about to reboot after it has called its task done.
  if (isDone) await lifeline.pause(timing.settleMs)
  const expected = archive ?? expectedFrom(restore.record.source)
  const now = await readBack(lifeline, {
    expected,
    document: archive?.document,
    before,
    settingsBefore: keep.length > 0 ? (baseline?.settings ?? safetySettings) : undefined,
    keep,
    mode: options.mode,
    agreeMs: isDone ? timing.agreeMs : 0,
    timing,
  })
  if ('remark' in now) {
    return observation('unknown', ending, [], [now.remark, ...addressRemarks(now.remark, archive)])
  }
  const { outcome, differences, remarks } = isDone
    ? judgeNew(now, expected)
    : judgeOld(ending, now, request, safetySettings)
  onProgress({ phase: 'restoring-state', bytesDone: 0 })
  const stateRemarks = await bringStateBack(lifeline, {
    former: before.operatingState?.value,
    // A device that may be half old, half new is not set in motion.
    maySwitch: outcome !== 'unknown',
    timing,
  })
  const keptRemarks = outcome === 'verified-old' ? [] : remarksOnKept(keep, baseline, now)
  return observation(outcome, ending, differences, [...remarks, ...keptRemarks, ...stateRemarks])
}

/** The archive as it was sent: without what is kept on the target. */
function withoutKeptElements(
  archive: SetupFile | undefined,
  keep: RestoreOptions['keep'],
): SetupFile | undefined {
  return archive && { ...archive, document: withoutKept(archive.document, keep) }
}

function remarksOnKept(
  keep: RestoreOptions['keep'],
  baseline: Baseline | undefined,
  { keptDifferences }: ReadBack,
): readonly Remark[] {
  if (keep.length === 0) return []
  const facts = { kept: keep.join(','), sha256: baseline?.derivedSha256 ?? '' }
  if (keptDifferences === undefined) return [{ remark: 'kept-not-compared', facts }]
  return [{ remark: keptDifferences.length === 0 ? 'kept-elements' : 'kept-differs', facts }]
}

function baselineOf({ session }: ObserveRequest): Baseline | undefined {
  return session instanceof CtrlxSession ? session.baseline : undefined
}

async function follow(lifeline: Lifeline, request: ObserveRequest, timing: Timing): Promise<Ending> {
  const { commitment, restore, before } = request
  const handle = commitment.kind === 'accepted' ? parseHandle(commitment.handle) : undefined
  const baseline = baselineOf(request)
  return await followRestore(lifeline, {
    via: handle?.via ?? interfaceFor(restore),
    taskId: handle?.taskId,
    baseline,
    after: handle?.after,
    fileName: restore.record.fileName,
    sentAfter: Date.parse(before.readAt),
    timing,
    onProgress: restore.onProgress,
  })
}

interface Judgement {
  readonly outcome: RestoreOutcome
  readonly differences: readonly Difference[]
  readonly remarks: readonly Remark[]
}

/** The device says done. It is believed only where device, system and apps agree with the archive. */
function judgeNew(
  { identityDifferences, settingDifferences, keptDifferences }: ReadBack,
  expected: Expected,
): Judgement {
  const differences = [...identityDifferences, ...(settingDifferences ?? []), ...(keptDifferences ?? [])]
  const unknown = (remark: string, facts: Remark['facts']): Judgement => ({
    outcome: 'unknown',
    differences,
    remarks: [{ remark, facts }],
  })
  if (identityDifferences.length > 0)
    return unknown('read-back-differs', { count: String(differences.length) })
  if (expected.apps === undefined && settingDifferences === undefined)
    return unknown('nothing-to-compare', {})
  const settings: readonly Remark[] =
    settingDifferences === undefined ? [{ remark: 'settings-not-compared', facts: {} }] : []
  return {
    outcome: 'verified-new',
    differences,
    remarks: [...settings, { remark: 'app-data-not-compared', facts: {} }],
  }
}

/**
 * The device never began, or says failed. It counts as old only where it gave no sign of having written anything
 * and everything that can be told is as it was: the data of apps cannot be seen from outside.
 */
function judgeOld(
  ending: Ending,
  now: ReadBack,
  { before }: ObserveRequest,
  safetySettings: SetupFile['document'] | undefined,
): Judgement {
  const remark: Remark =
    ending.kind === 'failed'
      ? { remark: 'task-failed', facts: { detail: ending.detail } }
      : { remark: 'never-begun', facts: {} }
  const isSame =
    isSameState(before, now.identity) &&
    before.operatingState?.value === now.identity.operatingState?.value &&
    (!safetySettings || !now.settings || haveSameSettings(safetySettings, now.settings))
  // A device that began and failed is believed only where it says why and shows its settings.
  const canTell =
    ending.kind === 'never-begun' ||
    (ending.kind === 'failed' &&
      ending.isExplained &&
      safetySettings !== undefined &&
      now.settings !== undefined)
  if (isSame && canTell && !hasWritten(ending.protocol)) {
    return { outcome: 'verified-old', differences: [], remarks: [remark] }
  }
  return { outcome: 'unknown', differences: now.identityDifferences, remarks: [remark] }
}

/** Lines that a device writes before it changes anything. Whatever else it says, it may have begun to write. */
const harmless = /start|begin|check|verif|validat|\bread|unpack|extract|password|schema|upload|decrypt/i
const changing =
  /writ|updat|install|switch|remov|delet|\bload|appl(y|ied)\b.*(setting|config)|restor(ed|ing) /i

function hasWritten(protocol: readonly ProtocolLine[]): boolean {
  return protocol.some(({ severity, text }) => {
    if (changing.test(text)) return true
    return weightOf(severity) === 'information' && !harmless.test(text)
  })
}

/** The settings that the safety backup holds. */
async function settingsOf({ safety, restore }: ObserveRequest): Promise<SetupFile['document'] | undefined> {
  if (!safety) return undefined
  try {
    return (await readSetupFile(safety, restore.signal))?.document
  } catch (error) {
    // A safety backup that cannot be read proves nothing, and hinders nothing either.
    if (error instanceof FailureError) return undefined
    throw error
  }
}

/** A device that is not found any more may have got the address that the archive names. */
function addressRemarks({ remark }: Remark, archive: SetupFile | undefined): readonly Remark[] {
  const mayHaveMoved = remark === 'device-not-back' && archive?.document['connectivity'] !== undefined
  return mayHaveMoved ? [{ remark: 'address-may-have-changed', facts: {} }] : []
}

function observation(
  outcome: RestoreOutcome,
  { protocol, errorCount, warningCount }: Pick<Ending, 'protocol' | 'errorCount' | 'warningCount'>,
  differences: readonly Difference[],
  remarks: readonly Remark[],
): Observation {
  return { outcome, protocol, errorCount, warningCount, differences, remarks }
}
