import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '../answer.ts'
import { accepted, json, noContent } from '../answer.ts'
import { diskFull, refuse } from '../problem.ts'
import type { Profile } from '../profiles.ts'
import type { Call, Route } from '../route.ts'
import { hasFullAccess, parseJson } from '../route.ts'
import { availableOptions, parseCreateOptions } from './create-options.ts'
import { runCreate } from './create-task.ts'
import { applyRoute } from './apply-request.ts'
import { service, setupFolder } from './setup-places.ts'
import { sendSetup, storeSetup } from './setup-transfer.ts'
import { collectSetup } from './setup-document.ts'
import { isBusy, startSetupTask } from './setup-tasks.ts'
import { listSetupTasks, readSetupTask } from './task-view.ts'

const hasSetupApi = (profile: Profile): boolean => profile.setupApi !== undefined
const fullWhenGuarded = (profile: Profile): 'full' | 'login' => (profile.isGuarded ? 'full' : 'login')

export const setupRoutes: readonly Route[] = (
  [
    { method: 'POST', pattern: `${service}/create`, access: 'login', handle: create },
    { method: 'GET', pattern: `${service}/createoptions`, access: 'login', handle: readCreateOptions },
    { method: 'POST', pattern: `${service}/apply`, access: 'full', handle: applyRoute },
    { method: 'GET', pattern: `${service}/setups`, access: 'login', handle: listSetups },
    { method: 'GET', pattern: `${service}/setups/{fileName}`, access: fullWhenGuarded, handle: sendSetup },
    { method: 'DELETE', pattern: `${service}/setups/{fileName}`, access: 'full', handle: deleteSetup },
    { method: 'GET', pattern: `${service}/history`, access: 'login', handle: listHistory },
    { method: 'GET', pattern: `${service}/history/{id}`, access: 'login', handle: readHistory },
    { method: 'DELETE', pattern: `${service}/history/{id}`, access: 'full', handle: deleteHistory },
    { method: 'GET', pattern: `${service}/tasks`, access: 'open', handle: listSetupTasks },
    { method: 'GET', pattern: `${service}/tasks/{id}`, access: 'open', handle: readSetupTask },
    {
      method: 'GET',
      pattern: `${service}/setupinfo`,
      access: 'login',
      exists: (profile) => profile.hasSetupInfo,
      handle: readSetupInfo,
    },
    {
      method: 'PUT',
      pattern: `${service}/setups/{fileName}`,
      access: 'full',
      exists: (profile) => profile.hasUploadAndOptions,
      handle: storeSetup,
    },
  ] satisfies readonly Route[]
).map((route: Route): Route => ({ ...route, exists: route.exists ?? hasSetupApi }))

async function create(call: Call): Promise<Answer> {
  const { device, path } = call
  const text = await call.body.text()
  const options = parseCreateOptions(text === '' ? {} : parseJson(text), hasFullAccess(call.session))
  const destination = setupFolder(call)
  if (options === undefined) throw refuse(400, path)
  if (isBusy(device)) throw refuse(409, path, { dynamicDescription: 'Another task is running' })
  const noRoom = device.faults.takeDevice(
    'disk-full',
    (fault) => fault.task === 'create' && fault.noticed === 'request',
  )
  if (noRoom !== undefined) throw diskFull(path, 'create')
  const id = startSetupTask(device, 'create', async (task) =>
    runCreate(device, task, { options, destination }),
  )
  return accepted(201, `/tasks/${id}`)
}

function readCreateOptions(call: Call): Answer {
  return json(200, availableOptions(hasFullAccess(call.session)))
}

function readSetupInfo(call: Call): Answer {
  const options = parseCreateOptions({ $format: 'json' }, hasFullAccess(call.session))
  if (options === undefined) throw refuse(500, call.path)
  return json(200, collectSetup(call.device, options).document)
}

function listSetups(call: Call): Answer {
  const { folder } = setupFolder(call)
  const setups = readdirSync(folder).map((fileName) => {
    if (!call.device.profile.listsSizeAndTime) return { fileName }
    const { size, mtime } = statSync(join(folder, fileName))
    return { fileName, size, modified: mtime.toISOString() }
  })
  return json(200, { setups })
}

function deleteSetup(call: Call): Answer {
  const { folder } = setupFolder(call)
  const name = readdirSync(folder).find((each) => each === call.params['fileName'])
  if (name === undefined) throw refuse(404, call.path)
  rmSync(join(folder, name))
  return noContent()
}

function listHistory({ device }: Call): Answer {
  return json(200, { historyEntries: device.state.history })
}

function readHistory({ device, params, path }: Call): Answer {
  const entry = device.state.history.find(({ id }) => id === params['id'])
  if (entry === undefined) throw refuse(404, path)
  return json(200, entry)
}

function deleteHistory({ device, params, path }: Call): Answer {
  const rest = device.state.history.filter(({ id }) => id !== params['id'])
  if (rest.length === device.state.history.length) throw refuse(404, path)
  device.change({ history: rest })
  return noContent()
}
