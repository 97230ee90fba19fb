import { FailureError } from '../../../shared/failure.ts'
import { z } from '../../../shared/schema.ts'
import type { ProtocolLine } from '../../../shared/model/restore.ts'
import { legacyTaskSchema, legacyTasksSchema, type LegacyTask } from './answers.ts'
import type { CtrlxClient } from './client.ts'
import { taskOf } from './setup-api.ts'
import { stateOf, type DeviceTask } from './task.ts'

/** The first generation of backups: one tar of the whole device, always with a password. */
export const legacyPrefix = '/backup/api/v1'

const passwordPattern = /^[a-zA-Z]+[\w\-_.]*$/

/** True where the device has the interface. */
export async function hasLegacy(client: CtrlxClient, signal: AbortSignal): Promise<boolean> {
  return (await client.readIfThere(`${legacyPrefix}/tasks`, z.unknown(), signal, [404])) !== undefined
}

/**
 * The password as this interface takes it.
 * @throws FailureError `bad-input`
 */
export function legacyPassword(password: string | undefined): string {
  const refuse = (reason: string): never => {
    throw new FailureError({ code: 'bad-input', field: 'password', reason })
  }
  if (password === undefined || password === '') {
    return refuse('is empty, and this device makes no backup without a password')
  }
  if (password.length > 64 || !passwordPattern.test(password)) {
    return refuse(
      'must begin with a letter and hold at most 64 letters, digits, dots, hyphens and underscores',
    )
  }
  return password
}

/**
 * Starts a backup and gives the id of its task.
 * @throws FailureError `device-refused`, `rights-missing`, `unexpected-answer`
 */
export async function createLegacyBackup(
  client: CtrlxClient,
  password: string,
  signal: AbortSignal,
): Promise<string> {
  const path = `${legacyPrefix}/backup`
  const json = { password, includesnaps: true, async: true, download: true }
  const onConnection = client.connection
  const answer = await client.change({ method: 'POST', path, json, onConnection, signal })
  const id = taskOf(client, answer, legacyPrefix)
  if (id !== undefined) return id
  const { address } = client
  throw new FailureError({ code: 'unexpected-answer', address, request: `POST ${path}`, detail: 'no task' })
}

/** A task; `undefined` where the device does not know it (any more). */
export async function readLegacyTask(
  client: CtrlxClient,
  id: string,
  signal: AbortSignal,
): Promise<DeviceTask | undefined> {
  const path = `${legacyPrefix}/tasks/${id}`
  const task = await client.readIfThere(path, legacyTaskSchema, signal, [404])
  return task && asTask(task)
}

/** All tasks that the device knows, with their ids; only restores where it says which are. */
export async function readLegacyRestores(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<readonly (DeviceTask & { readonly id: string })[]> {
  const tasks = await client.readIfThere(`${legacyPrefix}/tasks`, legacyTasksSchema, signal, [404])
  return (tasks ?? [])
    .filter(({ parameters }) => (parameters?.process ?? 'restore') === 'restore')
    .map((task) => ({ ...asTask(task), id: task.id ?? '' }))
}

function asTask({ state, progress, actions, actionIndex, error, warnings }: LegacyTask): DeviceTask {
  const warning = (text: string): ProtocolLine => ({ severity: 'WARNING', text })
  return {
    state: stateOf(state, progress),
    percent: progress ?? undefined,
    action: actions?.[actionIndex ?? 0],
    error: error ?? undefined,
    fileName: undefined,
    protocol: (warnings ?? []).map(warning),
  }
}
