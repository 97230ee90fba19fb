import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { CommandLine, failureOf, problemsOf, type Archive, type Ended } from './command-line.ts'
import { changesOf, Devices, type Core } from './practice-devices.ts'

// A restore waits ten seconds for a last reboot, as in the product; several run side by side here.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 })

interface Finding {
  readonly rule: string
  readonly result: string
  readonly archiveValue: { readonly value: string }
  readonly deviceValue: { readonly value: string }
  readonly remedy: string
}
interface Fit {
  readonly verdict: string
  readonly findings: readonly Finding[]
  readonly identityReadAt: string | null
}
interface Report {
  readonly outcome: string
  readonly clean: boolean
  readonly protocol: readonly { readonly severity: string; readonly text: string }[]
  readonly safetyArchiveId?: string
}

let cli: CommandLine
let devices: Devices
let password: string
let source: Core
let archive: Archive

/** Neither fits the archive: other hardware, older system. */
let small: Core
let old: Core

const errorsOf = ({ protocol }: Report): readonly string[] =>
  protocol.filter(({ severity }) => severity === 'ERROR').map(({ text }) => text)
const parse = ({ stdout }: Ended): unknown => JSON.parse(stdout)
const applies = (device: Core) =>
  device.log().filter(({ method, path }) => method !== 'GET' && path.includes('apply'))

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  ;({ password } = devices)
  source = await devices.core('PRESS-7')
  small = await devices.core('SMALL', { model: 'X3' })
  old = await devices.core('OLD', { profile: '4.4' })
  for (const device of [source, small, old]) await cli.add(device)
  archive = await cli.json<Archive>(['backup', source.name, '--note', 'the line as it runs'], { password })
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

describe.concurrent('does it fit', () => {
  test('X7 to X3 is blocked by C1, with both values and what to do', async ({ expect }) => {
    const ended = await cli.run(['check', archive.id, small.name, '--json'], { password })
    expect(ended.code).toBe(3)
    const { verdict, findings } = parse(ended) as Fit
    expect(verdict).toBe('blocked')
    expect(findings.find(({ rule }) => rule === 'C1')).toMatchObject({
      result: 'blocker',
      archiveValue: { value: expect.stringMatching(/x64/) as string },
      deviceValue: { value: expect.stringMatching(/arm64|aarch64/) as string },
      remedy: expect.stringMatching(/\S/) as string,
    })
    const offline = await cli.run(['check', archive.id, small.name, '--offline'])
    expect(offline.code).toBe(3)
    expect(offline.stdout).toMatch(/C1 .*→/)
  })

  test('4.6 to 4.4 is blocked by C2, with both versions and what to do, in German, too', async ({
    expect,
  }) => {
    const ended = await cli.run(['check', archive.id, old.name, '--json', '--lang', 'de'], { password })
    expect(ended.code).toBe(3)
    const finding = (parse(ended) as Fit).findings.find(({ rule }) => rule === 'C2')
    expect(finding).toMatchObject({
      result: 'blocker',
      remedy: expect.stringMatching(/Gerät|ctrlX|System/) as string,
    })
    expect(finding?.archiveValue.value).not.toBe(finding?.deviceValue.value)
  })

  test('a restore against a blocker is refused with code 3 and sends no changing request', async ({
    expect,
  }) => {
    const words = ['restore', archive.id, small.name, '--confirm', small.name, '--json']
    const ended = await cli.run(words, { password })
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({
      code: 3,
      failure: 'restore-blocked',
    })
    expect(JSON.stringify(failureOf(ended))).toContain('C1')
    expect(changesOf(small)).toEqual([])
  })

  test('offline the last known identity is judged, without any connection; one never read is unknown', async ({
    expect,
  }) => {
    const unread = await devices.core('UNREAD', { model: 'virtual' })
    await cli.add(unread)
    const unknown = await cli.run(['check', archive.id, unread.name, '--offline', '--json'])
    expect(unknown.code).toBe(3)
    expect(parse(unknown) as Fit).toMatchObject({ verdict: 'unknown', identityReadAt: null })
    await cli.json(['check', archive.id, unread.name], { password })
    const asked = unread.log().length
    const { identityReadAt, verdict } = await cli.json<Fit>(['check', archive.id, unread.name, '--offline'])
    expect(unread.log().length).toBe(asked)
    expect(verdict).toMatch(/fits|cautions/)
    expect(Date.parse(identityReadAt ?? '')).toBeGreaterThan(Date.now() - 120_000)
  })
})

describe.concurrent('a restore', () => {
  test('from X7 to a virtual control of the same version is verified, and a safety backup was stored first', async ({
    expect,
  }) => {
    const target = await devices.core('TWIN', { model: 'virtual' })
    await cli.add(target)
    const ended = await cli.run(['restore', archive.id, target.name, '--confirm', target.name, '--json'], {
      password,
    })
    const report = parse(ended) as Report
    expect(report).toMatchObject({ outcome: 'verified-new', differences: [] })
    // What a real device says whenever it takes the setup of another one; nothing may hide it.
    expect(errorsOf(report)).toEqual([
      "certificateManagement: action 'delete' not allowed for device.hsm",
      "certificateManagement: action 'delete' not allowed for device.crt",
    ])
    expect({ code: ended.code, clean: report.clean }).toEqual({ code: 4, clean: false })
    expect(applies(target).map(({ status }) => status)).toEqual([expect.any(Number)])
    const safety = await cli.json(['archive', 'show', report.safetyArchiveId ?? ''])
    expect(safety).toMatchObject({ origin: 'safety', device: { name: target.name } })
  })

  test('of a control from its own backup is done and true: code 0', async ({ expect }) => {
    const words = ['restore', archive.id, source.name, '--confirm', source.name, '--json']
    const ended = await cli.run(words, { password })
    expect(ended.code, ended.stdout).toBe(0)
    expect(parse(ended) as Report).toMatchObject({ outcome: 'verified-new', clean: true })
    expect(applies(source)).toHaveLength(1)
  })

  test('whose protocol holds errors while the task says done is not clean: code 4', async ({ expect }) => {
    const target = await devices.core('ERRORS')
    await cli.add(target)
    const own = await cli.json<Archive>(['backup', target.name], { password })
    target.inject({ effect: 'protocol-errors', lines: ['Could not start app “Motion”'] })
    const words = ['restore', own.id, target.name, '--confirm', target.name, '--no-safety-backup']
    const ended = await cli.run([...words, '--reason', 'a practice device', '--json'], { password })
    expect(ended.code, ended.stdout).toBe(4)
    const report = parse(ended) as Report
    expect(report).toMatchObject({ outcome: 'verified-new', clean: false })
    expect(errorsOf(report)).toEqual(['Could not start app “Motion”'])
    expect(report.safetyArchiveId).toBeUndefined()
  })

  test('with a wrong name, without one, or without a reason to go without safety backup changes nothing', async ({
    expect,
  }) => {
    const target = await devices.core('UNTOUCHED')
    await cli.add(target)
    const restore = ['restore', archive.id, target.name]
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['--confirm', 'untouched'], 'confirmation-wrong'],
      [[], 'confirmation-wrong'],
      [['--confirm', target.name, '--no-safety-backup'], 'bad-input'],
      [['--confirm', target.name, '--accept', 'C9'], 'bad-input'],
    ]
    for (const [words, code] of wrong) {
      const ended = await cli.run([...restore, ...words, '--json'], { password })
      expect({ words, code: ended.code, failure: failureOf(ended).code }).toEqual({
        words,
        code: 2,
        failure: code,
      })
    }
    const planned = await cli.run([...restore, '--plan-only', '--json'], { password })
    expect(planned.code).toBe(0)
    const plan = parse(planned) as { steps: readonly unknown[]; fit: Fit; deviceName: string }
    expect(plan).toMatchObject({ deviceName: target.name, fit: { verdict: 'cautions' } })
    expect(plan.steps.length).toBeGreaterThan(2)
    const spoken = await cli.run([...restore, '--plan-only', '--lang', 'de'], { password })
    expect(spoken.stdout).toMatch(/! \d+\. /)
    expect(target.log().length).toBeGreaterThan(5)
    expect(applies(target)).toEqual([])
    expect(changesOf(target)).toEqual([])
  })

  test('of a device that takes its time can be interrupted before the device is changed, and changes nothing', async ({
    expect,
  }) => {
    const target = await devices.core('SLOW', { model: 'virtual', stepMs: 400 })
    await cli.add(target)
    let interrupted = false
    const ended = await cli.run(['restore', archive.id, target.name, '--confirm', target.name, '--json'], {
      password,
      onStderr: (text, pid) => {
        if (interrupted || !text.includes('SLOW: Safety backup')) return
        interrupted = true
        process.kill(pid, 'SIGINT')
      },
    })
    expect({ interrupted, code: ended.code }).toEqual({ interrupted: true, code: 7 })
    expect(failureOf(ended).code).toBe('cancelled')
    expect(applies(target)).toEqual([])
  })
})

test('afterwards the vault and the history are sound, and no password was written', async () => {
  expect(await problemsOf(cli.home)).toEqual([])
  expect((await cli.everythingWritten()).includes(password)).toBe(false)
  for (const device of [source, small, old]) {
    expect(device.events().filter(({ event }) => event === 'simulator-error')).toEqual([])
  }
})
