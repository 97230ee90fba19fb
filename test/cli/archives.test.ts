import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildTar } from '../corpus/tar-bytes.ts'
import { CommandLine, failureOf, problemsOf, type Archive } from './command-line.ts'
import { Devices } from './practice-devices.ts'

const execute = promisify(execFile)
const raw = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

interface Listed {
  readonly items: readonly { readonly name: string; readonly kind: string; readonly sizeBytes: number }[]
}

let cli: CommandLine
let devices: Devices
let setup: Archive
let before: Archive
let after: Archive

const recipe = 'srv/recipes/apple-05.json'
const contentOf = (archive: Archive): string =>
  join(cli.home, 'vault', 'archives', archive.id, archive.fileName)
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  const { password } = devices
  const core = await devices.core('PRESS-7')
  const host = await devices.host('PACKER-2')
  await cli.add(core)
  await cli.add(host, { paths: 'etc,srv,opt' })
  const both = await cli.json<{ items: readonly Archive[] }>(['backup', core.name, host.name], { password })
  ;[setup, before] = both.items as [Archive, Archive]
  const spot = { mode: 0o664, uid: 998, gid: 998, modifiedAt: 1_750_000_000 }
  host.tree.write(recipe, '{ "product": "apple-05", "fillMillilitres": 510 }\n', spot)
  host.tree.write('srv/recipes/plum-05.json', '{}\n', spot)
  after = await cli.json<Archive>(['backup', host.name], { password })
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

describe('looking into archives without a device', () => {
  test('the tree, folder by folder, is the tree that unzip and tar see', async () => {
    const { stdout: zip } = await execute('unzip', ['-Z1', contentOf(setup)])
    const { stdout: tar } = await execute('tar', ['-tzf', contentOf(before)])
    for (const [archive, listing] of [
      [setup, zip],
      [before, tar],
    ] as const) {
      const paths = listing.split('\n').map((path) => path.replace(/^\.?\//, ''))
      const tops = new Set(paths.filter(Boolean).map((path) => path.split('/')[0]))
      const { items } = await cli.json<Listed>(['archive', 'tree', archive.id])
      expect(items.map(({ name }) => name).toSorted()).toEqual([...tops].toSorted())
    }
    const { items } = await cli.json<Listed>(['archive', 'tree', before.id, 'srv/recipes'])
    expect(items.map(({ name }) => name).toSorted()).toEqual([
      'apple-05.json',
      'apple-10.json',
      'pear-05.json',
    ])
  })

  test('cat gives the bytes that unzip and plain tar give, with umlauts and blanks in the name', async () => {
    const { stdout: names } = await execute('unzip', ['-Z1', contentOf(setup)])
    const inZip = names.split('\n').filter((name) => name !== '' && !name.endsWith('/'))
    for (const entry of [inZip[0]!, inZip.at(-1)!]) {
      const unzipped = await execute('unzip', ['-p', contentOf(setup), entry], raw)
      expect((await cli.run(['archive', 'cat', setup.id, entry])).bytes).toEqual(unzipped.stdout)
    }
    for (const entry of ['opt/fillline/share/Fehlerliste (Linie 3).csv', 'opt/fillline/bin/fillline']) {
      const { stdout } = await execute('tar', ['-xzOf', contentOf(before), '--wildcards', `*${entry}`], raw)
      expect(stdout.length).toBeGreaterThan(0)
      expect((await cli.run(['archive', 'cat', before.id, entry])).bytes).toEqual(stdout)
    }
  })

  test('cat of what is not there is a failure and writes no byte', async () => {
    const { code, stdout, stderr } = await cli.run(['archive', 'cat', setup.id, 'no/such/file'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('[not-found]')
  })

  test('a reader that has seen enough is no failure', async () => {
    const entry = 'opt/fillline/bin/fillline'
    const ended = await cli.run(['archive', 'cat', before.id, entry], { closesEarly: true })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(await cli.run(['archive', 'list'], { closesEarly: true })).toMatchObject({ code: 0, stderr: '' })
  })

  test('an archive is named by a unique start of its id, and one that fits several is refused', async () => {
    expect(await cli.json(['archive', 'show', setup.id.slice(0, -2)])).toMatchObject({ id: setup.id })
    const ended = await cli.run(['archive', 'show', setup.id.slice(0, 6), '--json'])
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({ code: 2, failure: 'ambiguous-id' })
  })

  test('compare tells what was added and changed with code 4, and nothing with code 0', async () => {
    const differing = await cli.run(['archive', 'compare', before.id, after.id, '--json'])
    expect(differing.code).toBe(4)
    const { items } = JSON.parse(differing.stdout) as { items: readonly { change: string; path: string }[] }
    expect(items.map(({ change, path }) => `${change} ${path}`).toSorted()).toEqual([
      'added srv/recipes/plum-05.json',
      `changed ${recipe}`,
    ])
    const spoken = await cli.run(['archive', 'compare', before.id, after.id])
    expect(spoken.stdout).toContain(`~ ${recipe}`)
    const same = await cli.run(['archive', 'compare', before.id, before.id, '--json'])
    expect({ code: same.code, items: (JSON.parse(same.stdout) as Listed).items }).toEqual({
      code: 0,
      items: [],
    })
    expect(
      (await cli.run(['archive', 'compare', before.id, after.id, '--entry', recipe, '--json'])).code,
    ).toBe(4)
    const equal = ['archive', 'compare', before.id, after.id, '--entry', 'etc/hosts', '--json']
    expect((await cli.run(equal)).code).toBe(0)
  })
})

describe('out of the vault and back', () => {
  test('extract writes what tar extracts, and refuses a folder that holds something', async () => {
    const [mine, theirs] = [join(cli.home, 'mine'), join(cli.home, 'theirs')]
    await mkdir(theirs)
    await execute('tar', ['-xzf', contentOf(before), '-C', theirs])
    await cli.json(['archive', 'extract', before.id, 'srv/recipes', '--to', mine])
    expect(await readdir(mine, { recursive: true })).toContain(recipe)
    expect(await readFile(join(mine, recipe))).toEqual(await readFile(join(theirs, recipe)))
    const again = await cli.run(['archive', 'extract', before.id, '--to', theirs, '--json'])
    expect({ code: again.code, failure: failureOf(again).code }).toEqual({
      code: 2,
      failure: 'target-not-empty',
    })
    const all = await cli.json<{ files: number }>([
      'archive',
      'extract',
      setup.id,
      '--to',
      join(cli.home, 'all'),
    ])
    expect(all.files).toBeGreaterThan(0)
  })

  test('a file of an app inside an archive is read and taken out on the way through it', async () => {
    const { items } = await cli.json<{ items: readonly { readonly path: string }[] }>([
      'archive',
      'search',
      '.app',
      '--in',
      'names',
      '--archive',
      setup.id,
    ])
    const app = items.map(({ path }) => path).find((path) => path.includes('installedApps/'))
    if (app === undefined) throw new Error('there is no app in the archive')
    const to = join(cli.home, 'app')
    const extraction = ['archive', 'extract', setup.id, '--inside', app, '--to', to]
    expect(await cli.json<{ files: number }>(extraction)).toMatchObject({ files: 1 })
    const [snap] = (await readdir(to, { recursive: true })).filter((name) => name.endsWith('.snap'))
    const bytes = await cli.run(['archive', 'cat', setup.id, snap ?? '', '--inside', app])
    expect(bytes.code).toBe(0)
    expect((await readFile(join(to, snap ?? ''))).length).toBeGreaterThan(0)
  })

  test('a name that is not safe everywhere is skipped and said, or taken out under a safe one', async () => {
    const file = join(cli.home, 'odd-names.tar')
    await writeFile(
      file,
      buildTar({ name: 'etc/hostname', content: 'odd' }, { name: 'reports/aux.txt', content: 'aux' }),
    )
    const { id } = await cli.json<{ id: string }>(['archive', 'import', file, '--family', 'linux-host'])
    const skipping = await cli.json(['archive', 'extract', id, '--to', join(cli.home, 'skipping')])
    expect(skipping).toMatchObject({
      files: 1,
      skipped: [{ path: 'reports/aux.txt', reason: 'unsafe-name' }],
    })
    const renaming = join(cli.home, 'renaming')
    const renamed = await cli.json<{ renamed: readonly { readonly name: string }[] }>([
      ...['archive', 'extract', id, '--rename-unsafe', '--to', renaming],
    ])
    expect(renamed).toMatchObject({ files: 2, renamed: [{ path: 'reports/aux.txt' }] })
    expect(await readFile(join(renaming, renamed.renamed[0]?.name ?? ''), 'utf8')).toBe('aux')
  })

  test('export is bit for bit and never overwrites; what was exported comes back in with the same hash', async () => {
    const folder = join(cli.home, 'exports')
    await mkdir(folder)
    for (const archive of [setup, before]) {
      const file = join(folder, archive.fileName)
      await cli.json(['archive', 'export', archive.id, '--to', file])
      const bytes = await readFile(file)
      expect({ sha256: sha256(bytes), sizeBytes: bytes.length }).toMatchObject({
        sha256: archive.sha256,
        sizeBytes: archive.sizeBytes,
      })
      const again = await cli.run(['archive', 'export', archive.id, '--to', file, '--json'])
      expect({ code: again.code, failure: failureOf(again).code }).toEqual({
        code: 2,
        failure: 'target-exists',
      })
      expect(await readFile(file)).toEqual(bytes)
      const imported = await cli.json<Archive>(['archive', 'import', file])
      expect(imported).toMatchObject({ sha256: archive.sha256, origin: 'import' })
      expect(imported.id).not.toBe(archive.id)
    }
    const plain = join(folder, 'unpacked')
    await mkdir(plain)
    await execute('tar', ['-xzf', join(folder, before.fileName), '-C', plain])
    expect(await readdir(plain)).toEqual(expect.arrayContaining(['etc', 'opt', 'srv']))
  })

  test('of several files the good ones go in, and the others are told in the same document', async () => {
    const [good, bad] = [join(cli.home, 'again.zip'), join(cli.home, 'bad.zip')]
    await writeFile(good, await readFile(contentOf(setup)))
    await writeFile(bad, 'no archive at all')
    const { code, stdout } = await cli.run(['archive', 'import', bad, good, '--json'])
    const { items, failures } = JSON.parse(stdout) as {
      items: readonly Archive[]
      failures: readonly { code: string }[]
    }
    expect({ code, failures }).toMatchObject({ code: 10, failures: [{ code: 'archive-not-recognised' }] })
    expect(items.map((item) => item.sha256)).toEqual([setup.sha256])
  })

  test('after all of it every archive verifies, and the vault is sound for a program that knows only its format', async () => {
    const { items } = await cli.json<{ items: readonly { whole: boolean }[] }>(['archive', 'verify', '--all'])
    expect(items.map(({ whole }) => whole)).toEqual((await cli.archives()).map(() => true))
    expect(await problemsOf(cli.home)).toEqual([])
    expect(await cli.staged()).toEqual([])
  })
})
