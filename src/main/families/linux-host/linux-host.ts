import { FailureError } from '../../../shared/failure.ts'
import { parseAddress } from '../../../shared/model/address.ts'
import type { Deadlines } from '../../transport/deadlines.ts'
import { connectSsh } from '../../transport/ssh.ts'
import type { Family } from '../family.ts'
import { checkFacts } from './facts.ts'
import { observeRestore } from './observe.ts'
import { planRestore } from './plan.ts'
import { linuxRules } from './rules.ts'
import { LinuxSession } from './session.ts'
import { usualTiming, type Timing } from './timing.ts'

/**
 * Any controller or gateway with an SSH server and `tar`. Speaks through single commands alone, so that hosts without
 * SFTP are no exception, and keeps nothing on the host but a staging folder while a restore lasts. Times and deadlines
 * are for a real network; tests change them.
 */
export function createLinuxHost(changes: Partial<Timing> = {}, deadlines: Partial<Deadlines> = {}): Family {
  const timing: Timing = { ...usualTiming, ...changes }
  return {
    id: 'linux-host',
    protocol: 'ssh',
    login: 'needed',
    rules: linuxRules,
    checkFacts,
    stated: () => ({}),
    connect: async ({ device, credentials, fingerprints, signal }) => {
      if (!credentials) throw new FailureError({ code: 'credentials-needed', device: device.name })
      const address = parseAddress(device.address, 'ssh')
      const ssh = await connectSsh({ address, fingerprints, credentials, signal, deadlines })
      return new LinuxSession(ssh, device, timing)
    },
    planRestore,
    restore: {
      kind: 'automatic',
      observe: async (request) => await observeRestore(request, timing),
    },
  }
}
