import type { DeviceView } from '../../../src/shared/ipc/views.ts'
import { deviceIdSchema, type Device, type DeviceId, type Pin } from '../../../src/shared/model/device.ts'
import { fact, type App, type Identity } from '../../../src/shared/model/identity.ts'
import type { ActivityEntry } from '../../../src/shared/model/activity.ts'
import { jobIdSchema, type Job, type JobState } from '../../../src/shared/model/job.ts'
import { archiveIdSchema, type ArchiveRecord } from '../../../src/shared/model/record.ts'
import type { RestoreReport } from '../../../src/shared/model/restore.ts'
import type { Scope } from '../../../src/shared/model/scope.ts'

/** Every sample is told relative to this moment, so that ages in pictures stay the same. */
export const sampleNow = Date.parse('2026-11-21T08:05:00Z')

const minute = 60_000
const day = 24 * 60 * minute

/** A moment before `sampleNow`. */
export function ago(milliseconds: number): string {
  return new Date(sampleNow - milliseconds).toISOString()
}

/** The id of the nth sample device. */
export function sampleDeviceId(number: number): DeviceId {
  return deviceIdSchema.parse(`dev-${String(number).padStart(12, '0')}`)
}

const tlsFingerprint = '4a1f09c2e85b7d3390aa61f2c4d85e7b01f9236d8ac47be512ff30649d0e8b7c'
const sshFingerprint = 'SHA256:p2QKqlQ8gYz0oWJr3nS5vT7uX9aB1cD3eF5gH7iJ9kL'

export function samplePin(family: Device['family'], change: Partial<Pin> = {}): Pin {
  const kind = family === 'ctrlx-core' ? 'tls' : 'ssh'
  return {
    kind,
    fingerprint: kind === 'tls' ? tlsFingerprint : sshFingerprint,
    acceptedAt: ago(40 * day),
    compared: true,
    ...change,
  }
}

const userApps = [
  ['rexroth-plc', 'PLC', '3.6.2'],
  ['rexroth-motion', 'Motion', '3.6.1'],
  ['rexroth-firewall', 'Firewall', '3.6.0'],
  ['rexroth-node-red', 'Node-RED', '3.6.4'],
  ['acme-oee-dashboard', 'OEE dashboard for the packaging line with a rather long title', '1.14.0'],
] as const

/** The apps of a sample controller: of the system, of the hardware, and of people. */
export function sampleApps(): readonly App[] {
  return [
    { name: 'rexroth-deviceadmin', title: 'Device Admin', version: '3.6.7', kind: 'system', enabled: true },
    { name: 'rexroth-setup', title: 'Backup & Restore', version: '3.6.3', kind: 'system', enabled: true },
    { name: 'rexroth-ctrlx-x3', title: 'ctrlX CORE X3', version: '3.6.0', kind: 'hardware', enabled: true },
    ...userApps.map(([name, title, version], index): App => {
      return { name, title, version, kind: 'user', enabled: index !== 2 }
    }),
  ]
}

export function sampleCtrlxIdentity(number: number, readAt = ago(3 * day)): Identity {
  return {
    family: 'ctrlx-core',
    readAt,
    model: fact(['X3', 'X5', 'X7'][number % 3] ?? 'X3', 'probed', readAt),
    serial: fact(`7260${String(311_000 + number * 37)}`, 'probed', readAt),
    architecture: fact('arm64', 'probed', readAt),
    systemVersion: fact(number % 4 === 0 ? '4.6' : '3.6', 'probed', readAt),
    hostname: fact(`VirtualControl-${String(number)}`, 'probed', readAt),
    operatingSystem: fact('Ubuntu Core 22', 'probed', readAt),
    operatingState: fact('OPERATING', 'probed', readAt),
    apps: fact(sampleApps(), 'probed', readAt),
    rights: fact(['rexroth-device.all.rwx'], 'probed', readAt),
    freeBytes: fact(1_932_735_283, 'probed', readAt),
  }
}

export function sampleLinuxIdentity(number: number, readAt = ago(9 * day)): Identity {
  return {
    family: 'linux-host',
    readAt,
    model: fact('Intel NUC 12', 'probed', readAt),
    serial: fact(`G6BN2${String(number).padStart(5, '0')}`, 'probed', readAt),
    architecture: fact('x64', 'probed', readAt),
    systemVersion: fact('12', 'probed', readAt),
    hostname: fact(`gateway-${String(number)}`, 'probed', readAt),
    operatingSystem: fact('Debian GNU/Linux 12 (bookworm)', 'probed', readAt),
    freeBytes: fact(58_411_311_104, 'probed', readAt),
  }
}

const names = ['PRESS', 'OVEN', 'PACKER', 'ROBOT', 'GATEWAY', 'CONVEYOR', 'WELDER', 'MIXER']

/** The nth device of a plant: every fifth is a Linux host, some were never read or backed up. */
export function sampleDevice(number: number, change: Partial<DeviceView> = {}): DeviceView {
  const family = number % 5 === 4 ? 'linux-host' : 'ctrlx-core'
  const isRead = number % 7 !== 5
  const identity = family === 'ctrlx-core' ? sampleCtrlxIdentity(number) : sampleLinuxIdentity(number)
  const hasBackup = isRead && number % 6 !== 3
  const device: Device = {
    id: sampleDeviceId(number),
    name: `${names[number % names.length] ?? 'PRESS'}-${String(number)}`,
    family,
    address: `${family === 'ctrlx-core' ? 'https' : 'ssh'}://192.168.${String(number >> 8)}.${String(number & 255)}`,
    user: family === 'ctrlx-core' ? 'boschrexroth' : 'root',
    pin: samplePin(family, { compared: number % 3 !== 0 }),
    tags: [],
    role: 'production',
    facts: family === 'linux-host' ? { root: '/', paths: 'etc,opt,var/lib', stagingFolder: '/var/tmp' } : {},
    addedAt: ago(40 * day),
    ...(isRead && { identity }),
  }
  return {
    device,
    credentials: (['stored', 'stored', 'for-this-session', 'none'] as const)[number % 4] ?? 'none',
    archives: hasBackup ? (number % 9) + 1 : 0,
    ...(hasBackup && { lastBackupAt: ago(((number * 37) % 90) * day + number * minute) }),
    ...change,
  }
}

/** A plant of this many devices; the second one has a name of 80 characters. */
export function sampleDevices(count: number): readonly DeviceView[] {
  return Array.from({ length: count }, (_, index) => {
    const view = sampleDevice(index + 1)
    if (index !== 1) return view
    const name = 'LINE 4 / STATION 12 / PALLETISER WITH THE VERY LONG NAME FROM THE OLD PLANT PLAN'
    return { ...view, device: { ...view.device, name: name.slice(0, 80) } }
  })
}

/** The nth archive of a sample device. */
export function sampleRecord({ device }: DeviceView, number: number): ArchiveRecord {
  const takenAt = ago((number - 1) * 7 * day + 3 * 60 * minute)
  const stamp = takenAt.slice(0, 19).replaceAll(/[-:]/g, '').toLowerCase()
  const slug = device.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const isCtrlx = device.family === 'ctrlx-core'
  return {
    format: 1,
    id: archiveIdSchema.parse(`${stamp}z-${slug}-${String(100_000 + number)}`),
    origin: number === 3 ? 'safety' : 'backup',
    family: device.family,
    device: { id: device.id, name: device.name, address: device.address },
    source: device.identity ?? sampleCtrlxIdentity(1),
    takenAt,
    fileName: isCtrlx ? `Backup_${takenAt.slice(0, 10).replaceAll('-', '')}.zip` : 'backup.tar.gz',
    container: isCtrlx ? 'zip' : 'tar.gz',
    sizeBytes: 48_318_382 + number * 1_310_720,
    sha256: 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9',
    scope: sampleScope(),
    proof: 'L2',
    passwordProtected: number % 2 === 0,
    ...(number === 2 && { note: 'Before the change of the PLC program' }),
  }
}

export function sampleScope(): Scope {
  return {
    parts: [
      { id: 'packageManagement', title: 'Apps', sizeBytes: 31_457_280, chosen: true },
      { id: 'configurations.active', title: 'Active app data', sizeBytes: 12_582_912, chosen: true },
      { id: 'configurations.archive', title: 'Archived app data', chosen: true },
      { id: 'certificateManagement', title: 'Certificates and keys', chosen: true },
      { id: 'identityManagement', title: 'Users and permissions', chosen: true },
      { id: 'connectivity', title: 'Network', chosen: true },
      { id: 'dateTime', title: 'Date and time', chosen: true },
    ],
    leftOut: [
      ...['rexroth-deviceadmin', 'rexroth-setup'].map(
        (what) => ({ what, reason: 'operating-system-app' }) as const,
      ),
      { what: 'rexroth-ctrlx-x3', reason: 'hardware-app' },
      { what: 'rexroth-firewall', reason: 'disabled-app' },
      { what: 'licences', reason: 'licence' },
      { what: 'logbook', reason: 'logbook' },
      { what: 'external storage', reason: 'external-storage' },
      { what: 'passwords and private keys', reason: 'secret-without-password' },
    ],
  }
}

/** A job on a sample device, in any state. */
export function sampleJob(
  number: number,
  state: JobState,
  change: Partial<Pick<Job, 'kind' | 'deviceId' | 'subject'>> = {},
): Job {
  const isEnded = state.phase !== 'queued' && state.phase !== 'running'
  return {
    id: jobIdSchema.parse(`job-${String(number).padStart(12, '0')}`),
    kind: 'backup',
    deviceId: sampleDeviceId(number),
    subject: sampleDevice(number).device.name,
    startedAt: ago(number * minute + 10_000),
    ...(isEnded && { endedAt: ago(number * minute) }),
    state,
    ...change,
  }
}

/** A running transfer. */
export function sampleTransfer(share: number, cancellable = true): JobState {
  const bytesTotal = 52_428_800
  return {
    phase: 'running',
    cancellable,
    progress: {
      phase: 'transferring',
      bytesDone: Math.round(bytesTotal * share),
      bytesTotal,
      bytesPerSecond: 3_145_728,
      secondsLeft: ((1 - share) * bytesTotal) / 3_145_728,
    },
  }
}

const hash = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'

/** What came of a restore; clean unless told otherwise. */
export function sampleReport(change: Partial<RestoreReport> = {}): RestoreReport {
  return {
    format: 1,
    planId: 'plan-000000000001',
    planHash: hash,
    archiveId: archiveIdSchema.parse('20261114t050500z-press-8-100002'),
    deviceId: sampleDeviceId(8),
    deviceName: 'PRESS-8',
    startedAt: ago(10 * minute),
    endedAt: ago(5 * minute),
    outcome: 'verified-new',
    clean: true,
    protocol: [],
    errorCount: 0,
    warningCount: 0,
    differences: [],
    remarks: [],
    ...change,
  }
}

/** A short history, newest first. */
export function sampleActivity(): readonly ActivityEntry[] {
  const lines: readonly Pick<ActivityEntry, 'action' | 'subject' | 'facts'>[] = [
    {
      action: 'backup-made',
      subject: 'PRESS-8',
      facts: { archive: '20261121t050500z-press-8-100001', sha256: hash, sizeBytes: '49629102' },
    },
    {
      action: 'restore-ended',
      subject: 'PRESS-8',
      facts: {
        plan: hash,
        outcome: 'verified-new',
        clean: 'true',
        archive: '20261114t050500z-press-8-100002',
      },
    },
    {
      action: 'restore-intended',
      subject: 'PRESS-8',
      facts: { plan: hash, archive: '20261114t050500z-press-8-100002', sha256: hash },
    },
    {
      action: 'safety-backup-skipped',
      subject: 'OVEN-1',
      facts: { plan: hash, reason: 'the device is new and empty' },
    },
    { action: 'job-failed', subject: 'GATEWAY-4', facts: { kind: 'backup', code: 'device-silent' } },
    {
      action: 'archive-exported',
      subject: 'OVEN-1',
      facts: { archive: '20261114t050500z-oven-1-100002', file: 'oven.zip' },
    },
    {
      action: 'archive-imported',
      subject: 'OVEN-1',
      facts: { archive: '20261114t050500z-oven-1-100002', sha256: hash, file: 'Backup_20261114_0505Z.zip' },
    },
    {
      action: 'pin-accepted',
      subject: 'MIXER-7',
      facts: { former: sshFingerprint, fingerprint: tlsFingerprint, compared: 'false' },
    },
    { action: 'device-removed', subject: 'PRESS-OLD', facts: { address: 'https://192.168.0.200' } },
    {
      action: 'device-added',
      subject: 'MIXER-7',
      facts: { address: 'https://192.168.0.7', fingerprint: tlsFingerprint, compared: 'true' },
    },
  ]
  return lines.map((line, index) => ({
    sequence: lines.length - index,
    at: ago(index * index * 60 * minute + 20 * minute),
    actor: 'maria',
    previous: hash,
    hash,
    ...line,
  }))
}
