import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writeAppFile } from '../../src/practice/ctrlx-core/app-file.ts'
import { CommandLine, failureOf, problemsOf, type Archive } from './command-line.ts'
import { changesOf, Devices, type Core } from './practice-devices.ts'

// The product's own waits: a second between two looks, and restarts in between.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 90_000 })

interface Change {
  readonly app: string
  readonly from?: string
  readonly to: string
}
interface Bridge {
  readonly verdict: string
  readonly remaining: readonly string[]
  readonly bridge: {
    readonly settles: readonly string[]
    readonly steps: readonly { readonly step: string; readonly by: string; readonly text: string }[]
    readonly bring: readonly { readonly item: string; readonly text: string }[]
    readonly wayBack: readonly { readonly text: string }[]
    readonly appChanges: readonly Change[]
  } | null
}
interface AppsReport {
  readonly changes: readonly { readonly change: Change; readonly running: string }[]
  readonly remarks: readonly { readonly remark: string }[]
  readonly safetyArchiveId?: string
}

let cli: CommandLine
let devices: Devices
let password: string
let folder: string
let archive: Archive

const uploads = (device: Core) =>
  device.log().filter(({ method, path }) => method === 'POST' && path.endsWith('/packages'))

/** The file of an app, as a person has it from the vendor. */
async function fileFor({ app, to }: Change, architecture = 'amd64'): Promise<string> {
  const version = app.startsWith('rexroth-') && /^\d+\.\d+$/.test(to) ? `${to}.0` : to
  const file = join(folder, `${app}-${version}-${architecture}.app`)
  const description = { name: app, title: app, vendor: 'Bosch Rexroth AG', description: '', base: 'core24' }
  await writeAppFile(file, { ...description, version, architecture }, 20_000)
  return file
}

async function appWords(changes: readonly Change[]): Promise<readonly string[]> {
  const files = await Promise.all(changes.map(async (change) => await fileFor(change)))
  return files.flatMap((file) => ['--app', file])
}

async function older(name: string, options: Parameters<Devices['core']>[1] = {}): Promise<Core> {
  // Long enough to be noticed by who looks once a second, as every real restart is.
  const rebootWindows = { refusedMs: 1500, gatewayMs: 300 }
  const device = await devices.core(name, { profile: '4.4', rebootWindows, ...options })
  await cli.add(device)
  return device
}

async function show(device: Core): Promise<Bridge> {
  return await cli.json<Bridge>(['bridge', 'show', archive.id, device.name], { password })
}

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  ;({ password } = devices)
  folder = await mkdtemp(join(tmpdir(), 'ferrite-app-files-'))
  const source = await devices.core('PRESS-8')
  await cli.add(source)
  archive = await cli.json<Archive>(['backup', source.name], { password })
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
  await rm(folder, { recursive: true, force: true })
})

test('from blocked over the system apps to a verified restore', async () => {
  const target = await older('PRESS-9')
  const words = [archive.id, target.name]
  expect((await cli.run(['check', ...words], { password })).code).toBe(3)
  const { bridge, remaining, verdict } = await show(target)
  expect({ verdict, remaining, settles: bridge?.settles }).toEqual({
    verdict: 'blocked',
    remaining: [],
    settles: ['C2'],
  })
  const changes = bridge?.appChanges ?? []
  expect(changes.map(({ app, to }) => `${app} ${to}`)).toEqual([
    'snapd 2.72',
    'core24 20260107',
    'rexroth-deviceadmin 4.6.0',
    'rexroth-automationcore 4.6.0',
    'rexroth-arch02-hw 4.6.0',
    'rexroth-arch02-kernel 4.6.0+6.12.40-ctrlx-55',
    'rexroth-setup 4.6.0',
    'rexroth-solutions 4.6.1',
  ])
  const ended = await cli.run(
    ['bridge', 'run', ...words, ...(await appWords(changes)), '--confirm', target.name, '--json'],
    { password },
  )
  expect(ended.code, ended.stdout + ended.stderr).toBe(0)
  const report = JSON.parse(ended.stdout) as AppsReport
  expect(report.changes.map(({ change, running }) => [change.app, running])).toEqual(
    changes.map(({ app, to }) => [app, to]),
  )
  expect(report.remarks.map(({ remark }) => remark)).toEqual(['state-brought-back'])
  expect(await cli.archives()).toContain(report.safetyArchiveId)
  expect(uploads(target)).toHaveLength(changes.length)
  expect(target.content().operatingState).toBe('OPERATING')
  const fits = await cli.run(['check', ...words, '--json'], { password })
  expect(fits.code, fits.stdout).toBe(0)
  expect((await cli.json<Bridge>(['bridge', 'show', ...words], { password })).bridge).toBeNull()
  const restored = await cli.run(['restore', ...words, '--confirm', target.name, '--json'], { password })
  expect((JSON.parse(restored.stdout) as { outcome: string }).outcome).toBe('verified-new')
})

describe.concurrent('what to do about a blocked pair', () => {
  test('is said in both languages, with what to bring and the way back', async ({ expect }) => {
    const target = await older('TOLD')
    const english = await cli.run(['bridge', 'show', archive.id, target.name], { password })
    const german = await cli.run(['bridge', 'show', archive.id, target.name, '--lang', 'de', '--offline'])
    expect([english.code, german.code]).toEqual([0, 0])
    expect(english.stdout).toMatch(/Bring rexroth-setup from 4\.4\.0 to 4\.6\.0/)
    expect(english.stdout).toMatch(/\+ App file of rexroth-setup 4\.6\.0 for x64/)
    expect(english.stdout).toMatch(/\+ For the way back: app file of rexroth-setup 4\.4\.0/)
    expect(german.stdout).toMatch(/rexroth-setup von 4\.4\.0 auf 4\.6\.0 bringen/)
    expect(changesOf(target)).toEqual([])
  })

  test('another architecture cannot be bridged', async ({ expect }) => {
    const small = await older('SMALL', { model: 'X3' })
    const ended = await cli.run(['bridge', 'show', archive.id, small.name, '--json'], { password })
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({ code: 3, failure: 'no-bridge' })
  })
})

describe.concurrent('nothing is touched', () => {
  test('without the exact name of the device', async ({ expect }) => {
    const target = await older('UNNAMED')
    const { bridge } = await show(target)
    const files = await appWords(bridge?.appChanges ?? [])
    const ended = await cli.run(
      ['bridge', 'run', archive.id, target.name, ...files, '--confirm', 'UNNAME', '--json'],
      { password },
    )
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({
      code: 2,
      failure: 'confirmation-wrong',
    })
    expect(changesOf(target)).toEqual([])
  })

  test('with files that are missing, of another version, for another processor, or no app', async ({
    expect,
  }) => {
    const target = await older('UNFIT')
    const { bridge } = await show(target)
    const [first, second, third, ...rest] = bridge?.appChanges ?? []
    const files = [
      await fileFor({ app: first!.app, to: '9.9' }),
      await fileFor(second!, 'arm64'),
      await fileFor(third!),
      await fileFor({ app: 'customer-app', to: '1.0.0' }),
      join(cli.home, 'inventory.json'),
    ]
    const ended = await cli.run(
      [
        ...['bridge', 'run', archive.id, target.name, '--confirm', target.name, '--json'],
        ...files.flatMap((file) => ['--app', file]),
      ],
      { password },
    )
    const failure = failureOf(ended) as unknown as { code: string; missing: string; unfit: string }
    expect({ code: ended.code, failure: failure.code }).toEqual({ code: 2, failure: 'app-files-unfit' })
    for (const { app } of [first!, second!, ...rest]) expect(failure.missing).toContain(app)
    expect(failure.missing).not.toContain(third!.app)
    for (const reason of ['other-version', 'other-architecture', 'not-needed', 'no-app']) {
      expect(failure.unfit).toContain(reason)
    }
    expect(changesOf(target)).toEqual([])
  })

  test('without a safety backup there has to be a reason', async ({ expect }) => {
    const target = await older('NO-REASON')
    const words = ['bridge', 'run', archive.id, target.name, '--confirm', target.name, '--no-safety-backup']
    const ended = await cli.run([...words, '--json'], { password })
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({ code: 2, failure: 'bad-input' })
    expect(changesOf(target)).toEqual([])
  })
})

test('an app that does not take stops the job, which says how to go on, and goes on from there', async () => {
  const target = await older('STOPPED')
  const { bridge } = await show(target)
  const files = await appWords(bridge?.appChanges ?? [])
  const words = ['bridge', 'run', archive.id, target.name, ...files, '--confirm', target.name, '--json']
  const skipped = [...words, '--no-safety-backup', '--reason', 'backed up an hour ago']
  // The third upload is refused: the two before it are done.
  target.inject({ effect: 'status', status: 500, method: 'POST', path: /\/packages$/, skip: 2 })
  const stopped = await cli.run(skipped, { password })
  expect(stopped.code, stopped.stderr).toBe(9)
  expect(failureOf(stopped)).toMatchObject({
    code: 'apps-incomplete',
    done: 'snapd 2.72, core24 20260107',
    failed: 'rexroth-deviceadmin 4.6.0',
    running: '4.4.0',
    ahead: expect.stringMatching(/^rexroth-automationcore 4\.6\.0, .*rexroth-solutions 4\.6\.1$/) as string,
    state: '',
  })
  expect(target.content().operatingState).toBe('OPERATING')
  expect(uploads(target)).toHaveLength(3)
  const next = await show(target)
  expect(next.bridge?.appChanges.map(({ app }) => app)).not.toContain('snapd')
  const rest = await appWords(next.bridge?.appChanges ?? [])
  const again = ['bridge', 'run', archive.id, target.name, ...rest, '--confirm', target.name, '--json']
  const ended = await cli.run([...again, '--no-safety-backup', '--reason', 'backed up an hour ago'], {
    password,
  })
  expect(ended.code, ended.stdout + ended.stderr).toBe(0)
  expect((await cli.run(['check', archive.id, target.name], { password })).code).toBe(0)
})

test('afterwards the history is sound, and no password was written', async () => {
  expect(await problemsOf(cli.home)).toEqual([])
  expect((await cli.everythingWritten()).includes(password)).toBe(false)
})
