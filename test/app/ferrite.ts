import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, _electron, expect, type ElectronApplication, type Page } from 'playwright/test'
import { startFleet, type Fleet, type FleetDevice } from '../../src/practice/fleet.ts'

const root = join(import.meta.dirname, '../..')
const executable = process.env['FERRITE_E2E_EXECUTABLE']
const windowLimitMs = 20_000

/** The app at work, and what went wrong in its window. */
export interface RunningApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** Errors of the console, uncaught exceptions and violations of the content security policy; empty where all is well. */
  readonly complaints: string[]
  /** Closes the window as a person does and waits for the end of the process. */
  readonly close: () => Promise<void>
}

export interface LaunchOptions {
  readonly home: string
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts the checkout's build, or the packed app of FERRITE_E2E_EXECUTABLE, in a home of its own. */
export async function launch({ home, environment = {} }: LaunchOptions): Promise<RunningApp> {
  const app = await _electron.launch({
    ...(executable === undefined ? { args: [root] } : { executablePath: executable, args: [] }),
    cwd: root,
    env: { ...definedEnvironment(), FERRITE_HOME: home, ...environment },
  })
  const complaints: string[] = []
  app.context().on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  const page = await app.firstWindow({ timeout: windowLimitMs })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  await page.exposeFunction('reportViolation', (violation: string) => complaints.push(violation))
  await page.evaluate(() => {
    const { reportViolation } = globalThis as unknown as { reportViolation: (violation: string) => void }
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      reportViolation(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  await page.getByRole('main').waitFor()
  const close = async (): Promise<void> => {
    await app.close()
  }
  return { app, page, complaints, close }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries as [string, string][])
}

/** Controllers of both architectures, and a host of the other family. */
export const press7 = { family: 'ctrlx-core', name: 'PRESS-7', model: 'X3', profile: '4.6' } as const
export const press8 = { family: 'ctrlx-core', name: 'PRESS-8', model: 'X7', profile: '4.6' } as const
export const packer2 = { family: 'linux-host', name: 'PACKER-2', model: 'revpi' } as const

interface Fixtures {
  /** The practice devices that run beside the app. */
  readonly practice: { readonly devices: readonly FleetDevice[] }
  /** A folder of its own for the app's home and the devices, gone after the test. */
  readonly folder: string
  readonly fleet: Fleet
  readonly ferrite: RunningApp
}

/** A test with a fleet of practice devices and the app, which fails on any complaint of the window. */
export const test = base.extend<Fixtures>({
  practice: [{ devices: [press7] }, { option: true }],
  folder: async ({ practice: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ferrite-app-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  fleet: async ({ folder, practice: { devices } }, use) => {
    await using fleet = await startFleet({ folder: join(folder, 'fleet'), devices, stepMs: 5 })
    await use(fleet)
  },
  ferrite: async ({ folder, fleet: _ }, use) => {
    const ferrite = await launch({ home: join(folder, 'home') })
    try {
      await use(ferrite)
      expect(ferrite.complaints, 'what the window complained of').toEqual([])
    } finally {
      await ferrite.close()
    }
  },
})

export { expect }
