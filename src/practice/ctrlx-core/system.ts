import { json, noContent } from './answer.ts'
import type { Answer } from './answer.ts'
import type { VolatileTask } from './device.ts'
import { typePlate } from './models.ts'
import type { TypePlate } from './models.ts'
import { refuse } from './problem.ts'
import type { Call, Route } from './route.ts'
import { readJsonObject } from './route.ts'
import { osVersionOf } from './system-apps.ts'

const service = '/system/api/v1'

export const systemRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${service}/info`, access: 'open', handle: readInformation },
  { method: 'GET', pattern: `${service}/typeplate`, access: 'open', handle: readTypePlate },
  { method: 'GET', pattern: `${service}/hostname`, access: 'open', handle: readHostname },
  { method: 'PUT', pattern: `${service}/hostname`, access: 'full', handle: writeHostname },
  { method: 'GET', pattern: `${service}/characteristics`, access: 'login', handle: readCharacteristics },
  { method: 'GET', pattern: `${service}/tasks`, access: 'login', handle: listTasks },
  { method: 'POST', pattern: `${service}/tasks`, access: 'full', handle: startTask },
  { method: 'GET', pattern: `${service}/tasks/{id}`, access: 'login', handle: readTask },
  { method: 'DELETE', pattern: `${service}/tasks/{id}`, access: 'full', handle: dropTask },
]

/** The device's type plate as it is now. */
export function typePlateOf({ device }: Pick<Call, 'device'>): TypePlate {
  return typePlate(device.model, device.state.identity, device.profile.versions.deviceAdmin)
}

function readInformation({ device }: Call): Answer {
  const { profile, model, state } = device
  return json(200, {
    hostname: state.hostname,
    operatingSystem: profile.operatingSystem,
    osVersion: profile.osVersion,
    architecture: model.architecture,
    macAddress: state.identity.macAddresses[0] ?? '',
    macAddresses: state.identity.macAddresses,
    virtualized: model.isVirtual,
    uptime: device.uptimeSeconds,
    ...(profile.reportsInstallationId ? { installationId: state.identity.installationId } : {}),
    ...(profile.reportsOsVersion ? { ctrlxOsVersion: osVersionOf(state.apps) } : {}),
  })
}

function readTypePlate(call: Call): Answer {
  return json(200, typePlateOf(call))
}

function readHostname({ device }: Call): Answer {
  return json(200, { hostname: device.state.hostname })
}

async function writeHostname(call: Call): Promise<Answer> {
  const { hostname } = await readJsonObject(call)
  if (typeof hostname !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(hostname)) {
    throw refuse(400, call.path)
  }
  call.device.change({ hostname })
  return noContent()
}

function readCharacteristics({ device }: Call): Answer {
  const { model } = device
  return json(200, {
    cpu: {
      architecture: model.snapArchitecture,
      model: model.cpu,
      cores: { total: 4, isolated: [3], online: [0, 1, 2, 3] },
    },
    system: {
      virtualized: model.isVirtual,
      hardwareVendor: 'Bosch Rexroth',
      tpm: model.isVirtual ? 'none' : 'discrete',
      security: {
        integrityDegraded: false,
        secureBoot: !model.isVirtual,
        fullDiskEncryption: !model.isVirtual,
      },
      imageUpdateCapable: false,
    },
    memory: { total: model.memoryBytes, swap: 0 },
    storage: [{ type: 'emmc', device: 'mmcblk0', size: model.diskBytes, removable: false, role: 'system' }],
  })
}

function listTasks({ device }: Call): Answer {
  return json(200, device.tasks('system').map(describe))
}

function readTask({ device, params, path }: Call): Answer {
  const task = device.task('system', params['id'] ?? '')
  if (task === undefined) throw refuse(404, path)
  return json(200, describe(task))
}

function dropTask({ device, params, path }: Call): Answer {
  if (!device.dropTask('system', params['id'] ?? '')) throw refuse(404, path)
  return noContent()
}

/** Accepts a reboot or a shutdown, and lets the answer out before the device goes down. */
async function startTask(call: Call): Promise<Answer> {
  const { device, path } = call
  const { action } = await readJsonObject(call)
  if (action !== 'reboot' && action !== 'shutdown') throw refuse(400, path)
  if (device.tasks('system').some(({ state }) => state === 'pending')) throw refuse(409, path)
  const id = device.nextId()
  const task = device.putTask('system', { id, action, state: 'pending', progress: 0, parameters: {} })
  device.run(async () => {
    await device.pace()
    if (action === 'shutdown') device.faults.inject({ effect: 'no-return' })
    await device.reboot()
  })
  return json(201, describe(task), { location: `${service}/tasks/${id}` })
}

function describe({ id, action, state, progress }: VolatileTask): Readonly<Record<string, unknown>> {
  return { id, action, state, progress, parameters: {} }
}
