import { FailureError } from '../../../src/shared/failure.ts'
import type { DeviceView } from '../../../src/shared/ipc/views.ts'
import type { Device, DeviceDraft } from '../../../src/shared/model/device.ts'
import { formatAddress, parseAddress } from '../../../src/shared/model/address.ts'
import {
  jobIdSchema,
  type Job,
  type JobId,
  type JobKind,
  type JobResult,
} from '../../../src/shared/model/job.ts'
import type { PinOffer } from '../../../src/shared/model/pin-offer.ts'
import type { Progress } from '../../../src/shared/model/progress.ts'
import type { Settings } from '../../../src/shared/model/settings.ts'
import { FakeMain } from './fake-main.ts'
import {
  sampleActivity,
  sampleCtrlxIdentity,
  sampleDeviceId,
  samplePin,
  sampleRecord,
  sampleScope,
} from './samples.ts'

export interface PlantOptions {
  readonly devices: readonly DeviceView[]
  readonly jobs?: readonly Job[]
  readonly settings?: Partial<Settings>
  readonly isKeychainUsable?: boolean
  /** Length of one step of a job, in milliseconds. */
  readonly stepMs?: number
  /** The password that the devices take. */
  readonly password?: string
}

/** A main process with devices that answer: enough of it to walk through every dialog of the window. */
export class Plant {
  readonly main: FakeMain
  readonly #devices: Map<string, DeviceView>
  readonly #passwords = new Map<string, string>()
  readonly #options: Required<PlantOptions>
  #settings: Settings
  #lastJob = 900

  constructor(options: PlantOptions) {
    this.#options = {
      jobs: [],
      settings: {},
      isKeychainUsable: true,
      stepMs: 120,
      password: 'right',
      ...options,
    }
    this.#settings = { format: 1, language: 'en', theme: 'system', ...options.settings }
    this.#devices = new Map(options.devices.map((view) => [view.device.id, view]))
    this.main = new FakeMain({})
    this.#answerForApp()
    this.#answerForDevices()
    this.#answerForBackups()
  }

  #answerForApp(): void {
    const { isKeychainUsable, jobs } = this.#options
    this.main.answer({
      'app.facts': () => ({
        version: '0.1.0',
        platform: 'linux',
        vaultPlace: '/home/maria/.config/ferrite/vault',
        homePlace: '/home/maria/.config/ferrite',
        keychain: { usable: isKeychainUsable, backend: isKeychainUsable ? 'gnome_libsecret' : 'basic_text' },
        practice: false,
      }),
      'settings.read': () => this.#settings,
      'settings.change': (change) => {
        const { language = this.#settings.language, theme = this.#settings.theme } = change
        this.#settings = { ...this.#settings, language, theme }
        this.main.send('settings.changed', this.#settings)
        return this.#settings
      },
      'clipboard.write': () => undefined,
      'help.open': () => undefined,
      'jobs.list': () => jobs,
      'jobs.cancel': () => true,
      'activity.list': () => (this.#devices.size === 0 ? [] : sampleActivity()),
      'archives.list': () => ({ records: this.#records(), damaged: [] }),
      'refused.list': () => ({ refusals: [], damaged: [] }),
      'restore.reports': () => [],
      'bridge.plan': () => undefined,
      'procedures.list': () => ({ procedures: [], damaged: [] }),
    })
  }

  #answerForDevices(): void {
    const { password: wanted } = this.#options
    this.main.answer({
      'devices.list': () => [...this.#devices.values()],
      'devices.offer': (draft) => offerOf(draft.family, draft.address),
      'devices.add': ({ draft, compared }) => {
        const device = deviceOf(draft as DeviceDraft, this.#devices.size + 1, compared)
        return this.#put({ device, credentials: 'none', archives: 0 })
      },
      'devices.change': ({ id, name, user, tags }) => {
        const view = this.#get(id)
        const { device } = view
        const changed = { name: name ?? device.name, user: user ?? device.user, tags: tags ?? device.tags }
        return this.#put({ ...view, device: { ...device, ...changed } })
      },
      'devices.remove': ({ id }) => {
        this.#devices.delete(id)
        this.main.send('devices.changed', undefined)
      },
      'devices.offerPin': ({ id }) => {
        const { device } = this.#get(id)
        const { pin } = device
        const offer = offerOf(device.family, device.address)
        return pin === undefined ? offer : { ...offer, pinned: pin.fingerprint }
      },
      'devices.acceptPin': ({ id, compared }) => {
        const view = this.#get(id)
        const { fingerprint } = offerOf(view.device.family, view.device.address)
        const pin = samplePin(view.device.family, { fingerprint, compared, acceptedAt: now() })
        return this.#put({ ...view, device: { ...view.device, pin } })
      },
      'devices.offerMove': ({ id, address }) => {
        const { device } = this.#get(id)
        const place = formatAddress(parseAddress(address, protocolOf(device.family)))
        return offerOf(device.family, place)
      },
      'credentials.give': ({ id, password, remember }) => {
        this.#passwords.set(id, password)
        this.#put({ ...this.#get(id), credentials: remember ? 'stored' : 'for-this-session' })
        return { stored: remember }
      },
      'credentials.forget': ({ id }) => {
        this.#passwords.delete(id)
        this.#put({ ...this.#get(id), credentials: 'none' })
      },
      'devices.probe': ({ id }) => {
        const { device } = this.#get(id)
        const isRefused = this.#passwords.has(id) && this.#passwords.get(id) !== wanted
        return this.#run('probe', device, [{ phase: 'connecting', bytesDone: 0 }], (): JobResult => {
          if (isRefused) throw refused(device)
          this.#put({ ...this.#get(id), device: { ...device, identity: sampleCtrlxIdentity(3, now()) } })
          return { kind: 'none' }
        })
      },
    })
  }

  #answerForBackups(): void {
    this.main.answer({
      'backup.scope': async ({ id }) => {
        await new Promise((resolve) => setTimeout(resolve, this.#options.stepMs))
        const { device, credentials } = this.#get(id)
        if (credentials === 'none')
          throw new FailureError({ code: 'credentials-needed', device: device.name })
        return sampleScope()
      },
      'backup.start': ({ id }) => {
        const view = this.#get(id)
        return this.#run('backup', view.device, transferSteps(), (): JobResult => {
          const archives = view.archives + 1
          this.#put({ ...this.#get(id), archives, lastBackupAt: now() })
          this.main.send('archives.changed', undefined)
          return { kind: 'archive', archiveId: sampleRecord(view, 1).id }
        })
      },
    })
  }

  #records() {
    return [...this.#devices.values()]
      .slice(0, 40)
      .flatMap((view) => Array.from({ length: view.archives }, (_, index) => sampleRecord(view, index + 1)))
  }

  #get(id: string): DeviceView {
    const view = this.#devices.get(id)
    if (view === undefined) throw new FailureError({ code: 'not-found', kind: 'device', id })
    return view
  }

  #put(view: DeviceView): DeviceView {
    this.#devices.set(view.device.id, view)
    this.main.send('devices.changed', undefined)
    return view
  }

  #run(kind: JobKind, device: Device, steps: readonly Progress[], end: () => JobResult): JobId {
    this.#lastJob += 1
    const job: Job = {
      id: jobIdSchema.parse(`job-${String(this.#lastJob).padStart(12, '0')}`),
      kind,
      deviceId: device.id,
      subject: device.name,
      startedAt: now(),
      state: { phase: 'queued' },
    }
    const walk = async (): Promise<void> => {
      for (const progress of steps) {
        this.main.send('jobs.changed', { ...job, state: { phase: 'running', progress, cancellable: true } })
        await new Promise((resolve) => setTimeout(resolve, this.#options.stepMs))
      }
      this.main.send('jobs.changed', { ...job, endedAt: now(), state: endState(end) })
    }
    this.main.send('jobs.changed', job)
    void walk()
    return job.id
  }
}

function endState(end: () => JobResult): Job['state'] {
  try {
    return { phase: 'done', result: end() }
  } catch (error) {
    if (error instanceof FailureError) return { phase: 'failed', failure: error.failure }
    throw error
  }
}

function transferSteps(): readonly Progress[] {
  const bytesTotal = 52_428_800
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1]
  return [
    { phase: 'device-preparing', bytesDone: 0, percent: 40 },
    ...shares.map((share): Progress => ({
      phase: 'transferring',
      bytesDone: bytesTotal * share,
      bytesTotal,
      bytesPerSecond: 8_388_608,
      secondsLeft: (1 - share) * 6,
    })),
  ]
}

/** What a device shows whose fingerprint nobody has accepted yet. */
export const offeredFingerprints = {
  'ctrlx-core': 'c07d5be1936f02a84f1e8d2b7c90a35512e64fd08b93717ac5d24e0f66b81d9a',
  'deviceon-server': 'SHA256:Qe5Tn0cWmXv8LbHs3uYk7RdPa1oJfGz6iC9tNpK2xVw',
  'endpoint-protector': '7be21f5506d39c80a4f1d2b7e690a3c512e64fd08b93717ac5d24e0f66b8c07d',
  'linux-host': 'SHA256:Jm8Zt4wXyQ1nR7bKpV2sLd9eUoTfHcGaMiN3jB6xYzA',
  'node-red': '0f66b81d9ac07d5be1936f02a84f1e8d2b7c90a35512e64fd08b93717ac5d24e',
} as const

const protocolOf = (family: Device['family']) =>
  family === 'linux-host' || family === 'deviceon-server' ? ('ssh' as const) : ('https' as const)

function offerOf(family: Device['family'], address: string): PinOffer {
  const isTls = protocolOf(family) === 'https'
  return {
    offerId: 'offer-000000000001',
    address,
    kind: isTls ? 'tls' : 'ssh',
    fingerprint: offeredFingerprints[family],
    detail: isTls
      ? {
          subject: 'ctrlX CORE',
          issuer: 'ctrlX CORE',
          notBefore: '2024-01-01T00:00:00.000Z',
          notAfter: '2043-12-31T23:59:59.000Z',
        }
      : { keyType: 'ssh-ed25519' },
  }
}

function deviceOf(draft: DeviceDraft, number: number, compared: boolean): Device {
  const { family, name, user, tags, facts, role } = draft
  return {
    id: sampleDeviceId(number),
    name,
    family,
    address: formatAddress(parseAddress(draft.address, protocolOf(family))),
    user,
    tags,
    facts,
    role,
    pin: samplePin(family, { fingerprint: offeredFingerprints[family], compared, acceptedAt: now() }),
    addedAt: now(),
  }
}

function refused({ address, user }: Device): FailureError {
  return new FailureError({ code: 'login-refused', address, user })
}

function now(): string {
  return new Date().toISOString()
}
