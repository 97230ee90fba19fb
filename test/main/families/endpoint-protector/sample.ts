import { stated } from '../../../../src/main/families/endpoint-protector/facts.ts'
import { endpointProtectorRules } from '../../../../src/main/families/endpoint-protector/rules.ts'
import { check } from '../../../../src/shared/compatibility/check.ts'
import type { ArchiveFacts, RuleInput } from '../../../../src/shared/compatibility/rule.ts'
import type { Device } from '../../../../src/shared/model/device.ts'
import { deviceIdSchema } from '../../../../src/shared/model/device.ts'
import type { Finding } from '../../../../src/shared/model/finding.ts'
import type { Identity } from '../../../../src/shared/model/identity.ts'
import { archiveRecordSchema, type ArchiveRecord } from '../../../../src/shared/model/record.ts'

export const takenAt = '2026-04-02T10:00:00.000Z'
const family = 'endpoint-protector'

export function sampleRecord(changes: Partial<ArchiveRecord> = {}): ArchiveRecord {
  return {
    ...archiveRecordSchema.parse({
      format: 1,
      id: '20260402t100000z-epp-old-abc123',
      origin: 'import',
      family,
      device: { id: 'dev-0000000000a1', name: 'EPP-OLD', address: 'https://10.0.0.2' },
      source: { family, readAt: takenAt },
      takenAt,
      fileName: 'EPP_Backup.backup',
      container: 'opaque',
      sizeBytes: 1_000_000,
      sha256: 'a'.repeat(64),
      scope: { parts: [], leftOut: [] },
      proof: 'L1',
      passwordProtected: false,
    }),
    ...changes,
  }
}

/** Everything that a careful person states of a source that fits. */
export const sourceFacts: Readonly<Record<string, string>> = {
  version: '5.9.4.2',
  kind: 'v2',
  patchedAt: '2026-03-20T09:00Z',
  modules: 'none',
  freePercent: '42',
  clientVersion: '5.9.4.3',
  eDiscovery: 'no',
  integrations: 'none',
}

export const targetFacts: Readonly<Record<string, string>> = {
  version: '2604.0.1.0',
  finalAddress: '10.0.0.2',
  freeGigabytes: '200',
  diskGigabytes: '320',
  hypervisor: 'vSphere 8.0',
}

type Stated = Readonly<Record<string, string>>

export function archiveFacts(facts: Stated, changes: Partial<ArchiveFacts> = {}): ArchiveFacts {
  return {
    source: { family, readAt: takenAt, ...stated(facts, takenAt) },
    unsafeEntries: [],
    hashMatches: true,
    unpackedBytes: undefined,
    keyKept: true,
    ...changes,
  }
}

export function targetIdentity(facts: Stated): Identity {
  return { family, readAt: takenAt, ...stated(facts, takenAt) }
}

export interface Pair {
  readonly source?: Stated
  readonly target?: Stated
  readonly record?: Partial<ArchiveRecord>
  readonly archive?: Partial<ArchiveFacts>
}

export function inputOf({ source = {}, target = {}, record = {}, archive = {} }: Pair): RuleInput {
  return {
    record: sampleRecord(record),
    archive: archiveFacts({ ...sourceFacts, ...source }, archive),
    target: targetIdentity({ ...targetFacts, ...target }),
    targetDevice: { name: 'EPP-NEW', pinned: true, address: 'https://10.0.0.3' },
  }
}

export function findingsOf(pair: Pair): readonly Finding[] {
  return check(endpointProtectorRules, inputOf(pair)).findings
}

export function sampleDevice(changes: Partial<Device> = {}): Device {
  return {
    id: deviceIdSchema.parse('dev-0000000000b2'),
    name: 'EPP-NEW',
    family,
    address: 'https://10.0.0.3',
    user: '',
    pin: { kind: 'tls', fingerprint: 'b'.repeat(64), acceptedAt: takenAt, compared: true },
    tags: [],
    facts: targetFacts,
    role: 'production',
    addedAt: takenAt,
    ...changes,
  }
}
