import { deviceSchema, type Device } from '../../../../src/shared/model/device.ts'
import { fact, type Identity } from '../../../../src/shared/model/identity.ts'
import { archiveRecordSchema, type ArchiveRecord } from '../../../../src/shared/model/record.ts'
import { restoreOptionsSchema, type RestoreOptions } from '../../../../src/shared/model/restore.ts'

const at = '2026-11-21T07:00:00.000Z'

export function sampleIdentity(facts: Readonly<Record<string, string>> = {}, rights = ['root']): Identity {
  const texts = { serial: 'a'.repeat(32), architecture: 'x64', systemVersion: 'debian 12', ...facts }
  return {
    family: 'linux-host',
    readAt: at,
    ...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, fact(value, 'probed', at)])),
    rights: fact(rights, 'probed', at),
  }
}

export function sampleDevice(changes: Partial<Device> = {}): Device {
  return {
    ...deviceSchema.parse({
      id: 'dev-abcdefabcdef',
      name: 'Line 3',
      family: 'linux-host',
      address: 'ssh://127.0.0.1',
      user: 'root',
      tags: [],
      facts: {},
      addedAt: at,
    }),
    ...changes,
  }
}

export function sampleRecord(changes: Partial<ArchiveRecord> = {}): ArchiveRecord {
  return {
    ...archiveRecordSchema.parse({
      format: 1,
      id: '20261121t070000z-line-3-abcdef',
      origin: 'backup',
      family: 'linux-host',
      device: { name: 'Line 3', address: 'ssh://127.0.0.1' },
      source: sampleIdentity(),
      takenAt: at,
      fileName: 'line-3-20261121T070000Z.tar.gz',
      container: 'tar.gz',
      sizeBytes: 1000,
      sha256: '0'.repeat(64),
      scope: { parts: ['etc', 'opt'].map((id) => ({ id, title: `/${id}`, chosen: true })), leftOut: [] },
      proof: 'L2',
      passwordProtected: false,
    }),
    ...changes,
  }
}

export function sampleOptions(changes: Partial<RestoreOptions> = {}): RestoreOptions {
  return { ...restoreOptionsSchema.parse({}), ...changes }
}
