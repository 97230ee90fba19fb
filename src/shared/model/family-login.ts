import type { Device } from './device.ts'
import type { FamilyId } from './family-id.ts'

/**
 * Whether devices of a family are logged in to. `none`: they are only looked at from outside. `optional`: some let
 * everybody in, so credentials are asked for only when a device wants them.
 */
export type FamilyLogin = 'needed' | 'optional' | 'none'

export const familyLogins: Readonly<Record<FamilyId, FamilyLogin>> = {
  'ctrlx-core': 'needed',
  'deviceon-server': 'needed',
  'endpoint-protector': 'none',
  'linux-host': 'needed',
  'node-red': 'optional',
}

/** True where a password should be known before a job begins; a device that may be open needs none without a user. */
export function wantsPassword({ family, user }: Pick<Device, 'family' | 'user'>): boolean {
  const login = familyLogins[family]
  return login === 'needed' || (login === 'optional' && user !== '')
}
