import { deviceSchema, type Device } from '../../../../src/shared/model/device.ts'
import { fact, type Identity, type Provenance } from '../../../../src/shared/model/identity.ts'
import { archiveRecordSchema, type ArchiveRecord } from '../../../../src/shared/model/record.ts'

export const readAt = '2026-11-21T07:00:00.000Z'
export const tpmOf = (digit: string): string => digit.repeat(64)

/** Facts of a server; one that is empty is not known. */
export function sampleIdentity(
  facts: Readonly<Record<string, string>> = {},
  provenance: Provenance = 'probed',
): Identity {
  const {
    version = '5.3.12',
    serial = 'guid-1',
    ...traits
  } = {
    os: 'windows',
    tpm: 'no',
    tpmId: tpmOf('a'),
    serverAddress: '10.0.0.5',
    mac: '02-00-00-00-00-01',
    schedule: 'daily',
    ...facts,
  } as Readonly<Record<string, string>>
  const known = Object.entries(traits).filter(([, value]) => value !== '')
  return {
    family: 'deviceon-server',
    readAt,
    ...(serial !== '' && { serial: fact(serial, provenance, readAt) }),
    ...(version !== '' && { systemVersion: fact(version, provenance, readAt) }),
    traits: Object.fromEntries(known.map(([name, value]) => [name, fact(value, provenance, readAt)])),
  }
}

export function sampleDevice(facts: Readonly<Record<string, string>> = {}): Device {
  return deviceSchema.parse({
    id: 'dev-abcdefabcdef',
    name: 'PLANT-1',
    family: 'deviceon-server',
    address: 'ssh://10.0.0.5',
    user: 'deviceon',
    tags: [],
    facts: { storageFolder: 'D:\\DeviceOn\\Backup', ...facts },
    addedAt: readAt,
  })
}

export function sampleRecord(changes: Partial<ArchiveRecord> = {}): ArchiveRecord {
  return {
    ...archiveRecordSchema.parse({
      format: 1,
      id: '20261121t020000z-plant-1-abcdef',
      origin: 'backup',
      family: 'deviceon-server',
      device: { name: 'PLANT-1', address: 'ssh://10.0.0.5' },
      source: sampleIdentity({}, 'recorded'),
      takenAt: '2026-11-21T02:00:00.000Z',
      fileName: 'Backup_20261121_0200Z.zip',
      container: 'zip',
      sizeBytes: 1000,
      sha256: '0'.repeat(64),
      scope: { parts: [], leftOut: [{ what: 'MongoDB', reason: 'sensor-data' }] },
      proof: 'L2',
      passwordProtected: false,
    }),
    ...changes,
  }
}
