import { FailureError } from '../../shared/failure.ts'
import { parseAddress } from '../../shared/model/address.ts'
import type { Device } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
import type { CredentialBook } from '../devices/credential-book.ts'
import type { PinOffers } from '../devices/pin-offers.ts'
import type { ConnectRequest, DeviceSession, Family } from '../families/family.ts'

/** The row of the family table. */
export type FamilyOf = (id: FamilyId) => Family

export interface ConnectNeeds {
  readonly familyOf: FamilyOf
  readonly credentials: CredentialBook
}

/**
 * Logs in to a device of the inventory. Without a pin nothing is tried: there is no first login before a person has
 * seen the fingerprint. `alsoAccept` is for the time after a restore, which may bring an old key back.
 * @throws FailureError `pin-unknown`, `credentials-needed`, and everything `Family.connect` throws
 */
export async function connectTo(
  { familyOf, credentials }: ConnectNeeds,
  device: Device,
  signal: AbortSignal,
  alsoAccept: readonly string[] = [],
): Promise<DeviceSession> {
  const family = familyOf(device.family)
  if (!device.pin) {
    const pinKind = family.protocol === 'ssh' ? 'ssh' : 'tls'
    throw new FailureError({ code: 'pin-unknown', address: device.address, pinKind, offered: '' })
  }
  return await family.connect({
    device,
    credentials: await credentialsFor(family, credentials, device),
    fingerprints: [device.pin.fingerprint, ...alsoAccept],
    signal,
  })
}

async function credentialsFor(
  { login }: Family,
  credentials: CredentialBook,
  device: Device,
): Promise<ConnectRequest['credentials']> {
  switch (login) {
    case 'none':
      return undefined
    case 'optional':
      return await credentials.find(device)
    case 'needed':
      return await credentials.of(device)
  }
}

/** Reads the fingerprint a device shows now; sends no credential. */
export async function offerOf(
  familyOf: FamilyOf,
  offers: PinOffers,
  device: Pick<Device, 'family' | 'address' | 'pin'>,
  signal: AbortSignal,
) {
  const address = parseAddress(device.address, familyOf(device.family).protocol)
  return await offers.take(address, device.pin?.fingerprint, signal)
}
