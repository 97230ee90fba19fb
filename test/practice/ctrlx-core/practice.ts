import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { departures } from '../../../src/practice/ctrlx-core/departures.ts'
import type { CtrlxCoreOptions, RecordedExchange } from '../../../src/practice/ctrlx-core/options.ts'
import type { CtrlxCore } from '../../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { startCtrlxCore } from '../../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { isDeparture } from '../../peers/openapi/departure.ts'
import type { Violation } from '../../peers/openapi/referee.ts'
import { Referee } from '../../peers/openapi/referee.ts'
import { findVendorFiles } from '../../peers/openapi/vendor-files.ts'
import type { Json } from './test-client.ts'
import { TestClient } from './test-client.ts'

export const user = 'boschrexroth'
export const password = 'Practice-1234'

export interface Practice {
  readonly device: CtrlxCore
  /** Logged in with full access unless the device is fresh from the box. */
  readonly client: TestClient
  readonly exchanges: readonly RecordedExchange[]
}

const vendorFiles = findVendorFiles()
const referee = vendorFiles.found ? new Referee(vendorFiles.folder) : undefined

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'practice-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  return folder
}

/**
 * Starts a device and a client for one test. Where the vendor's descriptions are at hand, every exchange of
 * the test is compared with them when it ends.
 */
export async function practise(options: Partial<CtrlxCoreOptions> = {}): Promise<Practice> {
  const exchanges: RecordedExchange[] = []
  const folder = options.folder ?? (await temporaryFolder())
  const device = await startCtrlxCore({
    folder,
    profile: '4.6',
    model: 'X3',
    name: 'PRESS-7',
    credentials: { user, password },
    stepMs: 2,
    rebootWindows: { refusedMs: 60, gatewayMs: 60 },
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  })
  const client = new TestClient(device.address)
  onTestFinished(async () => {
    client.close()
    await device.stop()
    expect(device.events().filter(({ event }) => event === 'simulator-error')).toEqual([])
    await expectAsDescribed(exchanges)
  })
  if (options.isFresh !== true) {
    const login = await client.logIn(user, password, options.profile === '1.12' ? 'v1' : 'v2')
    expect(login.status).toBe(201)
  }
  return { device, client, exchanges }
}

/** Fails on any difference from the vendor's descriptions that the list of departures does not name. */
export async function expectAsDescribed(exchanges: readonly RecordedExchange[]): Promise<void> {
  if (referee === undefined) return
  const violations = []
  for (const exchange of exchanges) {
    if (exchange.fault !== undefined) continue
    const found = await referee.check(exchange)
    violations.push(...found.filter((violation) => !isRefused(violation) && !isAnnounced(violation)))
  }
  expect(violations).toEqual([])
}

/** A request that the description forbids and the device refused: both agree. */
function isRefused({ part, status }: Violation): boolean {
  return part.startsWith('request.') && status === 400
}

function isAnnounced(violation: Violation): boolean {
  return departures.some((row) => isDeparture(row, violation))
}

/** Starts a setup task and answers it once it has ended. */
export async function finishTask(client: TestClient, location: string | undefined): Promise<Json> {
  expect(location).toMatch(/^\/tasks\/(create|apply)_[0-9a-z]+$/)
  return until(async () => {
    const task = await client.get(`/setup/api/v1${location!}`)
    return task.state === 'done' || task.state === 'failed' ? task : undefined
  })
}

/** Makes a backup and answers its name and bytes. */
export async function backUp(
  client: TestClient,
  options: unknown = {},
): Promise<{ name: string; bytes: Buffer }> {
  const created = await client.send('POST', '/setup/api/v1/create', { json: options })
  expect(created.status).toBe(201)
  const task = await finishTask(client, created.headers.location)
  expect(task).toMatchObject({ state: 'done', progress: 100 })
  const download = await client.send('GET', `/setup/api/v1/setups/${task.fileName}`)
  expect(download.status).toBe(200)
  return { name: task.fileName, bytes: download.body }
}

/** Applies a setup and answers the ended task. */
export async function apply(
  client: TestClient,
  bytes: Buffer,
  fields: Readonly<Record<string, string>> = {},
): Promise<Json> {
  const sent = await sendSetup(client, bytes, fields)
  expect(sent.status).toBe(201)
  return finishTask(client, sent.headers.location)
}

export async function sendSetup(
  client: TestClient,
  bytes: Buffer,
  fields: Readonly<Record<string, string>> = {},
) {
  const setup = { fileName: 'backup.zip', type: 'application/zip', bytes }
  return client.send('POST', '/setup/api/v1/apply', { form: { ...fields, setup } })
}

/** The first answer of `look` that is not undefined. */
export async function until<T>(look: () => Promise<T | undefined>, timeoutMs = 10_000): Promise<T> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error('waited in vain')
    await wait(5)
  }
}
