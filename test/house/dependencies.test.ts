import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { floors, isSound, supportedElectronMajors, unwelcome, type Floor } from './floors.ts'

const root = join(import.meta.dirname, '../..')

interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

async function readJson<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(root, name), 'utf8')) as T
}

async function lockedPackages() {
  const { packages } = await readJson<{ packages: Record<string, LockedPackage> }>('package-lock.json')
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, locked]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 13), ...locked }))
}

interface PackageFile {
  readonly dependencies?: Record<string, string>
  readonly devDependencies: Record<string, string>
  readonly allowScripts: Record<string, boolean>
}

test('no package in the lock file, however deep, is below the floor of its known weaknesses', async () => {
  const locked = await lockedPackages()
  const below = floors.flatMap((floor) =>
    locked
      .filter(({ name, version }) => name === floor.name && !isSound(version ?? '0.0.0', floor))
      .map(({ path, version }) => `${path} ${version} (${floor.because})`),
  )
  expect(below).toEqual([])
})

test('packages that must not be used are nowhere in the lock file', async () => {
  const found = (await lockedPackages()).filter(({ name }) => unwelcome.has(name))
  expect(found.map(({ path, name }) => `${path}: ${unwelcome.get(name)}`)).toEqual([])
})

test('Electron is one of the supported majors', async () => {
  const electron = (await lockedPackages()).find(({ path }) => path === 'node_modules/electron')
  expect(supportedElectronMajors).toContain(Number(electron?.version?.split('.')[0]))
})

test('every dependency is named by one exact version', async () => {
  const { devDependencies, dependencies = {} } = await readJson<PackageFile>('package.json')
  const inexact = Object.entries({ ...devDependencies, ...dependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
  )
  expect(inexact).toEqual([])
})

test('nothing ships as a package of its own, so no native module does', async () => {
  const { dependencies = {} } = await readJson<PackageFile>('package.json')
  expect(dependencies).toEqual({})
})

test('every locked package has a strong hash and comes from a registry', async () => {
  const astray = (await lockedPackages()).filter(
    ({ resolved, integrity, link }) =>
      link === true ||
      !(integrity ?? '').startsWith('sha512-') ||
      (resolved !== undefined && !/^https:\/\/[^/]+\/.+\.tgz$/.test(resolved)),
  )
  expect(astray.map(({ path }) => path)).toEqual([])
})

test('every package with an install script is denied by name', async () => {
  const { allowScripts } = await readJson<PackageFile>('package.json')
  const scripted = (await lockedPackages()).filter(({ hasInstallScript }) => hasInstallScript === true)
  const names = [...new Set(scripted.map(({ name }) => name))].sort()
  expect(names.filter((name) => allowScripts[name] !== false)).toEqual([])
  expect(Object.values(allowScripts)).not.toContain(true)
})

const floor: Floor = { name: 'x', lines: ['1.2.3', '2.0.1'], because: 'an example' }

test.each([
  ['1.2.2', false],
  ['1.2.3', true],
  ['1.10.0', true],
  ['1.2.3-beta.1', false],
  ['2.0.0', false],
  ['2.0.1', true],
  ['0.9.9', false],
  ['3.0.0', true],
])('version %s is sound: %s', (version, sound) => {
  expect(isSound(version, floor)).toBe(sound)
})
