import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CommandLine, type Archive } from './command-line.ts'
import { Devices } from './practice-devices.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

interface Found {
  readonly items: readonly {
    readonly archiveId: string
    readonly path: string
    readonly content?: { readonly line: number; readonly match: string; readonly after: string }
  }[]
  readonly archives: { readonly searched: number; readonly of: number; readonly withHits: number }
  readonly skipped: readonly unknown[]
}

const file = 'etc/motor.conf'

let cli: CommandLine
let devices: Devices
/** Of one host, the oldest first; the file is the same in the first two. */
let archives: readonly [Archive, Archive, Archive]

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  const { password } = devices
  const host = await devices.host('PACKER-2')
  await cli.add(host, { paths: 'etc,srv' })
  const backUp = async (name: string): Promise<Archive> =>
    await cli.json<Archive>(['backup', name], { password })
  const spot = { mode: 0o644, uid: 0, gid: 0, modifiedAt: 1_750_000_000 }
  host.tree.write(file, 'axis=1\nSetPoint=42\npassword=hunter22\n', spot)
  const first = await backUp(host.name)
  const second = await backUp(host.name)
  host.tree.write(file, 'axis=1\nSetPoint=43\n', spot)
  archives = [first, second, await backUp(host.name)]
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

test('finds a text in every archive, and prints one line a file', async () => {
  const ended = await cli.run(['archive', 'search', 'setpoint'])
  expect(ended.code).toBe(0)
  const lines = ended.stdout.trim().split('\n').toSorted()
  expect(lines).toEqual(
    archives.map(({ id }, index) => `${id}  ${file}:2: SetPoint=${String(index < 2 ? 42 : 43)}`).toSorted(),
  )
})

test('answers one document, told apart by case, place and kind where that was asked for', async () => {
  const found = await cli.json<Found>(['archive', 'search', 'SetPoint=43', '--match-case'])
  expect(found).toMatchObject({
    items: [{ archiveId: archives[2].id, path: file, content: { line: 2, match: 'SetPoint=43', after: '' } }],
    archives: { searched: 3, of: 3, withHits: 1 },
    isCapped: false,
    skipped: [],
  })
  const named = await cli.json<Found>([
    'archive',
    'search',
    'MOTOR.conf',
    '--in',
    'names',
    '--device',
    'PACKER-2',
  ])
  expect(named.items.map(({ path }) => path)).toEqual([file, file, file])
  const inOne = await cli.json<Found>(['archive', 'search', 'setpoint', '--archive', archives[0].id])
  expect(inOne.archives).toEqual({ searched: 1, of: 1, withHits: 1 })
})

test('nothing found is code 4, and a text that is none is wrong usage', async () => {
  const ended = await cli.run(['archive', 'search', 'not in there', '--json'])
  expect(ended.code).toBe(4)
  expect((JSON.parse(ended.stdout) as Found).items).toEqual([])
  expect((await cli.run(['archive', 'search', 'SETPOINT', '--match-case'])).code).toBe(4)
  expect((await cli.run(['archive', 'search', ''])).code).toBe(2)
  expect((await cli.run(['archive', 'search', 'a', '--in', 'dreams'])).code).toBe(2)
})

test('secrets stay covered', async () => {
  const ended = await cli.run(['archive', 'search', 'password='])
  expect(ended.stdout).toContain('password=••••••')
  expect(ended.stdout).not.toContain('hunter22')
})

test('one file over time: versions with their hash, the same ones marked', async () => {
  const { items } = await cli.json<{
    items: readonly { archiveId: string; isSame: boolean; file: { sha256: string } }[]
  }>(['archive', 'history', file, '--device', 'PACKER-2'])
  expect(items.map(({ archiveId, isSame }) => [archiveId, isSame])).toEqual([
    [archives[2].id, false],
    [archives[1].id, true],
    [archives[0].id, false],
  ])
  expect(new Set(items.map(({ file: { sha256 } }) => sha256)).size).toBe(2)
  const told = await cli.run(['archive', 'history', file, '--device', 'PACKER-2'])
  expect(told.stdout).toMatch(new RegExp(`same +${archives[1].id}`))
  expect((await cli.run(['archive', 'history', 'etc/nowhere', '--device', 'PACKER-2'])).code).toBe(4)
})
