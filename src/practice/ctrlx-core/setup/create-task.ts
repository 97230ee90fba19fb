import { readdirSync, rmSync, statSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Device } from '../device.ts'
import type { CreateOptions } from './create-options.ts'
import type { SetupContent } from './setup-document.ts'
import { collectSetup } from './setup-document.ts'
import { writeSetupJson, writeSetupTar, writeSetupZip } from './setup-archive.ts'
import type { TaskProgress } from './setup-tasks.ts'
import { TaskFailure } from './setup-tasks.ts'

/** Progress jumps, and it rests at a third for a while: what real tasks do. */
const steps: readonly (readonly [number, string])[] = [
  [0, 'preparing backup'],
  [5, 'reading settings'],
  [33, 'reading apps'],
  [33, 'reading apps'],
  [33, 'reading apps'],
  [66, 'reading configurations'],
  [95, 'writing file'],
]

/** Where a backup goes: the device itself, or a folder that stands for an external medium. */
export interface Destination {
  readonly folder: string
  readonly isOwn: boolean
}

/** Makes a backup file and answers its name. Nothing of the device changes but the file that it keeps. */
export async function runCreate(
  device: Device,
  task: TaskProgress,
  request: { readonly options: CreateOptions; readonly destination: Destination },
): Promise<string> {
  const { options, destination } = request
  task.info('Setup started')
  for (const [progress, action] of steps) await task.step(progress, action)
  const noRoom = device.faults.takeDevice(
    'disk-full',
    (fault) => fault.task === 'create' && fault.noticed === 'task',
  )
  if (noRoom !== undefined) throw new TaskFailure('0C641050: Not sufficient free memory')
  const content = collectSetup(device, options)
  const name = `${stamp(device.now())}_ctrlx-setup.${options.format}`
  await writeArchive(device, { content, options, target: join(destination.folder, name) })
  if (destination.isOwn) removeOthers(destination.folder, name)
  for (const app of device.state.apps) {
    if (!app.enabled) task.info(`App "${app.name}" is disabled and was left out`)
  }
  task.info('Setup finished')
  return name
}

/** `2022-03-28T07:27:47.123Z` as it stands in file names. */
export function stamp(time: string): string {
  return time.slice(0, 19).replace('T', '_').replaceAll(':', '-')
}

/** Writes the archive of the legacy function. */
export async function writeLegacyArchive(
  device: Device,
  options: CreateOptions,
  target: string,
): Promise<void> {
  await writeSetupTar(target, collectSetup(device, options), new Date(device.clock()))
}

async function writeArchive(
  device: Device,
  request: { readonly content: SetupContent; readonly options: CreateOptions; readonly target: string },
): Promise<void> {
  const { content, options, target } = request
  const staging = device.temporaryFile(basename(target))
  if (options.format === 'json') await writeSetupJson(staging, content)
  else await writeSetupZip(staging, content, new Date(device.clock()))
  const { size } = statSync(staging)
  if (size > device.freeBytes) {
    rmSync(staging)
    throw new TaskFailure('0C641050: Not sufficient free memory')
  }
  renameSync(staging, target)
}

function removeOthers(folder: string, keep: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== keep) rmSync(join(folder, name))
  }
}
