import type { FamilyId } from '../../shared/model/family-id.ts'
import { createCtrlxCore } from './ctrlx-core/ctrlx-core.ts'
import { createDeviceOnServer } from './deviceon-server/deviceon-server.ts'
import { createEndpointProtector } from './endpoint-protector/endpoint-protector.ts'
import type { Family } from './family.ts'
import { createLinuxHost } from './linux-host/linux-host.ts'
import { createNodeRed } from './node-red/node-red.ts'

/** Every family, by its id. A new one is a folder beside this file and a row here. */
export const families: Readonly<Record<FamilyId, Family>> = {
  'ctrlx-core': createCtrlxCore(),
  'deviceon-server': createDeviceOnServer(),
  'endpoint-protector': createEndpointProtector(),
  'linux-host': createLinuxHost(),
  'node-red': createNodeRed(),
}

/** The family of an id. */
export function familyOf(id: FamilyId): Family {
  return families[id]
}
