import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Failure } from '../../../src/shared/failure.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import { failureOf } from '../storage/support/failure-of.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { bundle, runTampered, skipWithoutStrace } from '../storage/support/programs.ts'
import { smallDisk } from '../storage/support/small-disk.ts'
import { deposit, draft, hashTree, staging, stream, vaultcheck } from './support/samples.ts'

const MiB = 1024 * 1024
const { signal } = new AbortController()

async function* zeros(megabytes: number): AsyncGenerator<Uint8Array> {
  const block = Buffer.alloc(MiB)
  for (let n = 0; n < megabytes; n += 1) yield await Promise.resolve(block)
}

describe('a full disk', () => {
  test('is told before the first byte where the length is announced', async (context) => {
    const vault = await Vault.open(join(await smallDisk(context, 8), 'vault'), { createIfMissing: true })
    const work = vault.stage(staging(zeros(1), { announcedBytes: MiB }))
    const failure = await failureOf(work)
    expect(failure).toMatchObject({ code: 'disk-full', place: join(vault.folder, 'staging') })
    expect((failure as Failure<'disk-full'>).freeBytes).toBeLessThan(8 * MiB)
  })

  test('is told when it fills up on the way; nothing half-made is listed, and older archives are unchanged', async (context) => {
    const vault = await Vault.open(join(await smallDisk(context, 80), 'vault'), { createIfMissing: true })
    const { id } = await deposit(vault, 'older')
    const before = hashTree(vault.folder)
    for (const sizeMiB of [80, 81, 200]) {
      expect(await failureOf(vault.stage(staging(zeros(sizeMiB))))).toMatchObject({ code: 'disk-full' })
      expect(hashTree(vault.folder)).toEqual(before)
      expect(await readdir(join(vault.folder, 'staging'))).toEqual([])
    }
    expect(vaultcheck(vault.folder)).toMatchObject({ archives: [{ id }], problems: [] })
    expect(await vault.verify(id, { signal })).toEqual([])
  })

  test('at the very end leaves the staged file to be committed once there is room', async (context) => {
    const disk = await smallDisk(context, 80)
    const vault = await Vault.open(join(disk, 'vault'), { createIfMissing: true })
    const staged = await vault.stage(staging(zeros(2)))
    execFileSync('sh', ['-c', `cat /dev/zero > '${disk}/filler' || true`], { stdio: 'pipe' })
    expect(await failureOf(vault.commit(staged, draft()))).toMatchObject({ code: 'disk-full' })
    expect(await vault.list()).toEqual({ records: [], damaged: [] })
    execFileSync('rm', [`${disk}/filler`])
    const { id } = await vault.commit(staged, draft())
    expect(vaultcheck(vault.folder)).toMatchObject({ archives: [{ id }], problems: [] })
  })

  test('at the place of an export leaves nothing there', async (context) => {
    const disk = await smallDisk(context, 2)
    const vault = await Vault.open(join(await newFolder(), 'vault'), { createIfMissing: true })
    const staged = await vault.stage(staging(zeros(4)))
    const { id } = await vault.commit(staged, draft())
    expect(await failureOf(vault.exportTo(id, join(disk, 'x.zip'), { signal }))).toMatchObject({
      code: 'disk-full',
    })
    expect(await readdir(disk)).toEqual([])
  })
})

describe('a call of the operating system that fails', () => {
  let backUp = ''
  beforeAll(async () => {
    backUp = await bundle('test/main/vault/children/back-up.ts')
  })

  test.for([
    ['pwrite64', 'ENOSPC'],
    ['pwrite64', 'EDQUOT'],
    ['pwrite64', 'EIO'],
    ['fsync', 'EIO'],
    ['fsync', 'ENOSPC'],
    ['rename', 'EROFS'],
    ['mkdir', 'EACCES'],
    ['mkdir', 'EMFILE'],
  ] as const)(
    '(%s: %s) at any time ends the backup with a failure, loses nothing and leaves nothing',
    { timeout: 60_000 },
    async ([call, errno], context) => {
      skipWithoutStrace(context)
      const codes = errno === 'ENOSPC' || errno === 'EDQUOT' ? ['disk-full'] : ['storage-unwritable']
      const folder = join(await newFolder(), 'vault')
      const { id } = await deposit(await Vault.open(folder, { createIfMissing: true }), 'older')
      const before = hashTree(folder)
      for (let nth = 1; ; nth += 1) {
        const { output, errors } = await runTampered(
          [`${call}:error=${errno}:when=${String(nth)}`],
          [backUp, folder, '2500000'],
        )
        expect(errors).toBe('')
        const { archives, problems } = vaultcheck(folder)
        expect(problems).toEqual([])
        expect(hashTree(folder)).toMatchObject(before)
        const text = /^failure (.*)$/m.exec(output)?.[1]
        if (text === undefined) {
          expect(output).toContain('ack ')
          expect(archives).toHaveLength(2)
          break
        }
        expect(codes).toContain((JSON.parse(text) as Failure).code)
        expect(archives).toMatchObject([{ id }])
        await (await Vault.open(folder)).sweep()
        expect(await readdir(join(folder, 'staging'))).toEqual([])
      }
    },
  )

  test('a short write is gone on with', async (context) => {
    skipWithoutStrace(context)
    const folder = join(await newFolder(), 'vault')
    // The disk takes nothing of one write and says so; the rest must follow.
    await Vault.open(folder, { createIfMissing: true })
    const { output } = await runTampered(['pwrite64:retval=0:when=1'], [backUp, folder, '2500000'])
    expect(output).toContain('ack ')
    expect(vaultcheck(folder)).toMatchObject({ archives: [{ sizeBytes: 2_500_000 }], problems: [] })
  })
})

describe('a drive that is unplugged', () => {
  test('in the middle of a transfer is told as gone, and nothing is made in its place', async (context) => {
    const disk = await smallDisk(context, 80)
    const folder = join(disk, 'vault')
    const vault = await Vault.open(folder, { createIfMissing: true })
    async function* unplugs(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(100)
      execFileSync('umount', ['-l', disk])
      yield Buffer.alloc(100)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', disk])
      await mkdir(folder)
    }
    expect(await failureOf(vault.stage(staging(unplugs())))).toEqual({ code: 'vault-gone', place: folder })
    expect(await readdir(folder)).toEqual([])
    expect(await failureOf(vault.list())).toEqual({ code: 'vault-gone', place: folder })
  })

  test('and became read-only is told as such, and can still be read', async (context) => {
    const disk = await smallDisk(context, 80)
    const vault = await Vault.open(join(disk, 'vault'), { createIfMissing: true })
    const { id } = await deposit(vault, 'older')
    const staged = await vault.stage(staging(stream(Buffer.from('x'))))
    execFileSync('mount', ['-o', 'remount,ro', disk])
    const refused = { code: 'storage-unwritable', reason: 'EROFS' }
    expect(await failureOf(vault.commit(staged, draft()))).toMatchObject(refused)
    expect(await failureOf(vault.stage(staging(stream(Buffer.from('x')))))).toMatchObject(refused)
    const target = join(await newFolder(), 'x.zip')
    await vault.exportTo(id, target, { signal })
    expect(await readFile(target, 'utf8')).toBe('older')
    expect(vaultcheck(vault.folder)).toMatchObject({ archives: [{ id }], problems: [] })
  })
})
