import { FailureError } from '../../../shared/failure.ts'
import { parseAddress } from '../../../shared/model/address.ts'
import type { DeviceFacts } from '../../../shared/model/device.ts'
import { connectToOneOf } from '../../transport/https.ts'
import type { ConnectRequest, DeviceSession, Family } from '../family.ts'
import { readAppFile } from './app-file.ts'
import { bridge } from './bridge.ts'
import { changeApp, endAppWork } from './change-app.ts'
import { CtrlxClient } from './client.ts'
import { observeRestore } from './observe.ts'
import { planRestore } from './plan.ts'
import { rules } from './rules.ts'
import { CtrlxSession } from './session.ts'
import { usualTiming, type Timing } from './timing.ts'

/** ctrlX CORE X3, X5, X7 and virtual over HTTPS: the Setup API, and the Backup API of the first generation. */
export function createCtrlxCore(changes: Partial<Timing> = {}): Family {
  const timing: Timing = { ...usualTiming, ...changes }
  return {
    id: 'ctrlx-core',
    protocol: 'https',
    login: 'needed',
    rules,
    checkFacts,
    stated: () => ({}),
    connect: async (request) => await connect(request, timing),
    planRestore,
    restore: {
      kind: 'automatic',
      observe: async (request) => await observeRestore(request, timing),
    },
    bridge,
    apps: {
      readFile: readAppFile,
      change: async (request) => await changeApp(request, timing),
      end: async (request) => await endAppWork(request, timing),
    },
  }
}

async function connect(request: ConnectRequest, timing: Timing): Promise<DeviceSession> {
  const { device, credentials, fingerprints, signal } = request
  if (credentials?.kind !== 'password') {
    throw new FailureError({ code: 'credentials-needed', device: device.name })
  }
  const { link, fingerprint } = await connectToOneOf({
    address: parseAddress(device.address, 'https'),
    fingerprints,
    signal,
  })
  try {
    const client = await CtrlxClient.logIn(link, credentials, timing, signal)
    return new CtrlxSession(client, fingerprint, timing)
  } catch (error) {
    await link[Symbol.asyncDispose]()
    throw error
  }
}

function checkFacts(facts: DeviceFacts): DeviceFacts {
  const [stranger] = Object.keys(facts)
  if (stranger === undefined) return facts
  throw new FailureError({ code: 'bad-input', field: stranger, reason: 'is not a fact of a ctrlX device' })
}
