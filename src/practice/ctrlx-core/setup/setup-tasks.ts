import type { ProtocolEntry, SetupTask } from '../device-state.ts'
import type { Device } from '../device.ts'

/** A setup task while it runs. Every step of it is in the device's file before the next one starts. */
export interface TaskProgress {
  readonly id: string
  readonly info: (message: string) => void
  readonly warning: (message: string) => void
  readonly error: (message: string) => void
  /** Goes to `progress`, says what is being done, and takes the time of one step. */
  readonly step: (progress: number, action: string) => Promise<void>
  readonly protocol: () => readonly ProtocolEntry[]
}

/** Ends a task that cannot go on; its message becomes the task's `error`. */
export class TaskFailure extends Error {}

/** True while a task occupies the device: the vendor refuses a second one with 409. */
export function isBusy(device: Device): boolean {
  return device.state.setupTasks.some(({ state }) => state === 'pending' || state === 'running')
}

/**
 * Starts a task and answers its id at once. `work` answers the name of the file it made, if any.
 * The device remembers the last ten tasks.
 */
export function startSetupTask(
  device: Device,
  kind: SetupTask['kind'],
  work: (progress: TaskProgress) => Promise<string | undefined>,
): string {
  const id = `${kind}_${device.nextId()}`
  const task: SetupTask = {
    id,
    kind,
    state: 'pending',
    progress: 0,
    action: '',
    error: undefined,
    fileName: undefined,
    protocol: [],
  }
  device.change({ setupTasks: [...device.state.setupTasks.slice(-9), task] })
  device.run(async () => {
    await runTask(device, task, work)
  })
  return id
}

/** The task of this id, or undefined when there is none or when it is to be forgotten. */
export function findSetupTask(device: Device, id: string): SetupTask | undefined {
  return device.state.setupTasks.find((task) => task.id === id)
}

async function runTask(
  device: Device,
  task: SetupTask,
  work: (progress: TaskProgress) => Promise<string | undefined>,
): Promise<void> {
  const progress = track(device, task.id)
  try {
    await device.pace()
    const failed = device.faults.takeDevice('task-failed', (fault) => fault.task === task.kind)
    if (failed !== undefined) throw new TaskFailure(failed.error)
    const fileName = await work(progress)
    update(device, task.id, { state: 'done', progress: 100, fileName })
  } catch (cause) {
    if (device.power.aborted) throw cause
    if (!(cause instanceof TaskFailure)) {
      device.witness.event('simulator-error', {
        message: cause instanceof Error ? cause.stack : String(cause),
      })
    }
    const error = cause instanceof Error ? cause.message : String(cause)
    if (progress.protocol().at(-1)?.message !== error) progress.error(error)
    update(device, task.id, { state: 'failed', error })
  }
  if (device.faults.takeDevice('task-gone', (fault) => fault.task === task.kind) !== undefined) {
    device.change({ setupTasks: device.state.setupTasks.filter(({ id }) => id !== task.id) })
  }
  const end = findSetupTask(device, task.id)
  device.witness.event('setup-task-ended', { id: task.id, state: end?.state ?? 'gone' })
}

function track(device: Device, id: string): TaskProgress {
  const line = (severity: ProtocolEntry['severity'], message: string): void => {
    const { protocol = [] } = findSetupTask(device, id) ?? {}
    update(device, id, { protocol: [...protocol, { severity, time: device.now(), message }] })
  }
  return {
    id,
    info: (message) => line('INFO', message),
    warning: (message) => line('WARNING', message),
    error: (message) => line('ERROR', message),
    protocol: () => findSetupTask(device, id)?.protocol ?? [],
    step: async (progress, action) => {
      update(device, id, { state: 'running', progress, action })
      await device.pace()
      const kind = findSetupTask(device, id)?.kind
      const stuck = device.faults.takeDevice(
        'task-stuck',
        (fault) => fault.task === kind && fault.progress <= progress,
      )
      if (stuck === undefined) return
      update(device, id, { progress: stuck.progress })
      await untilPowerOff(device)
    },
  }
}

function update(device: Device, id: string, changes: Partial<SetupTask>): void {
  device.change({
    setupTasks: device.state.setupTasks.map((task) => (task.id === id ? { ...task, ...changes } : task)),
  })
}

async function untilPowerOff(device: Device): Promise<never> {
  await new Promise<void>((resolve) => {
    device.power.addEventListener('abort', () => resolve(), { once: true })
  })
  throw new Error('the power went')
}
