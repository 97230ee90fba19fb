import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CommandLine, failureOf, problemsOf, type Archive } from './command-line.ts'
import { changesOf, Devices, type Core } from './practice-devices.ts'

// A restore waits ten seconds for a last reboot, as in the product.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 })

interface Annotated extends Archive {
  readonly restorability: string
  readonly proofs: readonly {
    readonly level: string
    readonly deviceName: string
    readonly deviceRole: string
  }[]
}

let cli: CommandLine
let devices: Devices
let device: Core
let archive: Archive

const show = async () => await cli.json<Annotated>(['archive', 'show', archive.id])
const drill = async (...more: readonly string[]) =>
  await cli.run(['drill', archive.id, device.name, '--confirm', device.name, '--json', ...more], {
    password: devices.password,
  })

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  device = await devices.core('BENCH')
  await cli.add(device)
  archive = await cli.json<Archive>(['backup', device.name], { password: devices.password })
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

test('a drill on a device in production is refused before it is spoken to', async () => {
  const asked = device.log().length
  const ended = await drill()
  expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({ code: 3, failure: 'not-for-drills' })
  expect(device.log().length).toBe(asked)
})

test('a plan earns L3; a drill on a spare device earns L4 and says on which device', async () => {
  expect(await show()).toMatchObject({ restorability: 'L2', proofs: [] })
  const planned = await cli.run(['restore', archive.id, device.name, '--plan-only'], {
    password: devices.password,
  })
  expect(planned.code).toBe(0)
  expect((await show()).restorability).toBe('L3')
  expect(changesOf(device).filter(({ path }) => path.includes('apply'))).toEqual([])

  await cli.json(['device', 'set', device.name, '--role', 'spare'])
  const ended = await drill()
  expect(ended.code, ended.stdout).toBe(0)
  const { restorability, proofs } = await show()
  expect(restorability).toBe('L4')
  expect(proofs.at(-1)).toMatchObject({ level: 'L4', deviceName: 'BENCH', deviceRole: 'spare' })
})

test('a drill may replace instead of merging', async () => {
  const ended = await drill('--mode', 'replace')
  expect(ended.code, ended.stdout).toBe(0)
  const modes = device
    .events()
    .flatMap(({ event, facts }) => (event === 'apply-accepted' ? [facts['mode']] : []))
  expect(modes).toEqual(['merge', 'restore'])
})

test('afterwards vault, annotations and history are sound', async () => {
  expect(await problemsOf(cli.home)).toEqual([])
})
