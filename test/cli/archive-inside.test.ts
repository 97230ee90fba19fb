import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Lens } from '../../src/shared/model/lens.ts'
import { CommandLine, failureOf, type Archive } from './command-line.ts'
import { Devices } from './practice-devices.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

let cli: CommandLine
let devices: Devices
let setup: Archive
let host: Archive

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  const { password } = devices
  const [core, line] = [await devices.core('PRESS-7'), await devices.host('PACKER-2')]
  await cli.add(core)
  await cli.add(line, { paths: 'etc,srv,opt' })
  const environment = { FERRITE_ARCHIVE_PASSWORD: 'Archive-1234' }
  const both = await cli.json<{ items: readonly Archive[] }>(['backup', core.name, line.name], {
    password,
    environment,
  })
  ;[setup, host] = both.items as [Archive, Archive]
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

test('an archive says as tables what is in it, with its secrets covered', async () => {
  const { stdout, code } = await cli.run(['archive', 'inside', setup.id])
  expect(code).toBe(0)
  expect(stdout).toContain('What is not in it (left-out)')
  expect(stdout).toMatch(/rexroth-plc +PLC +4\.6\.2/)
  expect(stdout).not.toContain('scrypt:')
  const { items } = await cli.json<{ items: readonly Lens[] }>(['archive', 'inside', setup.id, 'users'])
  expect(items.map(({ id }) => id)).toEqual(['users'])
  expect(JSON.stringify(items)).toContain('{"secret":true}')
  expect(JSON.stringify(items)).not.toContain('scrypt:')
})

test('secrets are printed only with --reveal', async () => {
  const { stdout } = await cli.run(['archive', 'inside', setup.id, 'users', '--reveal'])
  expect(stdout).toContain('scrypt:')
})

test('the tables are German where German is asked for', async () => {
  const { stdout } = await cli.run(['archive', 'inside', host.id, 'services', '--lang', 'de'])
  expect(stdout).toContain('Dienste, die gestartet werden (services)')
  expect(stdout).toContain('fillline.service')
})

test('a table that the archive does not have is refused with the ones it has', async () => {
  const result = await cli.run(['archive', 'inside', host.id, 'apps', '--json'])
  expect(result.code).toBe(2)
  expect(failureOf(result)).toMatchObject({ code: 'bad-input', field: 'table' })
  expect(result.stdout).toContain('users')
})
