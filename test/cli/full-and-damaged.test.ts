import { execFile } from 'node:child_process'
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { buildTar } from '../corpus/tar-bytes.ts'
import { buildZip } from '../corpus/zip-bytes.ts'
import { CommandLine, problemsOf, type Archive } from './command-line.ts'
import { changesOf, Devices, type Core, type Host } from './practice-devices.ts'
import { tells } from './telling.ts'

const execute = promisify(execFile)
const mebibyte = 1024 * 1024
/** Only the superuser can make a file system that is really small. */
const canMount = process.getuid?.() === 0 && process.platform === 'linux'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

let cli: CommandLine
let devices: Devices
let password: string
let core: Core
let host: Host

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  ;({ password } = devices)
  core = await devices.core('PRESS-7', { payloadBytes: 10 * mebibyte })
  host = await devices.host('PACKER-2', { payloadBytes: 10 * mebibyte })
  await cli.add(core)
  await cli.add(host)
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

/** A file system of its own that holds so many bytes. */
async function newDisk(sizeBytes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-cli-disk-'))
  await execute('mount', ['-t', 'tmpfs', '-o', `size=${String(sizeBytes)}`, 'tmpfs', folder])
  onTestFinished(async () => {
    await execute('umount', [folder])
    await rm(folder, { recursive: true })
  })
  return folder
}

describe('a disk that is full', () => {
  // `context.skip` says why, where nobody may mount.
  test('here: 8, for a file with an announced length and for one without, and the vault stays whole', async (context) => {
    if (!canMount) context.skip('a small file system can be mounted by root on Linux only')
    const vault = join(await newDisk(8 * mebibyte), 'vault')
    for (const device of [core, host]) {
      const words = ['backup', device.name, '--vault', vault]
      const failure = await tells(cli, { words, run: { password }, exit: 8, code: 'disk-full' })
      expect(failure).toMatchObject({ place: expect.stringContaining(vault) as string })
      const { items } = await cli.json<{ items: readonly Archive[] }>(['archive', 'list', '--vault', vault])
      expect(items).toEqual([])
    }
    expect(await problemsOf(cli.home, vault)).toEqual([])
    const { stdout } = await execute('df', ['--output=used', '-B1', vault])
    expect(Number(stdout.split('\n')[1])).toBeLessThan(mebibyte)
  })

  test('on the device: 8, before anything on it is changed', async () => {
    const narrow = await devices.host('NARROW')
    await cli.add(narrow)
    const { id } = await cli.json<Archive>(['backup', narrow.name], { password })
    await tells(cli, {
      words: ['restore', id, narrow.name, '--confirm', narrow.name],
      run: { password },
      prepare: () => {
        narrow.clearFaults()
        narrow.inject({ effect: 'free-bytes', command: 'df', freeBytes: 1000, times: 20 })
      },
      exit: 8,
      code: 'device-no-room',
    })
    expect(narrow.log().filter(({ path }) => / -x/.test(path))).toEqual([])
  })
})

test.each(['request', 'task'] as const)(
  'a ctrlX CORE without room for its own file, noticed with the %s, is told in its own words',
  async (noticed) => {
    const device = await devices.core(`NARROW-${noticed}`)
    await cli.add(device)
    const failure = await tells(cli, {
      words: ['backup', device.name],
      run: { password },
      prepare: () => {
        device.inject({ effect: 'disk-full', task: 'create', noticed })
      },
      exit: 8,
      code: ['device-full'],
    })
    expect(failure).toMatchObject({ detail: expect.stringContaining('Not sufficient free memory') as string })
  },
)

describe('an archive that was damaged on the disk', () => {
  test.each([
    ['a ctrlX CORE', 'PRESS-9', 'ctrlx-core'],
    ['a Linux host', 'PACKER-9', 'linux-host'],
  ] as const)('of %s does not verify (4), and no restore begins with it', async (_, name, family) => {
    const device = family === 'ctrlx-core' ? await devices.core(name) : await devices.host(name)
    await cli.add(device)
    const archive = await cli.json<Archive>(['backup', name], { password })
    expect(await cli.json(['archive', 'verify', archive.id])).toEqual({
      items: [{ archive: archive.id, whole: true }],
    })
    const file = join(cli.home, 'vault', 'archives', archive.id, archive.fileName)
    await using handle = await open(file, 'r+')
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Math.floor(archive.sizeBytes / 2))
    await handle.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, Math.floor(archive.sizeBytes / 2))

    const verified = await cli.run(['archive', 'verify', archive.id, '--json'])
    expect(verified.code).toBe(4)
    expect(JSON.parse(verified.stdout)).toMatchObject({
      items: [{ archive: archive.id, whole: false, failure: { code: 'archive-changed' } }],
    })
    const german = await cli.run(['archive', 'verify', archive.id, '--lang', 'de'])
    expect(german).toMatchObject({ code: 4, stdout: expect.stringContaining(archive.id) as string })
    expect(german.stderr).toContain('[archive-changed]')

    const words = ['restore', archive.id, name, '--confirm', name]
    const refused = await tells(cli, { words, run: { password }, exit: 3, code: 'restore-blocked' })
    expect(refused).toMatchObject({ rules: expect.stringContaining('G1') as string })
    if (family === 'ctrlx-core')
      expect(
        changesOf(device as Core)
          .map(({ path }) => path)
          .join(),
      ).not.toContain('apply')
    else expect(device.log().filter(({ path }) => / -x/.test(path))).toEqual([])
    expect(await problemsOf(cli.home)).toContainEqual(expect.stringContaining(archive.id))
    await rm(join(cli.home, 'vault', 'archives', archive.id), { recursive: true })
  })
})

describe('a hostile file', () => {
  test.each([
    [
      'a zip that climbs out',
      'climbs.zip',
      buildZip([
        { name: 'ctrlx-setup.json', content: '{}' },
        { name: '../../evil', content: 'x' },
      ]),
    ],
    ['a zip with an absolute name', 'absolute.zip', buildZip([{ name: '/etc/cron.d/evil', content: 'x' }])],
    ['a zip cut short', 'short.zip', buildZip([{ name: 'a', content: 'x'.repeat(500) }]).subarray(0, -30)],
    ['a tar that climbs out', 'climbs.tar', buildTar({ name: 'etc/../../evil', content: Buffer.from('x') })],
    ['a text', 'text.zip', Buffer.from('not an archive, whatever its name says')],
  ])('%s is refused with 10, and stays as it is', async (_, name, bytes) => {
    const file = join(devices.folder, name)
    await writeFile(file, bytes)
    const before = await stat(file)
    const listed = await cli.archives()
    const failure = await tells(cli, {
      words: ['archive', 'import', file],
      together: true,
      exit: 10,
      code: [
        ...[
          'archive-path',
          'archive-name',
          'archive-structure',
          'archive-truncated',
          'archive-not-recognised',
        ],
        'archive-ambiguous',
      ],
    })
    expect(failure).toMatchObject({ archive: name })
    expect(await readFile(file)).toEqual(bytes)
    expect((await stat(file)).mtimeMs).toBe(before.mtimeMs)
    expect(await cli.archives()).toEqual(listed)
  })
})

test('what is left is sound: no staging, no damage, no password anywhere', async () => {
  expect(await cli.staged()).toEqual([])
  expect(await problemsOf(cli.home)).toEqual([])
  expect((await cli.everythingWritten()).includes(password)).toBe(false)
})
