import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import type {
  ApplianceStep,
  EndpointProtectorOptions,
} from '../../../src/practice/endpoint-protector/options.ts'
import type { EndpointProtector } from '../../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import { startEndpointProtector } from '../../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import type { AppliancePair } from '../../../src/practice/endpoint-protector/start-pair.ts'
import { startPair } from '../../../src/practice/endpoint-protector/start-pair.ts'
import type { Page } from './browser.ts'
import { Browser } from './browser.ts'

export const user = 'root'
export const password = 'Practice-1234'
export const newPassword = 'Fresh-from-the-box-1'
export const backups = '/system-maintenance/system-backup-v2'
export const information = '/appliance/server-information'

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'practice-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An appliance for one test, ended with it. */
export async function practise(options: Partial<EndpointProtectorOptions> = {}): Promise<EndpointProtector> {
  const device = await startEndpointProtector({
    folder: options.folder ?? (await temporaryFolder()),
    name: 'EPP',
    version: '5.9.4.2',
    credentials: { user, password },
    stepMs: 2,
    ...options,
  })
  onTestFinished(async () => endOf(device))
  return device
}

/** The old appliance and its empty replacement at 127.0.0.2 and 127.0.0.3, with one port. */
export async function practisePair(
  options: {
    readonly old?: Partial<EndpointProtectorOptions>
    readonly replacement?: Partial<EndpointProtectorOptions>
  } = {},
): Promise<AppliancePair> {
  const root = await temporaryFolder()
  const pair = await startPair({
    old: {
      folder: join(root, 'old'),
      name: 'EPP-OLD',
      version: '5.9.4.2',
      credentials: { user, password },
      stepMs: 2,
      ...options.old,
    },
    replacement: {
      folder: join(root, 'new'),
      name: 'EPP-NEW',
      version: '2604.0.1.0',
      credentials: { user, password: newPassword },
      content: 'empty',
      stepMs: 2,
      ...options.replacement,
    },
  })
  onTestFinished(async () => {
    await endOf(pair.old)
    await endOf(pair.replacement)
  })
  return pair
}

async function endOf(device: EndpointProtector): Promise<void> {
  await device.stop()
  expect(device.events().filter(({ event }) => event === 'simulator-error')).toEqual([])
}

export function browse(device: EndpointProtector, patienceMs?: number): Browser {
  const browser = new Browser(() => device.address, patienceMs)
  onTestFinished(() => browser.close())
  return browser
}

/** A browser in which someone has logged in. */
export async function enter(device: EndpointProtector, secret = password): Promise<Browser> {
  const browser = browse(device)
  const page = await browser.logIn(user, secret)
  expect(page.path).toBe('/dashboard')
  return browser
}

/** Creates a System Backup v2, saves the key and downloads the file once it is ready. */
export async function backUp(browser: Browser, name = 'Before the move') {
  const shown = await browser.submit(`${backups}/create`, { name, description: 'nightly' })
  const markup = shown.body.toString('utf8')
  const key = /id="system-backup-key">([^<]+)</.exec(markup)![1]!
  const id = /name="id" value="([^"]+)"/.exec(markup)![1]!
  await browser.submit(`${backups}/key-saved`, { id })
  await until(async () =>
    (await browser.open(backups)).text.includes('Ready to download') ? true : undefined,
  )
  const download = await browser.open(`${backups}/download?id=${id}`)
  expect(download.status).toBe(200)
  return { id, key, shown, download, file: download.body }
}

/** What became of a request: its status, or the word for how it ended. */
export async function outcome(asking: Promise<Page>): Promise<number | string> {
  return asking.then(
    ({ status }) => status,
    (cause: unknown) => (cause as NodeJS.ErrnoException).code ?? (cause as Error).message,
  )
}

/** Lets a test hold the appliance at a step and let it go on. */
export function gate() {
  const waiting: (() => void)[] = []
  const reached: ApplianceStep[] = []
  return {
    pace: async (step: ApplianceStep): Promise<void> => {
      reached.push(step)
      await new Promise<void>((resolve) => waiting.push(resolve))
    },
    /** Settles when the appliance stands at this step. */
    at: async (step: ApplianceStep) => until(async () => (reached.at(-1) === step ? true : undefined)),
    goOn: (): void => waiting.shift()!(),
  }
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

export async function untilEvent(device: EndpointProtector, event: string): Promise<void> {
  await until(async () => device.events().find((each) => each.event === event))
}
