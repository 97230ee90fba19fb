import { FailureError } from '../../../shared/failure.ts'
import { parseAddress } from '../../../shared/model/address.ts'
import type { Deadlines } from '../../transport/deadlines.ts'
import { connectSsh } from '../../transport/ssh.ts'
import type { Family } from '../family.ts'
import { madeAt } from './archive-name.ts'
import { bridge } from './bridge.ts'
import { checkFacts, stated } from './facts.ts'
import { planRestore } from './plan.ts'
import { deviceOnRules } from './rules.ts'
import { ServerSession } from './session.ts'
import { leftBehind, runStep } from './steps.ts'
import { usualTiming, type Timing } from './timing.ts'

/**
 * The DeviceOn server of Advantech, on Windows or Linux, over SSH. It makes its backups by itself; they are fetched from
 * the folder it puts them into. The vendor's own tool restores, so a restore is a procedure. Times and deadlines are for
 * a real network; tests change them.
 */
export function createDeviceOnServer(
  changes: Partial<Timing> = {},
  deadlines: Partial<Deadlines> = {},
): Family {
  const timing: Timing = { ...usualTiming, ...changes }
  return {
    id: 'deviceon-server',
    protocol: 'ssh',
    login: 'needed',
    rules: deviceOnRules,
    checkFacts,
    stated,
    connect: async ({ device, credentials, fingerprints, signal }) => {
      if (!credentials) throw new FailureError({ code: 'credentials-needed', device: device.name })
      const address = parseAddress(device.address, 'ssh')
      const ssh = await connectSsh({ address, fingerprints, credentials, signal, deadlines })
      return new ServerSession({ ssh, device, credentials, timing })
    },
    madeAt,
    planRestore,
    restore: { kind: 'guided', wayBack: 'backup', runStep, leftBehind },
    bridge,
  }
}
