import { check } from '../../shared/compatibility/check.ts'
import { archiveRules, pairRules } from '../../shared/compatibility/generic-rules.ts'
import type { ArchiveFacts } from '../../shared/compatibility/rule.ts'
import type { Device } from '../../shared/model/device.ts'
import type { Fit } from '../../shared/model/finding.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import type { FamilyOf } from '../backup/connect.ts'

export interface FitRequest {
  readonly familyOf: FamilyOf
  readonly record: ArchiveRecord
  readonly archive: ArchiveFacts
  readonly device: Device
  /** The identity to judge by: the one just read, or the last known one. */
  readonly target: Identity | undefined
  readonly accepted?: readonly string[]
  /**
   * `whole`: every rule. `pair`: only the rules about archive and device together, for a first answer while
   * dragging and in lists, where the archive's bytes are not read again.
   */
  readonly depth: 'whole' | 'pair'
}

/**
 * Says whether an archive fits a device, offline or not. An archive of another family is blocked by rule F1 before
 * any rule of a family is asked.
 */
export function checkFit({ familyOf, record, archive, device, target, accepted, depth }: FitRequest): Fit {
  const sameFamily = record.family === device.family
  const rules = [
    ...(depth === 'whole' ? archiveRules : []),
    {
      id: 'F1',
      hard: true,
      source: 'Ferrite, generic rules',
      evaluate: () => ({
        result: sameFamily ? ('pass' as const) : ('blocker' as const),
        reason: sameFamily ? 'equal' : 'differs',
        archiveValue: { value: record.family, provenance: 'recorded' as const },
        deviceValue: { value: device.family, provenance: 'stated' as const },
      }),
    },
    ...pairRules,
    ...(sameFamily ? familyOf(device.family).rules : []),
  ]
  const targetDevice = { name: device.name, pinned: device.pin !== undefined, address: device.address }
  return check(rules, { record, archive, target, targetDevice }, accepted)
}
