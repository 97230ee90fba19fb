import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipArchive } from 'archiver'
import { pack } from 'tar-stream'
import { expect, onTestFinished, test } from 'vitest'
import { openArchive, type OpenArchive } from '../../../../src/main/archives/open.ts'
import { readArchive, readSetupFile, recognises } from '../../../../src/main/families/ctrlx-core/archive.ts'
import { fact, type Identity } from '../../../../src/shared/model/identity.ts'

const readAt = '2026-11-21T06:00:00.000Z'
const quiet = new AbortController().signal
const recorded: Identity = {
  family: 'ctrlx-core',
  readAt,
  model: fact('ctrlX CORE X3', 'probed', readAt),
  serial: fact('72-recorded', 'probed', readAt),
  systemVersion: fact('4.4', 'probed', readAt),
  rights: fact(['rexroth-device.all.rwx'], 'probed', readAt),
}
const setup = {
  $passwordHash: 'x',
  typePlate: { SerialNumber: '72-archive', TypeCode: 'COREX-M-X7-11', Manufacturer: 'Bosch Rexroth' },
  systemInfo: {
    Architecture: 'x86-64',
    OperatingSystem: 'Ubuntu Core',
    OsVersion: '24',
    Virtualized: 'false',
  },
  system: { hostname: 'PRESS-7' },
  packageManagement: {
    installedApps: {
      'rexroth-deviceadmin': { version: '4.6.0', appType: 'app', title: 'Device Admin' },
      'rexroth-automationcore': { version: '4.6.1', appType: 'app' },
      'rexroth-plc': { version: '4.6.2', appType: 'app', title: 'PLC', $path: 'packageManagement/plc.app' },
      'removed-app': null,
    },
  },
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-ctrlx-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  return folder
}

async function zipOf(files: Readonly<Record<string, string>>): Promise<OpenArchive> {
  const file = join(await temporaryFolder(), 'archive.zip')
  const zip = new ZipArchive()
  const written = pipeline(zip, createWriteStream(file))
  for (const [name, content] of Object.entries(files)) zip.append(content, { name })
  await zip.finalize()
  await written
  return await opened(file, '2026-11-21_06-00-00_ctrlx-setup.zip')
}

async function tarOf(name: string): Promise<OpenArchive> {
  const file = join(await temporaryFolder(), 'archive.tar')
  const tar = pack()
  tar.entry({ name: 'anything' }, 'unknown')
  tar.finalize()
  await pipeline(tar, createWriteStream(file))
  return await opened(file, name)
}

async function opened(file: string, name: string): Promise<OpenArchive> {
  const archive = await openArchive(file, { name })
  onTestFinished(async () => archive[Symbol.asyncDispose]())
  return archive
}

test.each(['ctrlx-setup.json', 'ctrlx-backup.json'])(
  'an archive with %s says what its source is',
  async (name) => {
    const archive = await zipOf({ [name]: JSON.stringify(setup), 'README.md': '#' })
    expect(recognises(archive)).toBe(true)
    const said = await readArchive(archive, recorded, quiet)
    expect(said).toMatchObject({
      model: { value: 'ctrlX CORE X7', provenance: 'archive' },
      architecture: { value: 'x64', provenance: 'archive' },
      serial: { value: '72-archive', provenance: 'archive' },
      systemVersion: { value: '4.6', provenance: 'archive' },
      hostname: { value: 'PRESS-7' },
      operatingSystem: { value: 'Ubuntu Core 24' },
    })
    expect(said.apps?.value).toEqual([
      { name: 'rexroth-deviceadmin', title: 'Device Admin', version: '4.6.0', kind: 'system', enabled: true },
      { name: 'rexroth-automationcore', version: '4.6.1', kind: 'system', enabled: true },
      { name: 'rexroth-plc', title: 'PLC', version: '4.6.2', kind: 'user', enabled: true },
    ])
    expect(said.rights).toBeUndefined()
  },
)

test('what the archive does not hold stays as recorded', async () => {
  const archive = await zipOf({ 'ctrlx-setup.json': JSON.stringify({ dateTime: { timezone: 'Etc/UTC' } }) })
  expect(await readArchive(archive, recorded, quiet)).toEqual({
    family: 'ctrlx-core',
    readAt,
    model: fact('ctrlX CORE X3', 'recorded', readAt),
    serial: fact('72-recorded', 'recorded', readAt),
    systemVersion: fact('4.4', 'recorded', readAt),
  })
})

test('a setup file tells whether a password is needed and a reboot will follow', async () => {
  const archive = await zipOf({ 'ctrlx-setup.json': JSON.stringify({ ...setup, $forceReboot: true }) })
  expect(await readSetupFile(archive)).toMatchObject({ needsPassword: true, forcesReboot: true })
})

test.each([
  ['no JSON', '<html>'],
  ['other JSON', '{"name":"x"}'],
  ['wrong types', '{"packageManagement":{"installedApps":{"plc":{"version":4}}}}'],
  ['an array', '[]'],
  ['null', 'null'],
  ['half a character', '\uD800'],
  ['a deep document', '['.repeat(100_000)],
  ['a prototype', '{"__proto__":{"typePlate":{}}}'],
])('a setup file with %s is foreign', async (_what, content) => {
  const archive = await zipOf({ 'ctrlx-setup.json': content })
  await expect(readArchive(archive, recorded, quiet)).rejects.toMatchObject({
    failure: { code: 'archive-foreign', family: 'ctrlx-core' },
  })
  expect(({} as Record<string, unknown>)['typePlate']).toBeUndefined()
})

test('a zip without a setup file is foreign', async () => {
  const archive = await zipOf({ 'backup/ctrlx-setup.json': JSON.stringify(setup) })
  expect(recognises(archive)).toBe(false)
  await expect(readArchive(archive, recorded, quiet)).rejects.toMatchObject({
    failure: { code: 'archive-foreign' },
  })
})

test('two setup files could be read in two ways', async () => {
  const archive = await zipOf({ 'ctrlx-setup.json': JSON.stringify(setup), 'ctrlx-backup.json': '{}' })
  await expect(readArchive(archive, recorded, quiet)).rejects.toMatchObject({
    failure: { code: 'archive-ambiguous' },
  })
})

test('a setup file larger than 16 MiB is not read', async () => {
  const archive = await zipOf({
    'ctrlx-setup.json': JSON.stringify({ system: { hostname: 'x'.repeat(17 << 20) } }),
  })
  await expect(readArchive(archive, recorded, quiet)).rejects.toMatchObject({
    failure: { code: 'entry-refused' },
  })
})

test('a tar of the first generation is known by its name and says nothing of itself', async () => {
  const archive = await tarOf('ctrlX-2026-11-21-06-00-00.tar')
  expect(recognises(archive)).toBe(true)
  expect(recognises(await tarOf('backup.tar'))).toBe(false)
  expect((await readArchive(archive, recorded, quiet)).serial).toMatchObject({ provenance: 'recorded' })
})
