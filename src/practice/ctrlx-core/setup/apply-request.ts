import { renameSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '../answer.ts'
import { accepted } from '../answer.ts'
import type { Device } from '../device.ts'
import type { Form } from '../form.ts'
import { readForm } from '../form.ts'
import { diskFull, refuse } from '../problem.ts'
import type { Call } from '../route.ts'
import { matchesPassword } from '../secrets.ts'
import type { ApplyRequest } from './applying.ts'
import { runApply } from './apply-task.ts'
import { fileOnMedium } from './setup-places.ts'
import { element, openSetup } from './setup-source.ts'
import { isBusy, startSetupTask } from './setup-tasks.ts'

/** Takes a setup and starts the task that applies it. */
export async function applyRoute(call: Call): Promise<Answer> {
  const form = await readApplyForm(call)
  try {
    return await acceptSetup(call, form)
  } catch (refusal) {
    for (const file of form.files.values()) rmSync(file.path, { force: true })
    throw refusal
  }
}

async function acceptSetup(call: Call, form: Form): Promise<Answer> {
  const { device, path } = call
  if (isBusy(device)) throw refuse(409, path, { dynamicDescription: 'Another task is running' })
  const request = readRequest(call, form)
  const noRoom = device.faults.takeDevice(
    'disk-full',
    (fault) => fault.task === 'apply' && fault.noticed === 'request',
  )
  if (noRoom !== undefined || uploadBytes(form) > device.freeBytes) throw diskFull(path, 'apply')
  if (device.options.wrongPassword === 'refused' && !(await isRightPassword(device, request))) {
    throw refuse(400, path, { dynamicDescription: 'Password is incorrect' })
  }
  const kept = { ...request, file: keepUpload(device, request) }
  const id = startSetupTask(device, 'apply', async (task) => runApply(device, task, kept))
  device.witness.event('apply-accepted', { id, mode: kept.mode, fileName: kept.fileName })
  return accepted(201, `/tasks/${id}`)
}

async function readApplyForm(call: Call): Promise<Form> {
  try {
    return await readForm(call.body.stream, call.headers, call.device.folders.temporary)
  } catch (cause) {
    if (!call.body.isComplete) throw cause
    throw refuse(400, call.path, { dynamicDescription: 'The form is malformed' })
  }
}

/** The vendor's rules: either a file or a path; `options` excludes `password` and `mode`. */
function readRequest(call: Call, form: Form): ApplyRequest {
  const { device, path } = call
  const upload = form.files.get('setup')
  const medium = form.fields.get('path')
  const mode = form.fields.get('mode')
  const password = form.fields.get('password')
  const hasOptions = form.files.has('options') || form.fields.has('options')
  const bad = (dynamicDescription: string): Error => refuse(400, path, { dynamicDescription })
  if ((upload === undefined) === (medium === undefined)) throw bad('Either setup or path is required')
  if (hasOptions && (mode !== undefined || password !== undefined)) {
    throw bad('options cannot be used together with password or mode')
  }
  if (device.profile.hasApplyMode && mode !== undefined && mode !== 'merge' && mode !== 'restore') {
    throw bad('mode is not valid')
  }
  const file = upload?.path ?? fileOnMedium(call, medium ?? '')
  if (file === undefined) throw bad('path is not on an external medium')
  return {
    file,
    fileName: upload?.fileName ?? medium ?? '',
    password: password ?? '',
    mode: device.profile.hasApplyMode && mode === 'restore' ? 'restore' : 'merge',
    user: call.session?.user ?? '',
    isOwnCopy: upload !== undefined,
    wantsSameSystem: false,
  }
}

/** Before 4.4 an uploaded file takes the place of the one backup that the device keeps, and stays there. */
function keepUpload(device: Device, request: ApplyRequest): string {
  if (!request.isOwnCopy || device.profile.isGuarded) return request.file
  const name = request.fileName.replaceAll(/[^\w.-]/g, '_')
  const { setups } = device.folders
  for (const other of readdirSync(setups)) rmSync(join(setups, other))
  renameSync(request.file, join(setups, name))
  return join(setups, name)
}

async function isRightPassword(device: Device, request: ApplyRequest): Promise<boolean> {
  const folder = device.temporaryFile('look')
  try {
    const { document } = await openSetup(request.file, folder)
    const hash = element(document, '$passwordHash')
    return typeof hash !== 'string' || matchesPassword(request.password, hash)
  } catch {
    // A file that cannot be read is the task's to report.
    return true
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function uploadBytes(form: Form): number {
  return [...form.files.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
