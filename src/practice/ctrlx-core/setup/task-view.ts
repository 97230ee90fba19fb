import type { Answer } from '../answer.ts'
import { json } from '../answer.ts'
import type { SetupTask } from '../device-state.ts'
import type { Device } from '../device.ts'
import { refuse } from '../problem.ts'
import type { Call } from '../route.ts'
import { hasFullAccess } from '../route.ts'
import { findSetupTask } from './setup-tasks.ts'

export function listSetupTasks(call: Call): Answer {
  return json(
    200,
    call.device.state.setupTasks.map((task) => view(call, task)),
  )
}

export function readSetupTask(call: Call): Answer {
  const task = findSetupTask(call.device, call.params['id'] ?? '')
  if (task === undefined) throw refuse(404, call.path)
  return json(200, withOddState(call.device, task, view(call, task)))
}

/** Since 4.4 only full access sees more than how far a task is; before, everybody saw everything. */
function view({ device, session }: Call, task: SetupTask): Readonly<Record<string, unknown>> {
  const { id, state, progress, action, error, fileName, protocol } = task
  const reduced = { id, state, progress }
  if (device.profile.isGuarded && !hasFullAccess(session)) return reduced
  return {
    ...reduced,
    ...(action === '' ? {} : { action }),
    ...(state === 'running' ? { eta: new Date(device.clock() + 60_000).toISOString() } : {}),
    ...(error === undefined ? {} : { error }),
    ...(fileName === undefined ? {} : { fileName }),
    protocol,
  }
}

/** The state that real devices sometimes show at the end. */
function withOddState(
  device: Device,
  task: SetupTask,
  shown: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (task.state !== 'done') return shown
  const odd = device.faults.takeDevice('task-state-null', (fault) => fault.task === task.kind)
  if (odd === undefined) return shown
  if (odd.polls > 1) device.faults.inject({ ...odd, polls: odd.polls - 1 })
  return { ...shown, state: null }
}
