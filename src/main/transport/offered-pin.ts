import type { Address } from '../../shared/model/address.ts'
import type { OfferedPin } from './pins.ts'
import { readSshPin } from './ssh-connect.ts'
import { readTlsPin } from './tls.ts'

/**
 * Reads the key or certificate that a device shows now, and has the device prove that it owns it. No user name, no
 * password and no request is sent.
 * @throws FailureError `device-unreachable`, `device-silent`, `connection-lost`, `weak-crypto`, `unexpected-answer`,
 * `cancelled`
 */
export async function readOfferedPin(address: Address, signal: AbortSignal): Promise<OfferedPin> {
  return address.protocol === 'ssh'
    ? await readSshPin({ address, signal })
    : await readTlsPin({ address, signal })
}
