import { createHash } from 'node:crypto'
import type { Device } from '../../../src/shared/model/device.ts'
import { deviceSchema } from '../../../src/shared/model/device.ts'
import { familyIds, type FamilyId } from '../../../src/shared/model/family-id.ts'
import { fact, type Identity } from '../../../src/shared/model/identity.ts'
import { archiveRecordSchema, type ArchiveRecord } from '../../../src/shared/model/record.ts'
import { fullAccess } from '../../../src/main/families/ctrlx-core/rules.ts'

export const fleetReadAt = '2026-11-20T06:00:00.000Z'
/** What lies in each archive's file: the matrix never opens it, the vault wants it there. */
export const fleetContent = 'x'
const fleetContentSha256 = createHash('sha256').update(fleetContent).digest('hex')
const versions = ['4.4', '4.6', '5.2.4', '5.9.4.2', '2510'] as const

/** An identity of a mixed plant: five families, two architectures, five versions, some facts missing. */
export function fleetIdentity(family: FamilyId, place: number): Identity {
  const known = (value: string) => fact(value, 'probed' as const, fleetReadAt)
  // Families take turns, so what differs within one is told by its own number.
  const number = Math.floor(place / familyIds.length)
  return {
    family,
    readAt: fleetReadAt,
    serial: known(`S-${String(place)}`),
    ...(number % 11 !== 3 && { architecture: known(number % 3 === 1 ? 'arm64' : 'x64') }),
    ...(number % 7 !== 2 && { systemVersion: known(versions[number % versions.length] ?? '4.6') }),
    rights: fact(number % 6 === 4 ? [] : [fullAccess, 'root'], 'probed', fleetReadAt),
  }
}

/** Devices of a mixed plant, as an inventory holds them. */
export function fleetDevices(count: number): readonly Device[] {
  return Array.from({ length: count }, (_, place) => {
    const family = familyIds[place % familyIds.length] ?? 'linux-host'
    return deviceSchema.parse({
      id: `dev-${String(place).padStart(12, '0')}`,
      name: `Machine ${String(place)} of hall ${String(place % 9)}`,
      family,
      address: `https://10.0.${String(place >> 8)}.${String(place & 255)}`,
      user: 'service',
      pin: { kind: 'tls', fingerprint: 'ab'.repeat(32), acceptedAt: fleetReadAt, compared: true },
      tags: [`hall-${String(place % 9)}`],
      facts: {},
      addedAt: fleetReadAt,
      ...(place % 13 !== 5 && { identity: fleetIdentity(family, place) }),
    })
  })
}

/** Archives of a mixed plant: two of each device, the second one a day older. */
export function fleetRecords(count: number): readonly ArchiveRecord[] {
  return Array.from({ length: count }, (_, number) => {
    const place = number >> 1
    const family = familyIds[place % familyIds.length] ?? 'linux-host'
    const day = number % 2 === 0 ? '21' : '20'
    return archiveRecordSchema.parse({
      format: 1,
      id: `202611${day}t060000z-machine-${String(place)}-${String(number).padStart(6, '0')}`,
      origin: 'backup',
      family,
      device: {
        id: `dev-${String(place).padStart(12, '0')}`,
        name: `Machine ${String(place)} of hall ${String(place % 9)}`,
        address: 'https://10.0.0.1',
      },
      source: fleetIdentity(family, place),
      takenAt: `2026-11-${day}T06:00:00.000Z`,
      fileName: 'backup.zip',
      container: 'zip',
      sizeBytes: fleetContent.length,
      sha256: fleetContentSha256,
      scope: { parts: [], leftOut: [] },
      proof: 'L2',
      passwordProtected: false,
    })
  })
}
