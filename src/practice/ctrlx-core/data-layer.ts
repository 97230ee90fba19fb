import { json, noContent } from './answer.ts'
import type { Answer } from './answer.ts'
import type { OperatingState } from './device-state.ts'
import type { Device } from './device.ts'
import { refuse } from './problem.ts'
import type { Call, Route } from './route.ts'
import { isRecord, readJsonObject } from './route.ts'

const v2 = '/automation/api/v2/nodes'
const v1 = '/automation/api/v1'
const stateNode = 'scheduler/admin/state'

export const dataLayerRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${v2}/{node*}`, access: 'login', handle: readNode },
  { method: 'PUT', pattern: `${v2}/{node*}`, access: 'full', handle: writeNode },
  {
    method: 'PUT',
    pattern: `${v1}/{node*}`,
    access: 'full',
    exists: (profile) => !profile.reportsInstallationId,
    handle: writeNodeV1,
  },
]

/** Brings the device into another operating state, which takes a few steps. */
export async function switchState(device: Device, target: OperatingState): Promise<void> {
  if (device.state.operatingState === target) return
  device.isSwitching = true
  try {
    await device.pace()
    device.change({ operatingState: target })
    device.witness.event('operating-state', { state: target })
  } finally {
    device.isSwitching = false
  }
}

function readNode({ device, params, path }: Call): Answer {
  const node = params['node'] ?? ''
  const data = nodeData(device, node)
  if (data === undefined) throw refuse(404, path)
  return json(200, data)
}

function nodeData(device: Device, node: string): Readonly<Record<string, unknown>> | undefined {
  switch (node) {
    case stateNode:
      return { type: 'object', value: { state: device.state.operatingState } }
    case `${stateNode}/switching`:
      return { type: 'bool8', value: device.isSwitching }
    case 'framework/metrics/system/cpu-utilisation-percent':
      return { type: 'double', value: 12.5 }
    case 'framework/metrics/system/memused-percent':
      return { type: 'double', value: 41 }
    case 'framework/metrics/system/memtotal-mb':
      return { type: 'double', value: device.model.memoryBytes / 1_048_576 }
    default:
      return undefined
  }
}

async function writeNode(call: Call): Promise<Answer> {
  const { value } = await readJsonObject(call)
  return requestState(call, isRecord(value) ? value['state'] : undefined)
}

/** The older form has the bare value as its body. */
async function writeNodeV1(call: Call): Promise<Answer> {
  const { state } = await readJsonObject(call)
  return requestState(call, state)
}

async function requestState(call: Call, wanted: unknown): Promise<Answer> {
  if (call.params['node'] !== stateNode) throw refuse(404, call.path)
  const target = (['OPERATING', 'SETUP', 'SERVICE'] as const).find((state) => state === wanted)
  if (target === undefined) throw refuse(400, call.path)
  await switchState(call.device, target)
  return noContent()
}
