import { FailureError } from '../../../shared/failure.ts'
import { parseAddress } from '../../../shared/model/address.ts'
import type { DeviceFacts } from '../../../shared/model/device.ts'
import { connectToOneOf } from '../../transport/https.ts'
import type { ConnectRequest, DeviceSession, Family } from '../family.ts'
import { NodeRedClient } from './client.ts'
import { observeRestore } from './observe.ts'
import { planRestore } from './plan.ts'
import { rules } from './rules.ts'
import { NodeRedSession } from './session.ts'
import { usualTiming, type Timing } from './timing.ts'

/** Node-RED over its admin API, over HTTPS alone (docs/decisions/node-red-over-tls.md). */
export function createNodeRed(changes: Partial<Timing> = {}): Family {
  const timing: Timing = { ...usualTiming, ...changes }
  return {
    id: 'node-red',
    protocol: 'https',
    login: 'optional',
    rules,
    checkFacts,
    stated: () => ({}),
    connect: async (request) => await connect(request, timing),
    planRestore,
    restore: {
      kind: 'automatic',
      observe: async (request) => await observeRestore(request, timing),
    },
  }
}

async function connect(request: ConnectRequest, timing: Timing): Promise<DeviceSession> {
  const { device, credentials, fingerprints, signal } = request
  const { link, fingerprint } = await connectToOneOf({
    address: parseAddress(device.address, 'https'),
    fingerprints,
    signal,
  })
  try {
    const client = await NodeRedClient.logIn(link, {
      deviceName: device.name,
      adminRoot: device.facts['adminRoot'] ?? '',
      credentials,
      logoutMs: timing.logoutMs,
      signal,
    })
    return new NodeRedSession(client, { deviceName: device.name, fingerprint, timing })
  } catch (error) {
    await link[Symbol.asyncDispose]()
    throw error
  }
}

/** `adminRoot`: `httpAdminRoot` of settings.js, or the path under which a proxy offers the editor. */
function checkFacts({ adminRoot = '', ...others }: DeviceFacts): DeviceFacts {
  const [stranger] = Object.keys(others)
  if (stranger !== undefined) {
    throw new FailureError({ code: 'bad-input', field: stranger, reason: 'is not a fact of a Node-RED' })
  }
  const path = adminRoot.trim().replace(/\/+$/, '')
  if (path === '') return {}
  if (/^(\/[A-Za-z0-9._~-]+)+$/.test(path) && !/\/\.{1,2}(\/|$)/.test(path)) return { adminRoot: path }
  throw new FailureError({ code: 'bad-input', field: 'adminRoot', reason: 'is not a path such as /red' })
}
