import { FailureError } from '../../../shared/failure.ts'
import type { ProtocolLine } from '../../../shared/model/restore.ts'
import type { ReportProgress } from '../family.ts'
import type { CtrlxClient } from './client.ts'
import type { Lifeline, Remark } from './lifeline.ts'
import { listTasks, type Baseline } from './restore.ts'
import type { Interface } from './restore-handle.ts'
import { readLegacyTask } from './backup-api.ts'
import { readHistory, readTask, type PastRestore } from './setup-api.ts'
import { readSystemInfo } from './system-api.ts'
import { progressOf, Pulse, weightOf, type DeviceTask } from './task.ts'
import { now, type Timing } from './timing.ts'

/**
 * What the device itself says became of a restore. `lost`: it does not say. A failure is explained where the device
 * named its reason and was not started anew since, so that its protocol can be taken for whole.
 */
export type Ending = {
  readonly protocol: readonly ProtocolLine[]
  readonly errorCount: number
  readonly warningCount: number
} & (
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly detail: string; readonly isExplained: boolean }
  | { readonly kind: 'never-begun' }
  | { readonly kind: 'lost'; readonly remark: Remark }
)

export interface FollowRequest {
  readonly via: Interface
  /** Absent where the answer to the changing call was lost: then the task has to be found. */
  readonly taskId: string | undefined
  /** What the device knew before; absent after a restart of the app. */
  readonly baseline: Baseline | undefined
  /** The device's time of the newest restore before this one; absent where that is not known. */
  readonly after: number | undefined
  /** The name under which the file was sent. */
  readonly fileName: string
  /** When the device was last read before the changing call, in milliseconds since 1970 of this computer. */
  readonly sentAfter: number
  readonly timing: Timing
  readonly onProgress: ReportProgress
}

interface Sight {
  readonly task: DeviceTask | undefined
  readonly entry: PastRestore | undefined
  /** True where the device has been started anew since the changing call. */
  readonly hasRestarted: boolean
}

/** A device's clock may be wrong by so much before its times are of no use. */
const clockToleranceMs = 2 * 60_000

/** Devices count their uptime in whole seconds. */
const uptimeSlackSeconds = 2

/** Written last by the device; seen on 4.6. */
const endMarker = /device restore finished/i

/**
 * Looks at the device until it says what became of the restore. Reads only. A task may be forgotten in a reboot;
 * then the history of restores tells, if it names an end.
 */
export async function followRestore(lifeline: Lifeline, request: FollowRequest): Promise<Ending> {
  const { timing, onProgress } = request
  const pulse = new Pulse()
  const entryPulse = new Pulse()
  let protocol: readonly ProtocolLine[] = []
  let isKnown = request.taskId !== undefined
  let missingSince: number | undefined
  for (;;) {
    const sight = await lifeline.reach((client, signal) => look(client, request, signal))
    if (!sight.reached) return ending(protocol, { kind: 'lost', remark: sight.remark })
    const { task, entry, hasRestarted } = sight.value
    if (task) {
      isKnown = true
      missingSince = undefined
      if (task.protocol.length >= protocol.length) protocol = task.protocol
      onProgress(progressOf(task, 'applying'))
      const ended = endOf(sight.value, task, protocol)
      if (ended) return ended
      const stillMs = pulse.beat(task)
      if (stillMs > timing.stallMs) {
        const minutes = String(Math.round(stillMs / 60_000))
        return ending(protocol, { kind: 'lost', remark: { remark: 'task-stalled', facts: { minutes } } })
      }
    } else if (entry) {
      if (hasEnded(entry) || entryPulse.beat(asTask(entry)) > timing.quietMs)
        return byHistory(entry, protocol)
    } else {
      missingSince ??= now()
      const waitMs = isKnown ? 2 * timing.quietMs : timing.quietMs
      if (now() - missingSince > waitMs) {
        return isKnown || hasRestarted
          ? ending(protocol, { kind: 'lost', remark: { remark: 'task-lost', facts: {} } })
          : ending(protocol, { kind: 'never-begun' })
      }
    }
    await lifeline.pause(timing.pollMs)
  }
}

/** One look: the task, and where it is gone or about to end, the history. */
async function look(client: CtrlxClient, request: FollowRequest, signal: AbortSignal): Promise<Sight> {
  const task = await findTask(client, request, signal)
  const needsHistory = task?.state !== 'pending' && task?.state !== 'running' && request.via === 'setup'
  const history = needsHistory ? await readKnownHistory(client, request, signal) : undefined
  const entry = history && ownEntry(history, request)
  const asksForRestart = task ? task.state === 'failed' : !entry
  const hasRestarted = asksForRestart && (await wasRestarted(client, request, signal))
  return { task, entry, hasRestarted }
}

/** The history. A device that had one before and has none now is not up yet. */
async function readKnownHistory(
  client: CtrlxClient,
  { after, baseline }: FollowRequest,
  signal: AbortSignal,
): Promise<readonly PastRestore[] | undefined> {
  const history = await readHistory(client, signal)
  if (history || (after ?? baseline?.after) === undefined) return history
  const { address } = client
  throw new FailureError({
    code: 'unexpected-answer',
    address,
    request: 'GET history',
    detail: 'there was one before the restore',
  })
}

async function findTask(
  client: CtrlxClient,
  { via, taskId, baseline, fileName }: FollowRequest,
  signal: AbortSignal,
): Promise<DeviceTask | undefined> {
  if (taskId !== undefined) {
    return via === 'setup'
      ? await readTask(client, taskId, signal)
      : await readLegacyTask(client, taskId, signal)
  }
  const tasks = await listTasks(client, via, signal)
  return tasks.find(({ id, action, state, fileName: name }) => {
    const words = `${id} ${action ?? ''}`
    if (/create|backup/i.test(words) && name !== fileName) return false
    // Without a baseline an ended task may be one of an earlier restore; the history will tell by its time.
    return baseline ? !baseline.taskIds.has(id) : state === 'pending' || state === 'running'
  })
}

/** The entry of this restore: newer than what was there before, or within the time in which it must have been made. */
function ownEntry(history: readonly PastRestore[], request: FollowRequest): PastRestore | undefined {
  const after = request.after ?? request.baseline?.after
  const candidates =
    after === undefined
      ? history.filter(
          ({ at }) => at >= request.sentAfter - clockToleranceMs && at <= Date.now() + clockToleranceMs,
        )
      : history.filter(({ at }) => at > after)
  const sameName = candidates.find(({ fileName }) => fileName === request.fileName)
  return sameName ?? (after === undefined ? undefined : candidates[0])
}

async function wasRestarted(
  client: CtrlxClient,
  { sentAfter }: FollowRequest,
  signal: AbortSignal,
): Promise<boolean> {
  const uptime = (await readSystemInfo(client, signal))?.uptime
  return uptime !== undefined && (uptime + uptimeSlackSeconds) * 1000 < Date.now() - sentAfter
}

function endOf(
  { entry, hasRestarted }: Sight,
  task: DeviceTask,
  protocol: readonly ProtocolLine[],
): Ending | undefined {
  const named = task.error ?? ''
  const lines = named === '' ? protocol : [...protocol, { severity: 'ERROR', text: named }]
  if (task.state === 'failed') {
    const detail = named === '' ? lastError(protocol) : named
    const isExplained = lines.length > 0 && !hasRestarted
    return ending(lines, { kind: 'failed', detail, isExplained })
  }
  const isDone = task.state === 'done'
  // At 100 % without a state, the device's last line or its history is the end.
  const isFinished = task.state === 'finishing' && (entry !== undefined || hasMarker(protocol))
  if (!isDone && !isFinished) return undefined
  return entry ? byHistory(entry, lines) : ending(lines, { kind: 'done' })
}

function byHistory(entry: PastRestore, protocol: readonly ProtocolLine[]): Ending {
  const log = entry.log ?? []
  const { errorCount, warningCount, ...rest } = ending(log.length > protocol.length ? log : protocol, {
    kind: 'done',
  })
  return {
    ...rest,
    errorCount: Math.max(errorCount, entry.errorCount),
    warningCount: Math.max(warningCount, entry.warningCount),
  }
}

function hasEnded({ log }: PastRestore): boolean {
  return hasMarker(log ?? [])
}

function hasMarker(protocol: readonly ProtocolLine[]): boolean {
  return protocol.some(({ text }) => endMarker.test(text))
}

/** A history entry as something that moves or not. */
function asTask({ log, errorCount, warningCount }: PastRestore): DeviceTask {
  const action = `${errorCount}/${warningCount}`
  return {
    state: 'running',
    percent: undefined,
    action,
    error: undefined,
    fileName: undefined,
    protocol: log ?? [],
  }
}

function lastError(protocol: readonly ProtocolLine[]): string {
  return protocol.findLast(({ severity }) => weightOf(severity) === 'error')?.text ?? 'it gave no reason'
}

type How =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly detail: string; readonly isExplained: boolean }
  | { readonly kind: 'never-begun' }
  | { readonly kind: 'lost'; readonly remark: Remark }

function ending(protocol: readonly ProtocolLine[], how: How): Ending {
  const count = (weight: string): number =>
    protocol.filter(({ severity }) => weightOf(severity) === weight).length
  return { protocol, errorCount: count('error'), warningCount: count('warning'), ...how }
}
