import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import type { HistoryEntry } from '../device-state.ts'
import type { Device } from '../device.ts'
import { matchesPassword } from '../secrets.ts'
import { applyApps, changesApps } from './apply-apps.ts'
import { applyConfigurations } from './apply-configurations.ts'
import { applyCertificates, applySettings, applyUsers } from './apply-settings.ts'
import { switchState } from '../data-layer.ts'
import type { ApplyRequest, Applying } from './applying.ts'
import type { SetupSource } from './setup-source.ts'
import { element, openSetup } from './setup-source.ts'
import type { TaskProgress } from './setup-tasks.ts'
import { TaskFailure } from './setup-tasks.ts'

/**
 * Applies a setup. The device changes on disk step by step, so that power lost in between leaves what a real
 * one would show. A task that is done may hold ERROR lines: single apps and certificates that were refused.
 */
export async function runApply(
  device: Device,
  task: TaskProgress,
  request: ApplyRequest,
): Promise<undefined> {
  let document: unknown
  try {
    task.info('Device restore started')
    await task.step(0, 'reading setup')
    const folder = device.temporaryFile('setup')
    try {
      const source = await openSource(request.file, folder)
      document = source.document
      checkPassword(source, request.password)
      if (request.wantsSameSystem) checkSystem(source, device)
      await applyAll({ device, task, source, request })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    for (const line of device.faults.takeDevice('protocol-errors')?.lines ?? []) task.error(line)
    task.info('Device restore finished')
    if (request.isOwnCopy && device.profile.isGuarded) rmSync(request.file, { force: true })
  } catch (cause) {
    if (cause instanceof TaskFailure) task.error(cause.message)
    throw cause
  } finally {
    if (!device.power.aborted) writeHistory(device, task, { request, document })
  }
  return undefined
}

function writeHistory(device: Device, task: TaskProgress, applied: Applied): void {
  const entry = historyEntry(device, task, applied)
  device.change({ history: [...device.state.history, entry] })
  device.witness.event('apply-ended', { id: task.id, errors: entry.errorCount })
}

async function applyAll(applying: Applying): Promise<void> {
  const { device, task } = applying
  const noRoom = device.faults.takeDevice(
    'disk-full',
    (fault) => fault.task === 'apply' && fault.noticed === 'task',
  )
  if (noRoom !== undefined) throw new TaskFailure('0C641050: Not sufficient free memory')
  const appsChange = changesApps(applying)
  device.witness.event('apply-changes-begin', { id: task.id, appsChange })
  if (appsChange) {
    await task.step(10, 'switching state')
    task.info('Switching to SETUP state')
    await switchState(device, 'SETUP')
    task.info('Switching to SERVICE state')
    await switchState(device, 'SERVICE')
  }
  await task.step(20, 'writing settings')
  applySettings(applying)
  applyUsers(applying)
  applyCertificates(applying)
  await task.step(40, 'writing configurations')
  applyConfigurations(applying)
  if (device.faults.takeDevice('half-applied') !== undefined) {
    device.witness.event('apply-half', { id: task.id })
    throw new TaskFailure('080F0452: Restore failed completely')
  }
  for (let reboot = rebootsOf(applying); reboot > 0; reboot -= 1) {
    task.info('Rebooting device')
    await task.step(50, 'rebooting')
    await device.reboot()
  }
  if (appsChange) await applyApps(applying)
  await task.step(95, 'finishing')
}

async function openSource(file: string, folder: string): Promise<SetupSource> {
  try {
    return await openSetup(file, folder)
  } catch (cause) {
    throw new TaskFailure(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function checkPassword(source: SetupSource, password: string): void {
  const hash = element(source.document, '$passwordHash')
  if (typeof hash === 'string' && !matchesPassword(password, hash))
    throw new TaskFailure('Password is incorrect')
}

function checkSystem(source: SetupSource, { model, profile }: Device): void {
  const architecture = element(source.document, 'systemInfo', 'Architecture')
  const osVersion = element(source.document, 'systemInfo', 'OsVersion')
  if (architecture !== model.architecture) throw new TaskFailure('Processor architecture differs')
  if (osVersion !== profile.osVersion) throw new TaskFailure('System version differs')
}

function rebootsOf({ device, source }: Applying): number {
  const forced = element(source.document, '$forceReboot') === true ? 1 : 0
  return Math.max(forced, device.options.rebootsDuringApply ?? 0)
}

interface Applied {
  readonly request: ApplyRequest
  /** The JSON of the setup, if it could be read. */
  readonly document: unknown
}

function historyEntry(device: Device, task: TaskProgress, applied: Applied): HistoryEntry {
  const text = (name: string): string => {
    const value = element(applied.document, name)
    return typeof value === 'string' ? value : ''
  }
  return {
    id: String(device.state.history.length + 1),
    timestamp: device.now(),
    fileName: basename(applied.request.fileName),
    errorCount: countOf(task, 'ERROR'),
    warningCount: countOf(task, 'WARNING'),
    name: text('$name'),
    version: text('$version'),
    user: applied.request.user,
    log: task.protocol(),
  }
}

function countOf(task: TaskProgress, severity: 'ERROR' | 'WARNING'): number {
  return task.protocol().filter((line) => line.severity === severity).length
}
