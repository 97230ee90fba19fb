import { rmSync } from 'node:fs'
import type { Answer } from './answer.ts'
import { accepted, json, noContent } from './answer.ts'
import { readAppFile } from './app-file.ts'
import { installApp, installProblem, isInstallFailure, setAppEnabled, uninstallApp } from './apps.ts'
import type { AppState } from './device-state.ts'
import type { Device, VolatileTask } from './device.ts'
import { readForm } from './form.ts'
import { diskFull, problem, refuse } from './problem.ts'
import type { Call, Route } from './route.ts'
import { isRecord, readJsonObject } from './route.ts'

const service = '/package-manager/api/v1'
const steps = [10, 33, 50, 90]

export const packageManagerRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${service}/packages`, access: 'login', handle: listPackages },
  { method: 'POST', pattern: `${service}/packages`, access: 'full', handle: uploadPackage },
  { method: 'GET', pattern: `${service}/packages/{id}`, access: 'login', handle: readPackage },
  { method: 'GET', pattern: `${service}/tasks`, access: 'login', handle: listTasks },
  { method: 'POST', pattern: `${service}/tasks`, access: 'full', handle: startTask },
  { method: 'GET', pattern: `${service}/tasks/{id}`, access: 'login', handle: readTask },
  { method: 'GET', pattern: `${service}/settings`, access: 'login', handle: readSettings },
  { method: 'PUT', pattern: `${service}/settings`, access: 'full', handle: writeSettings },
  { method: 'GET', pattern: `${service}/information`, access: 'login', handle: readInformation },
]

function listPackages({ device }: Call): Answer {
  return json(200, device.state.apps.map(describeApp))
}

function readPackage({ device, params, path }: Call): Answer {
  const app = device.state.apps.find(({ name }) => `snap_${name}` === params['id'])
  if (app === undefined) throw refuse(404, path)
  return json(200, describeApp(app))
}

function describeApp(app: AppState): Readonly<Record<string, unknown>> {
  return {
    id: `snap_${app.name}`,
    name: app.name,
    title: app.title,
    description: app.description,
    vendor: app.vendor,
    icon: `${service}/packages/snap_${app.name}/icon`,
    type: 'snap',
    installed: true,
    appType: app.appType,
    updateBehavior: app.updateBehavior,
    base: app.base,
    required: app.required,
    enabled: app.enabled,
    release: {
      version: app.version,
      location: `/var/lib/snapd/snaps/${app.name}_1.snap`,
      base: app.base,
      issuer: app.vendor,
      signed: true,
    },
  }
}

/** Takes an app file. The vendor wants SERVICE for that, and `update` for an app that is there already. */
async function uploadPackage(call: Call): Promise<Answer> {
  const { device, path } = call
  const form = await readForm(call.body.stream, call.headers, device.folders.temporary).catch(() => undefined)
  const file = form?.files.get('file')
  if (form === undefined || file === undefined) throw refuse(400, path)
  if (file.sizeBytes > device.freeBytes) throw diskFull(path, 'upload')
  if (device.state.operatingState !== 'SERVICE') {
    throw refuse(409, path, { dynamicDescription: "system must be in state 'SERVICE'" })
  }
  const app = await readAppFile(file.path)
  const isInstalled = device.state.apps.some(({ name }) => name === app?.name)
  const mayUpdate = form.fields.get('update') === 'true'
  if (isInstalled && !mayUpdate) throw refuse(400, path, { dynamicDescription: 'App is already installed' })
  const task = newTask(device, isInstalled ? 'update' : 'install', { id: `snap_${app?.name ?? 'unknown'}` })
  const work = async (): Promise<unknown> => {
    const result = await installApp(device, file.path)
    rmSync(file.path, { force: true })
    return isInstallFailure(result) ? problem(500, path, installProblem(result)) : undefined
  }
  follow(device, task, work, async () => interrupt(device, app?.name))
  return accepted(202, `/tasks/${task.id}`)
}

/** What an update of this app does to whoever is logged in. */
async function interrupt(device: Device, name: string | undefined): Promise<void> {
  const app = device.state.apps.find((each) => each.name === name)
  if (app?.updateBehavior === 'logout') device.sessions.clear()
  if (app?.updateBehavior === 'forcedReboot' && app.nextVersion !== undefined) await device.reboot()
}

async function startTask(call: Call): Promise<Answer> {
  const { device, path } = call
  const { action, parameters } = await readJsonObject(call)
  const id = isRecord(parameters) ? parameters['id'] : undefined
  const app = device.state.apps.find(({ name }) => `snap_${name}` === id)
  const change = typeof action === 'string' && app !== undefined ? changeFor(device, action, app) : undefined
  if (typeof action !== 'string' || typeof id !== 'string' || change === undefined) throw refuse(400, path)
  const task = newTask(device, action, { id })
  follow(device, task, async () => {
    change()
    return undefined
  })
  return json(201, describeTask(task), { location: `${service}/tasks/${task.id}` })
}

function changeFor(device: Device, action: string, app: AppState): (() => void) | undefined {
  switch (action) {
    case 'uninstall':
      return app.required ? undefined : () => uninstallApp(device, app.name)
    case 'enable':
      return () => setAppEnabled(device, app.name, true)
    case 'disable':
      return app.required ? undefined : () => setAppEnabled(device, app.name, false)
    case 'start':
    case 'stop':
    case 'restart':
      return () => undefined
    default:
      return undefined
  }
}

function newTask(device: Device, action: string, parameters: Readonly<Record<string, string>>): VolatileTask {
  return device.putTask('packages', {
    id: device.nextId(),
    action,
    state: 'pending',
    progress: 0,
    parameters,
  })
}

/** Runs a task through its steps; `work` answers the Problem it ended with, if any, and `after` comes once it has ended. */
function follow(
  device: Device,
  task: VolatileTask,
  work: () => Promise<unknown>,
  after: () => Promise<void> = () => Promise.resolve(),
): void {
  device.run(async () => {
    for (const progress of steps) {
      await device.pace()
      device.putTask('packages', { ...task, state: 'running', progress })
    }
    const result = await work()
    const end =
      result === undefined ? { state: 'done' as const, progress: 100 } : { state: 'failed' as const, result }
    device.putTask('packages', { ...task, progress: 90, ...end })
    device.witness.event('packages-changed', { action: task.action, ...task.parameters, state: end.state })
    await after()
  })
}

function listTasks({ device }: Call): Answer {
  return json(200, device.tasks('packages').map(describeTask))
}

function readTask({ device, params, path }: Call): Answer {
  const task = device.task('packages', params['id'] ?? '')
  if (task === undefined) throw refuse(404, path)
  return json(200, describeTask(task))
}

function describeTask({ error: _error, ...task }: VolatileTask): Readonly<Record<string, unknown>> {
  return task
}

function readSettings({ device }: Call): Answer {
  return json(200, device.state.packageSettings)
}

async function writeSettings(call: Call): Promise<Answer> {
  const { allowUnknownApps, purgeVersions } = await readJsonObject(call)
  const current = call.device.state.packageSettings
  call.device.change({
    packageSettings: {
      allowUnknownApps: typeof allowUnknownApps === 'boolean' ? allowUnknownApps : current.allowUnknownApps,
      purgeVersions: typeof purgeVersions === 'boolean' ? purgeVersions : current.purgeVersions,
    },
  })
  return noContent()
}

function readInformation({ device }: Call): Answer {
  return json(200, {
    remodelable: false,
    uefi: { updatable: false, currentVersion: device.model.isVirtual ? '' : '1.4.2' },
  })
}
