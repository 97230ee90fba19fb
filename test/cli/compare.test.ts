import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { CommandLine, failureOf, type Archive, type Ended } from './command-line.ts'
import { Devices } from './practice-devices.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

interface Compared {
  readonly items: readonly { readonly change: string; readonly path: string; readonly noise?: unknown }[]
  readonly hidden: readonly { readonly code: string; readonly count: number }[]
}

const generated = 'etc/generated.conf'
const recipe = 'srv/recipes/apple-05.json'

let cli: CommandLine
let devices: Devices
/** Of a host: only a time differs from the first to the second, and a recipe from the second to the third. */
let first: Archive
let second: Archive
let third: Archive
let setup: Archive
let core: Awaited<ReturnType<Devices['core']>>

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  const { password } = devices
  core = await devices.core('PRESS-7')
  const host = await devices.host('PACKER-2')
  await cli.add(core)
  await cli.add(host, { paths: 'etc,srv' })
  const backUp = async (name: string): Promise<Archive> =>
    await cli.json<Archive>(['backup', name], { password })
  const spot = { mode: 0o644, uid: 0, gid: 0, modifiedAt: 1_750_000_000 }
  host.tree.write(generated, '# Generated at 2026-11-20 06:00:00\nspeed=1\n', spot)
  first = await backUp(host.name)
  host.tree.write(generated, '# Generated at 2026-11-21 06:00:00\nspeed=1\n', spot)
  second = await backUp(host.name)
  host.tree.write(recipe, '{ "product": "apple-05", "fillMillilitres": 510 }\n', spot)
  third = await backUp(host.name)
  setup = await backUp(core.name)
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

const compare = async (...words: readonly string[]): Promise<Ended & { readonly told: Compared }> => {
  const ended = await cli.run(['archive', 'compare', ...words, '--json'], { password: devices.password })
  return { ...ended, told: JSON.parse(ended.stdout) as Compared }
}

test('what says nothing of the device is hidden and counted, and is no difference', async () => {
  const quiet = await compare(first.id, second.id)
  expect(quiet.code).toBe(0)
  expect(quiet.told).toMatchObject({ items: [], hidden: [{ code: 'generated-at', count: 1 }] })
  const spoken = await cli.run(['archive', 'compare', first.id, second.id])
  expect(spoken.stdout).toMatch(/1 hidden .*--all.*\n {2}1 time in a comment/)
})

test('--all shows it, and it is a difference', async () => {
  const all = await compare(first.id, second.id, '--all')
  expect(all.code).toBe(4)
  expect(all.told.items).toMatchObject([{ change: 'changed', path: generated, noise: ['generated-at'] }])
})

test('a real change beside it is shown alone', async () => {
  const both = await compare(first.id, third.id)
  expect(both.code).toBe(4)
  expect(both.told.items.map(({ path }) => path)).toEqual([recipe])
})

test('a document is compared by what it means', async () => {
  const spoken = await cli.run(['archive', 'compare', second.id, third.id, '--entry', recipe])
  expect(spoken.code).toBe(4)
  expect(spoken.stdout).toMatch(/~ fillMillilitres: \d+ -> 510/)
  expect((await cli.run(['archive', 'compare', first.id, second.id, '--entry', generated])).code).toBe(0)
  expect(
    (await cli.run(['archive', 'compare', first.id, second.id, '--entry', generated, '--all'])).code,
  ).toBe(4)
  const missing = await cli.run(['archive', 'compare', first.id, second.id, '--entry', 'no/such', '--json'])
  expect({ code: missing.code, failure: failureOf(missing).code }).toEqual({ code: 2, failure: 'not-found' })
})

test('an archive is compared with its device as it is now, which is only read', async () => {
  const same = await compare(setup.id, '--device', core.name)
  expect({ code: same.code, items: same.told.items }).toEqual({ code: 0, items: [] })
  const sent = core.log().length
  core.edit(() => ({ hostname: 'renamed' }))
  const changed = await compare(setup.id, '--device', core.name)
  expect(changed.code).toBe(4)
  expect(changed.told.items).toMatchObject([
    { change: 'changed', path: 'system.hostname', after: '"renamed"' },
  ])
  const changing = core
    .log()
    .slice(sent)
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/auth/token'))
  expect(changing).toEqual([])
})

test('a device of another kind, or neither a second archive nor a device, is wrong usage', async () => {
  for (const words of [
    [first.id],
    [first.id, '--device', core.name],
    [first.id, second.id, '--device', core.name],
  ]) {
    const ended = await cli.run(['archive', 'compare', ...words, '--json'], { password: devices.password })
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({ code: 2, failure: 'bad-input' })
  }
})
