import { packageTaskSchema } from './answers.ts'
import type { Answer, CtrlxClient } from './client.ts'
import { taskOf } from './setup-api.ts'
import { readPackages, type Package } from './system-api.ts'
import { stateOf, type DeviceTask } from './task.ts'

export const packagePrefix = '/package-manager/api/v1'

/** An app as the package manager lists it; `undefined` where it is not installed or the device tells no apps. */
export async function readPackage(
  client: CtrlxClient,
  app: string,
  signal: AbortSignal,
): Promise<Package | undefined> {
  const packages = await readPackages(client, signal)
  return packages?.find(({ name, installed }) => name === app && installed !== false)
}

/** A task; `undefined` where the device does not know it (any more). */
export async function readPackageTask(
  client: CtrlxClient,
  id: string,
  signal: AbortSignal,
): Promise<DeviceTask | undefined> {
  const path = `${packagePrefix}/tasks/${id}`
  const task = await client.readIfThere(path, packageTaskSchema, signal, [404])
  if (!task) return undefined
  const { title, detail, dynamicDescription, mainDiagnosisCode, detailedDiagnosisCode } = task.result ?? {}
  const words = [title, detail, dynamicDescription, mainDiagnosisCode, detailedDiagnosisCode]
  return {
    state: stateOf(task.state, task.progress),
    percent: task.progress ?? undefined,
    action: task.action ?? undefined,
    error: words.filter((word) => word !== undefined && word !== '').join('. ') || undefined,
    fileName: undefined,
    protocol: [],
  }
}

/** The id of the task that an upload was answered with. */
export function uploadTaskOf(client: CtrlxClient, answer: Answer): string | undefined {
  return taskOf(client, answer, packagePrefix)
}

/** Has the device restart. Sent once. */
export async function restartDevice(client: CtrlxClient, signal: AbortSignal): Promise<void> {
  await client.change({ method: 'POST', path: '/system/api/v1/tasks', json: { action: 'reboot' }, signal })
}
