import { check } from '../../shared/compatibility/check.ts'
import { archiveRules, pairRules } from '../../shared/compatibility/generic-rules.ts'
import type { ArchiveFacts, Rule } from '../../shared/compatibility/rule.ts'
import type { Device } from '../../shared/model/device.ts'
import type { FamilyId } from '../../shared/model/family-id.ts'
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
    familyRule(record.family, device.family),
    ...pairRules,
    ...(sameFamily ? familyOf(device.family).rules : []),
  ]
  const targetDevice = { name: device.name, pinned: device.pin !== undefined, address: device.address }
  return check(rules, { record, archive, target, targetDevice }, accepted)
}

/** Rule F1: an archive goes onto a device of the kind that made it. */
export function familyRule(archive: FamilyId, device: FamilyId): Rule {
  return {
    id: 'F1',
    hard: true,
    source: 'Ferrite, generic rules',
    evaluate: () => ({
      result: archive === device ? 'pass' : 'blocker',
      reason: archive === device ? 'equal' : 'differs',
      archiveValue: { value: archive, provenance: 'recorded' },
      deviceValue: { value: device, provenance: 'stated' },
    }),
  }
}
