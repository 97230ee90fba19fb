import type { FamilyId } from '../../shared/model/family-id.ts'
import { createCtrlxCore } from './ctrlx-core/ctrlx-core.ts'
import type { Family } from './family.ts'
import { createLinuxHost } from './linux-host/linux-host.ts'

/** Every family, by its id. A new one is a folder beside this file and a row here. */
export const families: Readonly<Record<FamilyId, Family>> = {
  'ctrlx-core': createCtrlxCore(),
  'linux-host': createLinuxHost(),
}

/** The family of an id. */
export function familyOf(id: FamilyId): Family {
  return families[id]
}
