import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { crc32, createGzip } from 'node:zlib'
import { TarArchive, ZipArchive } from 'archiver'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/main/archives/open.ts'
import { contents, failureOf, readWhole } from './outcomes.ts'

/**
 * Good archives of the programs that make them in this world. These tests need zip, 7-Zip, bsdtar, GNU tar and Python
 * on the machine (Debian: zip 7zip libarchive-tools tar python3).
 */

const run = promisify(execFile)
const longName = `${'long folder name/'.repeat(8)}${'f'.repeat(120)}.txt`
const files: ReadonlyMap<string, Buffer> = new Map([
  ['a.txt', Buffer.from('The quick brown fox. '.repeat(100))],
  ['empty', Buffer.alloc(0)],
  ['dir/üñ 日本.txt', Buffer.from('names')],
  [
    'dir/sub/random.bin',
    Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * index * 31) >>> 7)),
  ],
  ['dir/sub/zeros', Buffer.alloc(2_000_000)],
  [longName, Buffer.from('deep')],
])

let folder: string
let source: string
let sevenZip: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archives-'))
  source = join(folder, 'source')
  for (const [path, content] of files) {
    await mkdir(join(source, path, '..'), { recursive: true })
    await writeFile(join(source, path), content)
    await utimes(join(source, path), 1_700_000_000, 1_700_000_000)
  }
  await mkdir(join(source, 'dir/hollow'))
  await chmod(join(source, 'a.txt'), 0o755)
  sevenZip = await firstOf('7zz', '7z')
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function firstOf(...commands: readonly string[]): Promise<string> {
  for (const command of commands) {
    const found = await run('which', [command]).catch(() => undefined)
    if (found !== undefined) return command
  }
  throw new Error(`None of ${commands.join(', ')} is installed.`)
}

/** Runs a command in the source folder. */
async function make(command: string, ...args: readonly string[]): Promise<void> {
  await run(command, args, { cwd: source, env: { ...process.env, LC_ALL: 'C.UTF-8' }, maxBuffer: 1 << 26 })
}

async function shell(script: string): Promise<void> {
  await make('sh', '-c', script)
}

async function python(script: string): Promise<void> {
  await make('python3', '-c', script)
}

const zips: readonly (readonly [name: string, make: (file: string) => Promise<void>])[] = [
  ['zip', (file) => make('zip', '-qr', file, '.')],
  ['zip, stored', (file) => make('zip', '-qr0', file, '.')],
  ['zip, without extra fields', (file) => make('zip', '-qrX', file, '.')],
  ['zip, with UTF-8 flags', (file) => make('zip', '-qr', '-UN=UTF8', file, '.')],
  ['zip, streamed', (file) => shell(`zip -qr - . | cat > '${file}'`)],
  ['zip, with zip64 everywhere', (file) => make('zip', '-qr', '-fz', file, '.')],
  ['7-Zip', (file) => make(sevenZip, 'a', '-tzip', '-bso0', '-bsp0', file, '.')],
  ['bsdtar', (file) => shell(`bsdtar -cf '${file}' --format zip -- *`)],
  [
    'bsdtar, stored',
    (file) => shell(`bsdtar -cf '${file}' --format zip --options zip:compression=store -- *`),
  ],
  ['Python', (file) => python(`import shutil; shutil.make_archive('${file.slice(0, -4)}', 'zip', '.')`)],
  ['Python, streamed', (file) => python(pythonStreamed(file))],
  ['archiver', (file) => archiverZip(file, false)],
  ['archiver with zip64', (file) => archiverZip(file, true)],
]

function pythonStreamed(file: string): string {
  return `
import os, zipfile
class Pipe:
    def __init__(self, raw): self.raw = raw
    def write(self, data): return self.raw.write(data)
    def flush(self): self.raw.flush()
with open('${file}', 'wb') as raw, zipfile.ZipFile(Pipe(raw), 'w', zipfile.ZIP_DEFLATED) as z:
    for root, folders, names in os.walk('.'):
        for name in folders + names:
            path = os.path.join(root, name)
            z.write(path, os.path.relpath(path, '.'))`
}

async function archiverZip(file: string, forceZip64: boolean): Promise<void> {
  const archive = new ZipArchive({ forceZip64 })
  archive.directory(source, false)
  await Promise.all([pipeline(archive, createWriteStream(file)), archive.finalize()])
}

const tars: readonly (readonly [name: string, make: (file: string) => Promise<void>])[] = [
  ['GNU tar', (file) => make('tar', '-cf', file, '.')],
  ['GNU tar of names', (file) => shell(`tar -cf '${file}' -- *`)],
  ['GNU tar in gzip', (file) => make('tar', '-czf', file, '.')],
  [
    'GNU tar, pax with attributes',
    (file) => make('tar', '--acls', '--xattrs', '--numeric-owner', '-czf', file, '.'),
  ],
  ['GNU tar, ustar', (file) => make('tar', '--format=ustar', '--exclude=long*', '-cf', file, '.')],
  ['GNU tar, v7', (file) => make('tar', '--format=v7', '--exclude=long*', '-cf', file, '.')],
  ['GNU tar, oldgnu', (file) => make('tar', '--format=oldgnu', '-cf', file, '.')],
  ['bsdtar, pax', (file) => make('bsdtar', '--format=pax', '-czf', file, '.')],
  ['bsdtar, gnutar', (file) => make('bsdtar', '--format=gnutar', '-cf', file, '.')],
  [
    'Python, pax',
    (file) => python(`import tarfile; t = tarfile.open('${file}', 'w:gz'); t.add('.'); t.close()`),
  ],
  [
    'Python, GNU',
    (file) =>
      python(
        `import tarfile; t = tarfile.open('${file}', 'w', format=tarfile.GNU_FORMAT); t.add('.'); t.close()`,
      ),
  ],
  [
    'Python, ustar',
    (file) =>
      python(
        `import tarfile; t = tarfile.open('${file}', 'w', format=tarfile.USTAR_FORMAT); [t.add(n) for n in ('a.txt', 'empty', 'dir')]; t.close()`,
      ),
  ],
  ['7-Zip', (file) => make(sevenZip, 'a', '-ttar', '-bso0', '-bsp0', file, '.')],
  ['archiver', archiverTar],
  ['tar-stream', tarStream],
]

async function archiverTar(file: string): Promise<void> {
  const archive = new TarArchive({ gzip: true })
  archive.directory(source, false)
  await Promise.all([pipeline(archive, createWriteStream(file)), archive.finalize()])
}

async function tarStream(file: string): Promise<void> {
  const stream = pack()
  const written = pipeline(stream, createGzip(), createWriteStream(file))
  stream.entry({ name: 'dir/hollow', type: 'directory' })
  for (const [name, content] of files) stream.entry({ name, mode: name === 'a.txt' ? 0o755 : 0o644 }, content)
  stream.finalize()
  await written
}

/** The files that a maker was able to put in; old formats have no room for long names. */
function expectedOf(found: ReadonlyMap<string, Buffer>, maker: string): ReadonlyMap<string, Buffer> {
  const without = /ustar|v7/.test(maker) && !found.has(longName)
  return new Map([...files].filter(([path]) => !(without && path === longName)))
}

describe('archives made by others are read as they were meant', () => {
  test.each(zips)('a zip of %s', async (maker, makeZip) => {
    const file = join(folder, `${maker.replace(/\W+/g, '-')}.zip`)
    await makeZip(file)
    await using archive = await openArchive(file)
    expect(archive.container).toBe('zip')
    const found = await contents(archive)
    for (const [path, content] of files) {
      expect(found.get(path)?.equals(content)).toBe(true)
      expect(archive.find(path)).toMatchObject({
        kind: 'file',
        sizeBytes: content.length,
        crc32: crc32(content),
      })
      expect(archive.find(path)?.restriction).toBeUndefined()
      expect((await readWhole(archive, path)).equals(content)).toBe(true)
    }
    expect(archive.find('dir/hollow/')?.kind).toBe('folder')
    const names = Array.from(archive.entries()).filter(({ kind }) => kind !== 'folder')
    expect(names.map(({ path }) => path).sort()).toEqual([...files.keys()].sort())
  })

  test.each(tars)('a tar of %s', async (maker, makeTar) => {
    const file = join(folder, `${maker.replace(/\W+/g, '-')}.tar`)
    await makeTar(file)
    await using archive = await openArchive(file)
    const found = await contents(archive)
    const expected = expectedOf(found, maker)
    expect(expected.size).toBeGreaterThanOrEqual(files.size - 1)
    for (const [path, content] of expected) {
      expect(found.get(path)?.equals(content)).toBe(true)
      expect(archive.find(path)).toMatchObject({ kind: 'file', sizeBytes: content.length })
      expect(archive.find(path)?.restriction).toBeUndefined()
    }
    expect((await readWhole(archive, 'dir/sub/zeros')).equals(files.get('dir/sub/zeros')!)).toBe(true)
    expect(archive.find('a.txt')?.mode).toBe(0o755)
    expect(archive.find('dir/hollow')?.kind).toBe('folder')
    const names = Array.from(archive.entries()).filter(({ kind }) => kind !== 'folder')
    expect(names.map(({ path }) => path).sort()).toEqual([...expected.keys()].sort())
  })

  test('links as tar and zip write them', async () => {
    const place = join(folder, 'links')
    await mkdir(place)
    await writeFile(join(place, 'file'), 'content')
    await symlink('/usr/share/zoneinfo/UTC', join(place, 'outward'))
    await symlink('file', join(place, 'inward'))
    await run('ln', ['file', 'second'], { cwd: place })
    await run('tar', ['-C', folder, '-czf', join(folder, 'links.tgz'), 'links'])
    await run('zip', ['-qry', join(folder, 'links.zip'), 'links'], { cwd: folder })
    for (const name of ['links.tgz', 'links.zip']) {
      await using archive = await openArchive(join(folder, name))
      expect(archive.find('links/outward')).toMatchObject({
        kind: 'link',
        linkTarget: '/usr/share/zoneinfo/UTC',
      })
      expect(archive.find('links/inward')).toMatchObject({
        kind: 'link',
        linkTarget: 'file',
        restriction: 'link',
      })
      expect(archive.unsafeEntries().map(({ path }) => path)).toEqual(['links/outward'])
    }
    await using tar = await openArchive(join(folder, 'links.tgz'))
    const hard = Array.from(tar.entries()).filter(({ linkTarget }) => linkTarget?.startsWith('links/'))
    expect(hard).toHaveLength(1)
  })
})

describe('A52: encrypted entries', () => {
  const password = 'correct horse'

  test.each([
    ['WinZip AES', ['-mem=AES256']],
    ['WinZip AES 128', ['-mem=AES128']],
    ['the traditional cipher', ['-mem=ZipCrypto']],
    ['WinZip AES over stored bytes', ['-mem=AES192', '-mx=0']],
    ['the traditional cipher over stored bytes', ['-mem=ZipCrypto', '-mx=0']],
  ])('%s', async (title, options) => {
    const file = join(folder, `secret-${title.replace(/\W+/g, '-')}.zip`)
    await make(sevenZip, 'a', '-tzip', '-bso0', '-bsp0', `-p${password}`, ...options, file, '.')
    const path = 'dir/sub/random.bin'

    await using closed = await openArchive(file)
    expect(closed.find(path)).toMatchObject({ kind: 'file', restriction: 'encrypted', sizeBytes: 400_000 })
    expect(await failureOf(async () => readWhole(closed, path))).toEqual({
      code: 'archive-password',
      archive: file,
      entry: path,
    })

    await using opened = await openArchive(file, { password })
    expect(opened.find(path)?.restriction).toBeUndefined()
    expect((await readWhole(opened, path)).equals(files.get(path)!)).toBe(true)
    expect((await contents(opened)).get('a.txt')).toEqual(files.get('a.txt'))
  })

  test('a wrong password never shows a byte, however many are tried', async () => {
    const file = join(folder, 'traditional.zip')
    await make('zip', '-q0', '-P', password, file, 'a.txt', 'dir/sub/random.bin')
    for (let attempt = 0; attempt < 600; attempt += 1) {
      await using archive = await openArchive(file, { password: `wrong ${attempt}` })
      let shown = 0
      const failure = await failureOf(async () => {
        for await (const piece of archive.read('a.txt', {
          signal: AbortSignal.timeout(5000),
          maxBytes: 64,
        })) {
          shown += piece.length
        }
      })
      expect(failure.code).toBe('archive-password')
      expect(shown).toBe(0)
      expect(JSON.stringify(failure)).not.toContain('wrong')
    }
  })

  test('a flipped bit under AES is found although the entry has no checksum', async () => {
    const file = join(folder, 'aes-flipped.zip')
    await make(
      sevenZip,
      'a',
      '-tzip',
      '-bso0',
      '-bsp0',
      `-p${password}`,
      '-mem=AES256',
      '-mx=0',
      file,
      'a.txt',
    )
    const bytes = await readFile(file)
    bytes[200]! ^= 1
    await using archive = await openArchive(bytes, { password })
    expect((await failureOf(async () => readWhole(archive, 'a.txt'))).code).toBe('archive-crc')
  })
})
