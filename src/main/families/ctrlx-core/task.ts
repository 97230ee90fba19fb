import { FailureError } from '../../../shared/failure.ts'
import type { ProtocolLine } from '../../../shared/model/restore.ts'
import { mayPass } from '../../transport/retry.ts'
import type { ReportProgress } from '../family.ts'
import { refusedStatus, taskFailure } from './problem.ts'
import { now, pause, type Timing } from './timing.ts'

/** A task of either interface, in one shape. */
export interface DeviceTask {
  /** `finishing`: the device says 100 % and no state; observed for a while before it says `done`. */
  readonly state: 'pending' | 'running' | 'finishing' | 'done' | 'failed'
  readonly percent: number | undefined
  readonly action: string | undefined
  readonly error: string | undefined
  readonly fileName: string | undefined
  readonly protocol: readonly ProtocolLine[]
}

/** The state of an answer in which it may be missing. */
export function stateOf(
  state: 'pending' | 'running' | 'done' | 'failed' | null | undefined,
  percent: number | null | undefined,
): DeviceTask['state'] {
  return state ?? (percent === 100 ? 'finishing' : 'running')
}

export interface FollowOptions {
  readonly address: string
  /** What a person is told that the device was doing. */
  readonly name: string
  readonly timing: Timing
  readonly signal: AbortSignal
  readonly onProgress: ReportProgress
  /** Asked while a task is `finishing`: true where its result is there to be fetched. */
  readonly isFinished: () => Promise<boolean>
}

/**
 * Looks at a task until it has ended well.
 * @throws FailureError `device-task-failed`, `device-task-stalled`, and what reading throws when it goes on
 */
export async function followTask(
  read: () => Promise<DeviceTask>,
  options: FollowOptions,
): Promise<DeviceTask> {
  const { address, name, timing, signal, onProgress } = options
  const began = now()
  const pulse = new Pulse()
  for (;;) {
    const task = await patiently(read, timing, signal)
    onProgress(progressOf(task, 'device-preparing'))
    if (task.state === 'failed') throw taskFailed(address, name, task)
    if (task.state === 'done') {
      // Whoever names an error has not done what was asked.
      if (task.error !== undefined && task.error !== '') throw taskFailed(address, name, task)
      return task
    }
    if (task.state === 'finishing' && (await options.isFinished())) return task
    const still = pulse.beat(task)
    const overdue = now() - began > timing.createLimitMs
    if (still > timing.stallMs || overdue) {
      const seconds = Math.round((overdue ? now() - began : still) / 1000)
      throw new FailureError({ code: 'device-task-stalled', address, task: name, seconds })
    }
    await pause(timing.pollMs, signal)
  }
}

/** Notices whether a task moves. */
export class Pulse {
  #seen = ''
  #movedAt = now()

  /** How long the task has not moved, in milliseconds. */
  beat({ state, percent, action, protocol }: DeviceTask): number {
    const seen = `${state}|${percent ?? ''}|${action ?? ''}|${protocol.length}`
    if (seen !== this.#seen) {
      this.#seen = seen
      this.#movedAt = now()
    }
    return now() - this.#movedAt
  }
}

/** A task as progress. */
export function progressOf(
  { percent, action }: DeviceTask,
  phase: 'device-preparing' | 'applying',
): Parameters<ReportProgress>[0] {
  return {
    phase,
    bytesDone: 0,
    ...(percent !== undefined && { percent }),
    ...(action !== undefined && action !== '' && { deviceStep: action.slice(0, 300) }),
  }
}

/** True for a failure that may be gone at the next try: of the line, or a gateway without its service. */
export function isPassing(error: unknown): boolean {
  return mayPass(error) || [502, 503, 504].includes(refusedStatus(error) ?? 0)
}

/** Repeats a call that only reads while the device is out of reach for a moment. */
async function patiently<T>(read: () => Promise<T>, timing: Timing, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read()
    } catch (error) {
      if (attempt >= timing.patience || signal.aborted || !isPassing(error)) throw error
      await pause(Math.min(timing.reachMaxMs, timing.reachMs * 2 ** (attempt - 1)), signal)
    }
  }
}

function taskFailed(address: string, name: string, { error, protocol }: DeviceTask): FailureError {
  const lines = worst(protocol).map(({ text }) => text)
  const detail = [...(error ? [error] : []), ...lines].slice(0, 10).join(' / ').slice(0, 1500)
  return taskFailure(address, name, detail === '' ? 'it gave no reason' : detail)
}

/** What the device means by a severity; the words are those of its protocol and of syslog. */
export function weightOf(severity: string): 'error' | 'warning' | 'information' {
  if (/^(error|critical|alert|emergency|fatal|severe)$/i.test(severity)) return 'error'
  if (/^(info|information|informational|debug|trace|notice)$/i.test(severity)) return 'information'
  // A word that is not known is rather looked at than passed over.
  return 'warning'
}

/** The lines above information. */
export function worst(protocol: readonly ProtocolLine[]): readonly ProtocolLine[] {
  return protocol.filter(({ severity }) => weightOf(severity) !== 'information')
}
