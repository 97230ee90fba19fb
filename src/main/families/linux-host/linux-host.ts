import { parseAddress } from '../../../shared/model/address.ts'
import type { Deadlines } from '../../transport/deadlines.ts'
import { connectSsh } from '../../transport/ssh.ts'
import type { ConnectRequest, Family } from '../family.ts'
import { readArchive, recognises } from './archive.ts'
import { checkFacts } from './facts.ts'
import { observeRestore } from './observe.ts'
import { planRestore } from './plan.ts'
import { linuxRules } from './rules.ts'
import { LinuxSession } from './session.ts'

/**
 * Any controller or gateway with an SSH server and `tar`. Speaks through single commands alone, so that hosts without
 * SFTP are no exception, and keeps nothing on the host but a staging folder while a restore lasts.
 */
export const linuxHost: Family = {
  id: 'linux-host',
  protocol: 'ssh',
  rules: linuxRules,
  checkFacts,
  connect: async (request) => await connectLinuxHost(request),
  recognises,
  readArchive,
  planRestore,
  observeRestore,
}

/** As `Family.connect`, with other deadlines where the ones for a real network do not fit. */
export async function connectLinuxHost(
  { device, credentials, fingerprints, signal }: ConnectRequest,
  deadlines: Partial<Deadlines> = {},
): Promise<LinuxSession> {
  const address = parseAddress(device.address, 'ssh')
  const ssh = await connectSsh({ address, fingerprints, credentials, signal, deadlines })
  return new LinuxSession(ssh, device)
}
