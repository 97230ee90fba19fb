import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Vault } from '../../../src/main/vault/vault.ts'
import { failureOf } from '../storage/support/failure-of.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { bundle, killAtEveryCall, run, runTampered, skipWithoutStrace } from '../storage/support/programs.ts'
import { deposit } from './support/samples.ts'

const { signal } = new AbortController()
const newVault = async () => await Vault.open(join(await newFolder(), 'vault'), { createIfMissing: true })

describe('an export', () => {
  test('is the same bit by bit, private, and the only thing that is written', async () => {
    const vault = await newVault()
    const folder = await newFolder()
    for (const length of [0, 1, 1024 * 1024, 2_500_000]) {
      const bytes = randomBytes(length)
      const { id } = await deposit(vault, bytes)
      const file = join(folder, `${String(length)}.zip`)
      let heard = 0
      await vault.exportTo(id, file, { signal, onBytes: (done) => (heard = done) })
      expect((await readFile(file)).equals(bytes)).toBe(true)
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect((await stat(file)).nlink).toBe(1)
      expect(heard).toBe(length)
    }
    expect(await readdir(folder)).toHaveLength(4)
  })

  test('never overwrites a file, a link or a folder', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), 'mine')
    await symlink('nowhere', join(folder, 'link'))
    await mkdir(join(folder, 'folder'))
    for (const name of ['file', 'link', 'folder']) {
      const file = join(folder, name)
      expect(await failureOf(vault.exportTo(id, file, { signal }))).toEqual({ code: 'target-exists', file })
    }
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('mine')
    expect((await readdir(folder)).toSorted()).toEqual(['file', 'folder', 'link'])
  })

  test('by ten at once to one name is one file, and nine are told', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const folder = await newFolder()
    const file = join(folder, 'x.zip')
    const ends = await Promise.allSettled(
      Array.from({ length: 10 }, () => vault.exportTo(id, file, { signal })),
    )
    const refused = ends.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(9)
    for (const end of refused) expect(end).toMatchObject({ reason: { failure: { code: 'target-exists' } } })
    expect(await readdir(folder)).toEqual(['x.zip'])
  })

  test('of damaged content gives no file', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    await writeFile(await vault.contentPath(id), 'contemt')
    const folder = await newFolder()
    const work = vault.exportTo(id, join(folder, 'x.zip'), { signal })
    expect(await failureOf(work)).toMatchObject({ code: 'archive-changed', archive: id })
    expect(await readdir(folder)).toEqual([])
  })

  test('that is stopped gives no file', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, randomBytes(3_000_000))
    const folder = await newFolder()
    for (const at of [1, 2_000_000]) {
      const controller = new AbortController()
      const onBytes = (done: number) => {
        if (done >= at) controller.abort()
      }
      const work = vault.exportTo(id, join(folder, 'x.zip'), { signal: controller.signal, onBytes })
      expect(await failureOf(work)).toMatchObject({ code: 'cancelled' })
    }
    expect(await readdir(folder)).toEqual([])
  })

  test('into the vault itself, or into a folder that is not there, is refused', async () => {
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    for (const folder of ['', 'archives', 'staging', join('archives', id)]) {
      const work = vault.exportTo(id, join(vault.folder, folder, 'x.zip'), { signal })
      expect(await failureOf(work)).toEqual({
        code: 'bad-input',
        field: 'file',
        reason: 'lies inside the vault',
      })
    }
    const missing = join(await newFolder(), 'missing')
    expect(await failureOf(vault.exportTo(id, join(missing, 'x.zip'), { signal }))).toEqual({
      code: 'storage-unwritable',
      place: missing,
      reason: 'ENOENT',
    })
  })

  test('to a memory stick, where a file has one name only, works and never overwrites', async (context) => {
    skipWithoutStrace(context)
    const program = await bundle('test/main/vault/children/export.ts')
    const vault = await newVault()
    const { id } = await deposit(vault, 'content')
    const stick = await newFolder()
    const file = join(stick, 'x.zip')
    const attempt = async (...injections: string[]) =>
      (await runTampered(['link:error=EPERM', ...injections], [program, vault.folder, id, file])).output
    expect(await attempt('rename:error=EIO')).toBe('storage-unwritable\n')
    expect(await readdir(stick)).toEqual([])
    expect(await attempt()).toBe('exported\n')
    expect(await readFile(file, 'utf8')).toBe('content')
    await writeFile(file, 'mine')
    expect(await attempt()).toBe('target-exists\n')
    expect(await readFile(file, 'utf8')).toBe('mine')
    expect(await readdir(stick)).toEqual(['x.zip'])
  })

  test(
    'that is killed at any call leaves the whole file or none, and never one in the way',
    { timeout: 60_000 },
    async (context) => {
      skipWithoutStrace(context)
      const program = await bundle('test/main/vault/children/export.ts')
      const vault = await newVault()
      const { id } = await deposit(vault, 'content')
      const prepare = async () => [program, vault.folder, id, join(await newFolder(), 'x.zip')]
      const check = async ([, , , file = '']: readonly string[]) => {
        const left = await readFile(file, 'utf8').catch(() => 'nothing')
        expect(['nothing', 'content']).toContain(left)
        const { output } = await run(process.execPath, [program, vault.folder, id, file])
        expect(output).toBe(left === 'nothing' ? 'exported\n' : 'target-exists\n')
        expect(await readFile(file, 'utf8')).toBe('content')
      }
      expect(
        await killAtEveryCall(['pwrite64', 'fsync', 'link', 'unlink'], prepare, check),
      ).toBeGreaterThanOrEqual(5)
    },
  )
})
