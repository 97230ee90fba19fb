import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compose } from '../../src/main/compose.ts'
import { defaultHome } from '../../src/main/settings/home.ts'
import { SettingsFile } from '../../src/main/settings/settings-file.ts'
import { newFolder } from './fake-family.ts'
import { inlineParser } from './inline-parser.ts'

const logIncident = (): void => undefined
const startParser = inlineParser()

test('a vault whose drive is unplugged is missing, and no new one is made in its place', async () => {
  const home = await newFolder()
  const vaultFolder = join(await newFolder(), 'drive')
  await (await compose({ home, vaultFolder, logIncident, startParser })).close()
  await rm(vaultFolder, { recursive: true })
  await mkdir(vaultFolder)
  await expect(compose({ home, vaultFolder, logIncident, startParser })).rejects.toThrow('vault-gone')
})

test('another vault plugged into the same place is not taken for the one that was there', async () => {
  const home = await newFolder()
  const vaultFolder = join(await newFolder(), 'drive')
  await (await compose({ home, vaultFolder, logIncident, startParser })).close()
  await rm(vaultFolder, { recursive: true })
  await (await compose({ home: await newFolder(), vaultFolder, logIncident, startParser })).close()
  await expect(compose({ home, vaultFolder, logIncident, startParser })).rejects.toThrow('vault-gone')
})

test('settings that are not changed stay as they are', async () => {
  const settings = new SettingsFile(await newFolder())
  await settings.change({ language: 'de' })
  expect(await settings.change({ theme: 'dark' })).toMatchObject({ language: 'de', theme: 'dark' })
})

test.each([
  ['linux', { XDG_CONFIG_HOME: '/x' }, '/x/ferrite'],
  ['win32', { APPDATA: 'C:\\Users\\e\\AppData\\Roaming' }, /Ferrite$/],
  ['darwin', {}, /Library\/Application Support\/Ferrite$/],
  ['linux', { FERRITE_HOME: '/else' }, '/else'],
] as const)('on %s with %o the home is %s', (platform, environment, home) => {
  expect(defaultHome(environment, platform)).toMatch(home)
})
