import { mkdir, readdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Vault } from '../../../src/main/vault/vault.ts'
import { failureOf } from '../storage/support/failure-of.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { deposit, draft, hashTree, staging, stream, vaultcheck } from './support/samples.ts'

const create = { createIfMissing: true }

describe('opening a vault', () => {
  test('makes one where the folder is missing, for its owner alone, and finds it again', async () => {
    const folder = join(await newFolder(), 'new', 'vault')
    const made = await Vault.open(folder, create)
    const found = await Vault.open(folder)
    expect(found.id).toBe(made.id)
    expect(found.folder).toBe(await realpath(folder))
    expect((await readdir(folder)).toSorted()).toEqual(['archives', 'staging', 'vault.json'])
    for (const name of ['', 'archives', 'staging'])
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'vault.json'))).mode & 0o777).toBe(0o600)
    expect(vaultcheck(folder)).toEqual({ archives: [], refused: [], problems: [] })
  })

  test('makes one in an empty folder, and in the root of a drive with what systems drop there', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'lost+found'))
    await writeFile(join(folder, '.DS_Store'), '')
    const { id } = await Vault.open(folder, create)
    expect((await Vault.open(folder, create)).id).toBe(id)
  })

  test('never makes one unasked', async () => {
    const folder = await newFolder()
    expect(await failureOf(Vault.open(folder))).toEqual({ code: 'vault-gone', place: folder })
    expect(await failureOf(Vault.open(join(folder, 'missing')))).toMatchObject({ code: 'vault-gone' })
    expect(await readdir(folder)).toEqual([])
  })

  test('refuses a folder that holds something else, and leaves it as it is', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'thesis.doc'), 'mine')
    expect(await failureOf(Vault.open(folder, create))).toEqual({ code: 'target-not-empty', folder })
    expect(await readdir(folder)).toEqual(['thesis.doc'])
  })

  test('refuses a folder with archives that has lost its id file', async () => {
    const folder = await newFolder()
    await deposit(await Vault.open(folder, create), 'content')
    await rm(join(folder, 'vault.json'))
    expect(await failureOf(Vault.open(folder, create))).toEqual({ code: 'target-not-empty', folder })
  })

  test('goes on where making it was cut short', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'archives'))
    await writeFile(join(folder, 'vault.json.00000000-0-1-1-00000000.tmp'), 'to')
    const { id } = await Vault.open(folder, create)
    expect((await Vault.open(folder)).id).toBe(id)
  })

  test('by ten at once makes one vault', async () => {
    const folder = join(await newFolder(), 'vault')
    const vaults = await Promise.all(Array.from({ length: 10 }, () => Vault.open(folder, create)))
    expect(new Set(vaults.map(({ id }) => id)).size).toBe(1)
  })

  test('tells a damaged id file, a newer format and missing archives apart', async () => {
    const folder = await newFolder()
    await Vault.open(folder, create)
    const file = join(folder, 'vault.json')
    const whole = await readFile(file, 'utf8')
    await writeFile(file, whole.replace(/"id": "./, '"id": "x'))
    expect(await failureOf(Vault.open(folder, create))).toMatchObject({ code: 'storage-damaged', file })
    await writeFile(file, '{"format":2}')
    expect(await failureOf(Vault.open(folder, create))).toEqual({
      code: 'storage-newer',
      file,
      format: 2,
      known: 1,
    })
    expect(await readFile(file, 'utf8')).toBe('{"format":2}')
    await writeFile(file, whole)
    await rm(join(folder, 'archives'), { recursive: true })
    expect(await failureOf(Vault.open(folder, create))).toMatchObject({ code: 'storage-damaged' })
    await symlink(await newFolder(), join(folder, 'archives'))
    expect(await failureOf(Vault.open(folder, create))).toMatchObject({ code: 'storage-damaged' })
  })

  test('finds no other vault than the expected one, and fills no empty mount point', async () => {
    const folder = join(await newFolder(), 'stick')
    const { id } = await Vault.open(folder, create)
    const other = join(await newFolder(), 'stick')
    await Vault.open(other, create)
    expect((await Vault.open(folder, { expectedId: id })).id).toBe(id)
    expect(await failureOf(Vault.open(other, { expectedId: id }))).toMatchObject({ code: 'vault-gone' })
    await rm(folder, { recursive: true })
    await mkdir(folder)
    expect(await failureOf(Vault.open(folder, { ...create, expectedId: id }))).toMatchObject({
      code: 'vault-gone',
    })
    expect(await readdir(folder)).toEqual([])
  })

  test('through a link uses the folder behind it, for good', async () => {
    const root = await newFolder()
    await Vault.open(join(root, 'one'), create)
    await Vault.open(join(root, 'two'), create)
    await symlink('one', join(root, 'link'))
    const vault = await Vault.open(join(root, 'link'))
    await rm(join(root, 'link'))
    await symlink('two', join(root, 'link'))
    const { id } = await deposit(vault, 'content')
    expect(await readdir(join(root, 'one', 'archives'))).toEqual([id])
  })
})

describe('a vault that vanishes', () => {
  test('is told as gone by everything, and nothing is made in its place', async () => {
    const folder = join(await newFolder(), 'vault')
    const vault = await Vault.open(folder, create)
    const { id } = await deposit(vault, 'content')
    const staged = await vault.stage(staging(stream(Buffer.from('next'))))
    await rename(folder, `${folder}.unplugged`)
    await mkdir(folder)
    const { signal } = new AbortController()
    const target = join(await newFolder(), 'x')
    const gone = { code: 'vault-gone', place: folder }
    const attempts = [
      vault.commit(staged, draft()),
      vault.stage(staging(stream(Buffer.from('x')))),
      vault.list(),
      vault.read(id),
      vault.find(id),
      vault.contentPath(id),
      vault.rehash(id, { signal }),
      vault.verify(id, { signal }),
      vault.exportTo(id, target, { signal }),
      vault.sweep(),
    ]
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { failure: gone } })
    }
    expect(await readdir(folder)).toEqual([])
  })

  test('while bytes come in is told as gone, and nothing is made in its place', async () => {
    const folder = join(await newFolder(), 'vault')
    const vault = await Vault.open(folder, create)
    async function* unplugs(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(100)
      await rename(folder, `${folder}.unplugged`)
      await mkdir(folder)
      yield Buffer.alloc(100)
    }
    expect(await failureOf(vault.stage(staging(unplugs())))).toEqual({ code: 'vault-gone', place: folder })
    expect(await readdir(folder)).toEqual([])
  })

  test('is not mixed up with another vault in the same place', async () => {
    const root = await newFolder()
    const folder = join(root, 'stick')
    const vault = await Vault.open(folder, create)
    const staged = await vault.stage(staging(stream(Buffer.from('x'))))
    await rename(folder, join(root, 'first'))
    await deposit(await Vault.open(folder, create), 'of the other stick')
    const before = hashTree(folder)
    expect(await failureOf(vault.commit(staged, draft()))).toEqual({ code: 'vault-gone', place: folder })
    expect(hashTree(folder)).toEqual(before)
  })
})
