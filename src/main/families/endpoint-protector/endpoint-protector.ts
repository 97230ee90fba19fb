import { isFailure } from '../../../shared/failure.ts'
import { parseAddress } from '../../../shared/model/address.ts'
import type { Deadlines } from '../../transport/deadlines.ts'
import { connectHttps } from '../../transport/https.ts'
import type { ConnectRequest, Family } from '../family.ts'
import { bridge } from './bridge.ts'
import { checkFacts, stated } from './facts.ts'
import { planRestore } from './plan.ts'
import { endpointProtectorRules } from './rules.ts'
import { runStep } from './run-step.ts'
import { ApplianceSession } from './session.ts'
import { usualTiming, type Timing } from './timing.ts'

/**
 * Netwrix Endpoint Protector appliances. Their console is the only way in and has no documented interface, so Ferrite
 * looks at them from outside: no login, no request. What only the console shows is stated by a person.
 */
export function createEndpointProtector(
  changes: Partial<Timing> = {},
  deadlines: Partial<Deadlines> = {},
): Family {
  const timing: Timing = { ...usualTiming, ...changes }
  return {
    id: 'endpoint-protector',
    protocol: 'https',
    login: 'none',
    opaque: true,
    rules: endpointProtectorRules,
    checkFacts,
    stated,
    connect: async (request) => await connect(request, timing, deadlines),
    planRestore,
    restore: {
      kind: 'guided',
      wayBack: { step: 'snapshot' },
      runStep: async (request) => await runStep(request, timing),
    },
    bridge,
  }
}

/** Compares the certificate; one accepted fingerprint after the other, so that it is known which one it was. */
async function connect(
  { device, fingerprints, signal }: ConnectRequest,
  timing: Timing,
  deadlines: Partial<Deadlines>,
): Promise<ApplianceSession> {
  const address = parseAddress(device.address, 'https')
  const [last = '', ...others] = [...new Set(fingerprints)].toReversed()
  for (const fingerprint of others.toReversed()) {
    try {
      const https = await connectHttps({ address, fingerprints: [fingerprint], signal, deadlines })
      return new ApplianceSession(https, fingerprint, device, timing)
    } catch (error) {
      if (!isFailure(error, 'pin-changed')) throw error
    }
  }
  const accepted = last === '' ? [] : [last]
  const https = await connectHttps({ address, fingerprints: accepted, signal, deadlines })
  return new ApplianceSession(https, last, device, timing)
}
