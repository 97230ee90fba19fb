import { recordRules } from '../../shared/compatibility/generic-rules.ts'
import type { CellKind, Decision } from '../../shared/compatibility/fit-matrix.ts'
import { decide } from '../../shared/compatibility/fit-matrix.ts'
import { toFinding, type ArchiveFacts, type Rule, type RuleInput } from '../../shared/compatibility/rule.ts'
import type { Device, DeviceId } from '../../shared/model/device.ts'
import { familyIds, type FamilyId } from '../../shared/model/family-id.ts'
import type { Finding } from '../../shared/model/finding.ts'
import type { Identity } from '../../shared/model/identity.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import type { FamilyOf } from '../backup/connect.ts'
import type { Pacer } from './pacer.ts'
import { recordedFacts, type KeyKept, type Statements } from './archive-facts.ts'
import { familyRule } from './check-fit.ts'
import { knownIdentity } from './identify-now.ts'

/** A row of the matrix: an archive and what is known of it without opening it. */
export interface FleetArchive {
  readonly record: ArchiveRecord
  readonly facts: ArchiveFacts
}

/** A column of the matrix: a device as it was last known. */
export interface FleetDevice {
  readonly device: Device
  readonly target: Identity | undefined
  readonly targetDevice: RuleInput['targetDevice']
}

/** Everything the matrix is made of, at one moment. */
export interface Fleet {
  readonly archives: readonly FleetArchive[]
  readonly devices: readonly FleetDevice[]
  readonly archiveAt: ReadonlyMap<ArchiveId, FleetArchive>
  readonly deviceAt: ReadonlyMap<DeviceId, FleetDevice>
}

/** What one cell says, with the finding that decides it. */
export interface Cell {
  readonly kind: CellKind
  readonly deciding: Finding | undefined
}

export interface FleetNeeds {
  readonly familyOf: FamilyOf
  readonly records: readonly ArchiveRecord[]
  readonly devices: readonly Device[]
  readonly statedOf: (id: ArchiveId) => Statements
  readonly keyKept?: KeyKept | undefined
  readonly pacer: Pacer
}

/**
 * Prepares what every cell needs: rows by family, device and newest first, columns by family and name, so that what
 * can fit lies together.
 */
export async function prepareFleet(needs: FleetNeeds): Promise<Fleet> {
  const { familyOf, records, devices, statedOf, keyKept, pacer } = needs
  const archives: FleetArchive[] = []
  for (const record of records.toSorted(archivesInOrder)) {
    if (pacer.isDue()) await pacer.pause()
    const family = familyOf(record.family)
    const question = {
      family,
      record,
      stated: statedOf(record.id),
      hashMatches: undefined,
      keyKept: keyKept?.(record.id),
    }
    archives.push({ record, facts: recordedFacts(question) })
  }
  const columns: FleetDevice[] = []
  for (const device of devices.toSorted(devicesInOrder)) {
    if (pacer.isDue()) await pacer.pause()
    const { name, address, pin } = device
    const targetDevice = { name, address, pinned: pin !== undefined }
    columns.push({ device, target: knownIdentity(familyOf(device.family), device), targetDevice })
  }
  return {
    archives,
    devices: columns,
    archiveAt: new Map(archives.map((archive) => [archive.record.id, archive])),
    deviceAt: new Map(columns.map((column) => [column.device.id, column])),
  }
}

/** Judges single pairs by what is recorded: rule F1, then the family's rules and what is known of the pin. */
export function createJudge(familyOf: FamilyOf): (archive: FleetArchive, device: FleetDevice) => Cell {
  const rulesOf = new Map<FamilyId, readonly Rule[]>(
    // The family's rules come first: where everything passes, one of them tells more than the pin does.
    familyIds.map((id) => [id, [...familyOf(id).rules, ...recordRules]]),
  )
  const otherFamily = new Map<string, Cell>()
  return ({ record, facts }, { device, target, targetDevice }) => {
    if (record.family !== device.family) {
      const key = `${record.family} ${device.family}`
      const known = otherFamily.get(key) ?? otherFamilyCell(record.family, device.family)
      otherFamily.set(key, known)
      return known
    }
    const rules = rulesOf.get(record.family) ?? []
    return cellOf(decide(rules, { record, archive: facts, target, targetDevice }))
  }
}

function cellOf({ verdict, deciding }: Decision): Cell {
  return { kind: verdict, deciding }
}

function otherFamilyCell(archive: FamilyId, device: FamilyId): Cell {
  const rule = familyRule(archive, device)
  return {
    kind: 'other-family',
    deciding: toFinding(rule, {
      result: 'blocker',
      reason: 'differs',
      archiveValue: { value: archive, provenance: 'recorded' },
      deviceValue: { value: device, provenance: 'stated' },
    }),
  }
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function archivesInOrder(a: ArchiveRecord, b: ArchiveRecord): number {
  return (
    familyIds.indexOf(a.family) - familyIds.indexOf(b.family) ||
    byName.compare(a.device.name, b.device.name) ||
    b.takenAt.localeCompare(a.takenAt)
  )
}

function devicesInOrder(a: Device, b: Device): number {
  return familyIds.indexOf(a.family) - familyIds.indexOf(b.family) || byName.compare(a.name, b.name)
}
