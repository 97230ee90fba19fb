import type { FamilyId } from './family-id.ts'

/**
 * True where devices of a family tell their settings without a backup being made, so that an archive can be compared
 * with the device as it is now. What a family says in `DeviceSession.readSettings`, for the window.
 */
export const tellsSettings: Readonly<Record<FamilyId, boolean>> = {
  'ctrlx-core': true,
  'deviceon-server': false,
  'endpoint-protector': false,
  'linux-host': false,
  'node-red': false,
}
