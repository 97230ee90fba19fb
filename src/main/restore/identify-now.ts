import type { Device } from '../../shared/model/device.ts'
import { completed, type Identity } from '../../shared/model/identity.ts'
import type { FamilyOf } from '../backup/connect.ts'
import type { DeviceSession, Family } from '../families/family.ts'

/** Reads the identity now and completes it by what a person stated of the device. Throws as `DeviceSession.identify`. */
export async function identifyNow(
  familyOf: FamilyOf,
  device: Device,
  session: DeviceSession,
  signal: AbortSignal,
): Promise<Identity> {
  const stated = familyOf(device.family).stated(device.facts, device.addedAt)
  return completed(await session.identify(signal), stated)
}

/**
 * The identity to judge a device by: what was last read from it, completed by what a person stated of it; `undefined`
 * where nothing is known at all.
 */
export function knownIdentity(
  family: Family,
  device: Pick<Device, 'facts' | 'addedAt' | 'identity'>,
): Identity | undefined {
  const stated = family.stated(device.facts, device.addedAt)
  if (device.identity) return completed(device.identity, stated)
  if (Object.keys(stated).length === 0) return undefined
  return completed({ family: family.id, readAt: device.addedAt }, stated)
}
