import type { BridgePlan } from '../../shared/model/bridge.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { FamilyOf } from '../backup/connect.ts'
import type { createFitCheck } from './fit-check.ts'
import { knownIdentity } from './identify-now.ts'

export interface BridgePlanNeeds {
  readonly familyOf: FamilyOf
  readonly fitCheck: ReturnType<typeof createFitCheck>
}

/**
 * The use case "what would make this pair fit": offline, from the identity that is given or the last known one.
 * `undefined` where nothing stands against the pair, where its family knows no way, or where none of what stands against
 * it would be settled.
 */
export function createBridgePlan({ familyOf, fitCheck }: BridgePlanNeeds) {
  return async (
    archiveId: ArchiveId,
    device: Device,
    signal: AbortSignal,
    read?: Identity,
  ): Promise<BridgePlan | undefined> => {
    const { record, archive, against } = await fitCheck(archiveId, 'pair', signal)
    const family = familyOf(device.family)
    if (record.family !== device.family || !family.bridge) return undefined
    const target = read ?? knownIdentity(family, device)
    const open = against(device, target)
      .findings.filter(({ result }) => result === 'blocker' || result === 'unknown')
      .map(({ rule }) => rule)
    const plan = family.bridge({ device, record, archive, target })
    const settles = plan?.settles.filter((rule) => open.includes(rule)) ?? []
    return plan && settles.length > 0 ? { ...plan, settles } : undefined
  }
}
