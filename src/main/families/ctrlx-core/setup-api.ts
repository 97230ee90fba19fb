import { FailureError } from '../../../shared/failure.ts'
import { z } from '../../../shared/schema.ts'
import {
  createOptionsSchema,
  historySchema,
  setupTaskSchema,
  setupTasksSchema,
  setupsSchema,
  type HistoryEntry,
  type SetupTask,
} from './answers.ts'
import type { Answer, CtrlxClient } from './client.ts'
import { taskIdOf } from './location.ts'
import { stateOf, type DeviceTask } from './task.ts'

/** The interface "Backup & Restore" of the app `rexroth-setup`. Absent on devices older than about 1.16. */
export const setupPrefix = '/setup/api/v1'

/** True where the device has the interface. */
export async function hasSetup(client: CtrlxClient, signal: AbortSignal): Promise<boolean> {
  return (await client.readIfThere(`${setupPrefix}/tasks`, z.unknown(), signal, [404])) !== undefined
}

/** Which parts this login may read; `undefined` on devices that do not tell. */
export async function readCreateOptions(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  return await client.readIfThere(`${setupPrefix}/createoptions`, createOptionsSchema, signal)
}

/** The JSON part of a backup as it would be now; `undefined` on devices that do not tell. */
export async function readSetupInfo(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  return await client.readIfThere(`${setupPrefix}/setupinfo`, createOptionsSchema, signal)
}

/**
 * Starts a backup on the device and gives the id of its task. Goes over the connection of the last question alone: on
 * a new one it may be another device that is made to work.
 * @throws FailureError `device-refused` (409 while another task runs), `rights-missing`, `unexpected-answer`
 */
export async function createSetup(
  client: CtrlxClient,
  options: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<string> {
  const path = `${setupPrefix}/create`
  const answer = await client.change({
    method: 'POST',
    path,
    json: options,
    onConnection: client.connection,
    signal,
  })
  const id = taskOf(client, answer, setupPrefix)
  if (id !== undefined) return id
  const { address } = client
  throw new FailureError({ code: 'unexpected-answer', address, request: `POST ${path}`, detail: 'no task' })
}

/** The task that an answer's `Location` names on this device. */
export function taskOf(client: CtrlxClient, answer: Answer, prefix: string): string | undefined {
  return taskIdOf(answer.location, prefix, client.address.replace(/^https:\/\//, ''))
}

/** A task; `undefined` where the device does not know it (any more). */
export async function readTask(
  client: CtrlxClient,
  id: string,
  signal: AbortSignal,
): Promise<DeviceTask | undefined> {
  const path = `${setupPrefix}/tasks/${id}`
  const task = await client.readIfThere(path, setupTaskSchema, signal, [404])
  return task && asTask(task)
}

/** All tasks that the device knows, with their ids. */
export async function readTasks(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<readonly (DeviceTask & { readonly id: string })[]> {
  const tasks = await client.readIfThere(`${setupPrefix}/tasks`, setupTasksSchema, signal, [404])
  return (tasks ?? []).map((task) => ({ ...asTask(task), id: task.id ?? '' }))
}

function asTask({ state, progress, action, error, fileName, protocol }: SetupTask): DeviceTask {
  return {
    state: stateOf(state, progress),
    percent: progress ?? undefined,
    action: action ?? undefined,
    error: error ?? undefined,
    fileName: fileName ?? undefined,
    protocol: protocol ?? [],
  }
}

/** Sizes of the backup files on the device by name; a size is absent on devices older than 3.6. */
export async function readSetups(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number | undefined>> {
  const { setups } = await client.read(`${setupPrefix}/setups`, setupsSchema, signal)
  return new Map(setups.map(({ fileName, size }) => [fileName, size ?? undefined]))
}

/** A restore that the device remembers. */
export interface PastRestore extends HistoryEntry {
  /** The device's own clock, in milliseconds since 1970. */
  readonly at: number
}

/** Restores of the past, the newest first; `undefined` on devices that keep no history. */
export async function readHistory(
  client: CtrlxClient,
  signal: AbortSignal,
): Promise<readonly PastRestore[] | undefined> {
  const history = await client.readIfThere(`${setupPrefix}/history`, historySchema, signal, [404])
  return history?.historyEntries
    .map((entry) => ({ ...entry, at: Date.parse(entry.timestamp) }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => b.at - a.at)
}
