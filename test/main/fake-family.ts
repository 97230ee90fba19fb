import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ZipArchive } from 'archiver'
import type { Device } from '../../src/shared/model/device.ts'
import { deviceIdSchema } from '../../src/shared/model/device.ts'
import { fact, type Identity } from '../../src/shared/model/identity.ts'
import type { RestoreOutcome } from '../../src/shared/model/restore.ts'
import { mustBeEqual } from '../../src/shared/compatibility/rule.ts'
import type { ArchiveReader } from '../../src/main/families/archive-reader.ts'
import type { Commitment, DeviceSession, Family, Observation } from '../../src/main/families/family.ts'

const at = '2026-11-21T06:00:00.000Z'

/** A device that exists only here: what it holds, and everything that was asked of it, in order. */
export class FakeDevice {
  content = 'first state'
  version = '4.6'
  serial = 'S-1'
  readonly calls: string[] = []
  /** What the device does when the changing call comes. */
  onCommit: () => Commitment | Promise<Commitment> = () => {
    this.content = 'restored'
    return { kind: 'accepted', handle: 'task-1' }
  }
  outcome: RestoreOutcome = 'verified-new'
  errorCount = 0
  breakBackup: Error | undefined
  /** What it gives in place of an archive of its content. */
  file: Buffer | undefined
  beforeIdentify: () => void = () => undefined

  identity(): Identity {
    this.beforeIdentify()
    return {
      family: 'linux-host',
      readAt: at,
      model: fact('Box', 'probed', at),
      systemVersion: fact(this.version, 'probed', at),
      serial: fact(this.serial, 'probed', at),
    }
  }
}

/** A small archive that says what the device holds. */
export async function zipOf(content: string): Promise<Buffer> {
  const zip = new ZipArchive({ zlib: { level: 1 } })
  zip.append(content, { name: 'state.txt', date: new Date(at) })
  const pieces: Buffer[] = []
  const done = (async () => {
    for await (const piece of zip) pieces.push(piece as Buffer)
  })()
  await zip.finalize()
  await done
  return Buffer.concat(pieces)
}

/** Reads the archives of `zipOf`. */
export const fakeReader: ArchiveReader = {
  recognises: (archive) => archive.find('state.txt') !== undefined,
  readArchive: (_archive, recorded) => Promise.resolve(recorded),
  noise: [],
}

/** A family over one fake device; the whole machinery around it is real. */
export function fakeFamily(device: FakeDevice): Family {
  const session: DeviceSession = {
    fingerprint: 'SHA256:fake',
    identify: () => {
      device.calls.push('identify')
      return Promise.resolve(device.identity())
    },
    scope: () => Promise.resolve({ parts: [], leftOut: [] }),
    backUp: async () => {
      device.calls.push('backup')
      if (device.breakBackup) throw device.breakBackup
      const bytes = device.file ?? (await zipOf(device.content))
      return {
        fileName: 'state.zip',
        announcedBytes: bytes.length,
        content: (async function* () {
          await Promise.resolve()
          yield bytes
        })(),
        finish: () =>
          Promise.resolve({ scope: { parts: [], leftOut: [] }, passwordProtected: false, messages: [] }),
      }
    },
    prepareRestore: () => {
      device.calls.push('prepare')
      return Promise.resolve({
        commit: async () => {
          device.calls.push('commit')
          return await device.onCommit()
        },
        abandon: () => {
          device.calls.push('abandon')
          return Promise.resolve()
        },
      })
    },
    [Symbol.asyncDispose]: () => {
      device.calls.push('close')
      return Promise.resolve()
    },
  }
  return {
    id: 'linux-host',
    protocol: 'ssh',
    login: 'needed',
    stated: () => ({}),
    rules: [
      {
        id: 'T1',
        hard: true,
        source: 'test',
        evaluate: ({ archive, target }) => mustBeEqual(archive.source.systemVersion, target?.systemVersion),
      },
    ],
    checkFacts: (facts) => facts,
    connect: () => {
      device.calls.push('connect')
      return Promise.resolve(session)
    },
    planRestore: () => ({
      steps: [{ step: 'apply', facts: {}, changes: true }],
      notRestored: [],
      sideEffects: [],
      roomNeededBytes: undefined,
    }),
    restore: {
      kind: 'automatic',
      observe: () => {
        device.calls.push('observe')
        const observation: Observation = {
          outcome: device.outcome,
          protocol: [],
          errorCount: device.errorCount,
          warningCount: 0,
          differences: [],
          remarks: [],
        }
        return Promise.resolve(observation)
      },
    },
  }
}

/** The fake device as the inventory knows it. */
export const fakeDraft: Omit<Device, 'id' | 'addedAt'> & { readonly pin: NonNullable<Device['pin']> } = {
  name: 'PRESS-7',
  family: 'linux-host',
  address: 'ssh://127.0.0.1:2222',
  user: 'engineer',
  tags: [],
  role: 'production',
  facts: {},
  pin: { kind: 'ssh', fingerprint: 'SHA256:fake', acceptedAt: at, compared: true },
}

export const unusedDeviceId = deviceIdSchema.parse('dev-000000000000')

export async function newFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), 'ferrite-'))
}
