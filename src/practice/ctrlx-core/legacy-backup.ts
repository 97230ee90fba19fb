import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from './answer.ts'
import { accepted, json, noContent } from './answer.ts'
import type { Device, VolatileTask } from './device.ts'
import { readForm } from './form.ts'
import { diskFull, refuse } from './problem.ts'
import type { Call, Route } from './route.ts'
import { hasFullAccess, readJsonObject } from './route.ts'
import type { ApplyRequest } from './setup/applying.ts'
import { runApply } from './setup/apply-task.ts'
import { parseCreateOptions } from './setup/create-options.ts'
import { stamp, writeLegacyArchive } from './setup/create-task.ts'
import { findSetupTask, isBusy, startSetupTask } from './setup/setup-tasks.ts'

const service = '/backup/api/v1'
const passwordPattern = /^[a-zA-Z]+[\w\-.]*$/
const backupActions = ['Prepare', 'SaveSettings', 'SaveSnaps', 'Pack']

/** The older function: one tar of the whole device, always with a password. */
export const legacyBackupRoutes: readonly Route[] = (
  [
    { method: 'POST', pattern: `${service}/backup`, access: 'full', handle: backUp },
    { method: 'POST', pattern: `${service}/restore`, access: 'full', handle: restore },
    { method: 'GET', pattern: `${service}/archives/{id}`, access: 'full', handle: sendArchive },
    { method: 'GET', pattern: `${service}/backups`, access: 'login', handle: listBackups },
    { method: 'GET', pattern: `${service}/tasks`, access: 'login', handle: listTasks },
    { method: 'GET', pattern: `${service}/tasks/{id}`, access: 'login', handle: readTask },
  ] satisfies readonly Route[]
).map((route): Route => ({ ...route, exists: (profile) => profile.hasLegacyBackup }))

async function backUp(call: Call): Promise<Answer> {
  const { device, path } = call
  const { password, async: isAsync } = await readJsonObject(call)
  if (typeof password !== 'string' || password.length > 64 || !passwordPattern.test(password)) {
    throw refuse(400, path)
  }
  if (isOccupied(device)) throw refuse(409, path)
  const noRoom = device.faults.takeDevice('disk-full', (fault) => fault.task === 'create')
  if (noRoom !== undefined) throw diskFull(path, 'create')
  const options = parseCreateOptions({ $password: password }, hasFullAccess(call.session))
  if (options === undefined) throw refuse(500, path)
  dropArchives(device)
  const id = device.nextId()
  const target = archiveFile(device, id)
  if (isAsync !== true) {
    await writeLegacyArchive(device, options, target)
    return tarAnswer(target)
  }
  const task: VolatileTask = { id, action: 'backup', state: 'pending', progress: 0, parameters: {} }
  device.putTask('legacy', task)
  device.run(async () => {
    for (const index of backupActions.keys()) {
      await device.pace()
      device.putTask('legacy', {
        ...task,
        state: 'running',
        progress: index * 25,
        parameters: processOf(index),
      })
    }
    await writeLegacyArchive(device, options, target)
    device.putTask('legacy', { ...task, state: 'done', progress: 100, parameters: processOf(3) })
  })
  return accepted(202, `/tasks/${id}`)
}

async function restore(call: Call): Promise<Answer> {
  const { device, path } = call
  const form = await readForm(call.body.stream, call.headers, device.folders.temporary)
  const archive = form.files.get('archive')
  if (archive === undefined) throw refuse(400, path)
  if (isOccupied(device)) throw refuse(409, path)
  const request: ApplyRequest = {
    file: archive.path,
    fileName: archive.fileName,
    password: form.fields.get('password') ?? '',
    mode: 'restore',
    user: call.session?.user ?? '',
    isOwnCopy: true,
    wantsSameSystem: true,
  }
  const id = startSetupTask(device, 'apply', async (task) => runApply(device, task, request))
  device.witness.event('apply-accepted', { id, mode: 'restore', fileName: request.fileName })
  if (form.fields.get('async') === 'true') return accepted(202, `/tasks/${id}`)
  while (isBusy(device)) await device.pace()
  const end = findSetupTask(device, id)
  if (end?.state !== 'done') throw refuse(500, path, { dynamicDescription: end?.error ?? '' })
  return noContent()
}

function sendArchive({ device, params, path }: Call): Answer {
  const task = device.task('legacy', params['id'] ?? '')
  const file = archiveFile(device, params['id'] ?? '')
  if (task?.state !== 'done' || !existsSync(file)) throw refuse(404, path)
  return tarAnswer(file)
}

/** Copies on external media only, as the vendor says. */
function listBackups({ device }: Call): Answer {
  const paths = readdirSync(device.folders.media).flatMap((medium) =>
    readdirSync(join(device.folders.media, medium))
      .filter((name) => name.endsWith('.tar'))
      .map((name) => ({ path: `/media/${medium}/${name}` })),
  )
  return json(200, paths)
}

function listTasks({ device }: Call): Answer {
  return json(200, device.tasks('legacy').map(describe))
}

/** Restore tasks are those of the Setup function underneath. */
function readTask({ device, params, path }: Call): Answer {
  const id = params['id'] ?? ''
  const backup = device.task('legacy', id)
  if (backup !== undefined) return json(200, describe(backup))
  const applied = findSetupTask(device, id)
  if (applied === undefined) throw refuse(404, path)
  return json(200, {
    id,
    state: applied.state,
    progress: applied.progress,
    warnings: applied.protocol.filter(({ severity }) => severity !== 'INFO').map(({ message }) => message),
    ...(applied.error === undefined ? {} : { error: applied.error }),
    parameters: { process: 'restore', version: 'v1.0.0', state: applied.action },
  })
}

function describe(task: VolatileTask): Readonly<Record<string, unknown>> {
  return {
    id: task.id,
    state: task.state,
    progress: task.progress,
    actionIndex: Math.min(3, Math.floor(task.progress / 25)),
    actions: backupActions,
    warnings: [],
    parameters: task.parameters,
  }
}

function processOf(index: number): Readonly<Record<string, string>> {
  return { process: 'backup', version: 'v1.0.0', state: backupActions[index] ?? '' }
}

function isOccupied(device: Device): boolean {
  return (
    isBusy(device) || device.tasks('legacy').some(({ state }) => state === 'pending' || state === 'running')
  )
}

/** Lies below the temporary files: a start of the device forgets it together with its task. */
function archiveFile(device: Device, id: string): string {
  const name = createHash('sha256').update(id).digest('hex').slice(0, 16)
  return join(device.folders.temporary, `legacy-${name}.tar`)
}

function tarAnswer(path: string): Answer {
  const { size, mtime } = statSync(path)
  return {
    status: 200,
    headers: {
      'content-disposition': `attachment; filename="ctrlX-${stamp(mtime.toISOString()).replace('_', '-')}.tar"`,
    },
    body: { kind: 'file', path, start: 0, length: size, type: 'application/x-tar' },
  }
}

/** One archive is kept at a time. */
function dropArchives(device: Device): void {
  for (const name of readdirSync(device.folders.temporary)) {
    if (name.startsWith('legacy-')) rmSync(join(device.folders.temporary, name))
  }
}
