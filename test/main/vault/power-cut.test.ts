import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, type TestContext } from 'vitest'
import { Vault } from '../../../src/main/vault/vault.ts'
import { newDisk, type Disk } from '../storage/support/power.ts'
import {
  bundle,
  killAtEveryCall,
  run,
  runTampered,
  skipWithoutStrace,
  start,
  type Ended,
  type Mutation,
} from '../storage/support/programs.ts'
import { deposit, hashTree, vaultcheck } from './support/samples.ts'

const program = 'test/main/vault/children/back-up.ts'

/** What is wrong after a power cut: acknowledged archives that are not there, and all that the checker finds. */
async function lossAfter(disk: Disk, acks: readonly string[]): Promise<readonly string[]> {
  return await disk.afterPowerCut(async (folder) => {
    const { archives, problems } = vaultcheck(join(folder, 'vault'))
    const found = archives.map(({ id, sha256 }) => `${id} ${sha256}`)
    return await Promise.resolve([...problems, ...acks.filter((ack) => !found.includes(ack))])
  })
}

const acksOf = (output: string) => [...output.matchAll(/^ack (.+)$/gm)].map(([, ack = '']) => ack)

async function diskWithVault(context: TestContext): Promise<Disk> {
  const disk = await newDisk(context)
  const { id } = await deposit(
    await Vault.open(join(disk.folder, 'vault'), { createIfMissing: true }),
    'older',
  )
  expect(id).toContain('press-7')
  execFileSync('sync', ['-f', disk.folder])
  return disk
}

describe('after a power cut', () => {
  let backUp = ''
  beforeAll(async () => {
    backUp = await bundle(program)
  })

  test('every acknowledged archive is there, whole', { timeout: 60_000 }, async (context) => {
    const disk = await diskWithVault(context)
    for (const size of ['0', '1', '70000', '3000000']) {
      const child = start(process.execPath, [backUp, join(disk.folder, 'vault'), size, 'wait'])
      await child.said('staged')
      expect(await lossAfter(disk, [])).toEqual([])
      child.process.kill('SIGKILL')
      const ended = await child.ended
      expect(acksOf(ended.output)).toHaveLength(1)
      expect(await lossAfter(disk, acksOf(ended.output))).toEqual([])
    }
  })

  test('a vault that was just made is there', async (context) => {
    const disk = await newDisk(context)
    const { id } = await Vault.open(join(disk.folder, 'vault'), { createIfMissing: true })
    const found = await disk.afterPowerCut(async (folder) => (await Vault.open(join(folder, 'vault'))).id)
    expect(found).toBe(id)
  })

  // A killed process leaves what it had not flushed in memory, so the power is cut right after the kill.
  test(
    'at any call of a backup nothing half-made is listed, and what was there is unchanged',
    { timeout: 120_000 },
    async (context) => {
      skipWithoutStrace(context)
      const disk = await diskWithVault(context)
      const older = Object.values(hashTree(disk.folder))
      const acks: string[] = []
      const prepare = () => Promise.resolve([backUp, join(disk.folder, 'vault'), '200000'])
      const check = async (_: readonly string[], { output }: Ended) => {
        acks.push(...acksOf(output))
        expect(await lossAfter(disk, acks)).toEqual([])
        await disk.afterPowerCut(async (folder) => {
          expect(Object.values(hashTree(folder))).toEqual(expect.arrayContaining(older))
          const vault = await Vault.open(join(folder, 'vault'))
          expect((await vault.list()).damaged).toEqual([])
          await vault.sweep()
        })
      }
      expect(
        await killAtEveryCall(['mkdir', 'pwrite64', 'fsync', 'rename'], prepare, check),
      ).toBeGreaterThanOrEqual(8)
      expect(acks).toHaveLength(4)
    },
  )
})

describe('the checks bite:', () => {
  const mutations: readonly (Mutation & { readonly title: string })[] = [
    {
      title: 'an archive without the flush of its content',
      file: 'storage/verified-write.ts',
      from: 'await handle.sync()',
      to: 'await Promise.resolve()',
    },
    {
      title: 'an archive without the flush of its record and folder',
      file: 'vault/move-into-place.ts',
      from: 'await writeNew(description, text)',
      to: "await (await import('node:fs/promises')).writeFile(description, text)",
    },
    {
      title: 'an archive without the flush of its name',
      file: 'vault/move-into-place.ts',
      from: 'await syncFolder(parent)\n    await syncFolder(staging)',
      to: 'await Promise.resolve()',
    },
    {
      title: 'an archive without the rename',
      file: 'vault/move-into-place.ts',
      from: 'await renamePatiently(folder, place)',
      to: 'await Promise.resolve()',
    },
  ]

  test.for(mutations)(
    '$title is found missing after a power cut',
    { timeout: 60_000 },
    async (mutation, context) => {
      const disk = await diskWithVault(context)
      const mutant = await bundle(program, mutation)
      const { output } = await run(process.execPath, [mutant, join(disk.folder, 'vault'), '70000'])
      expect(acksOf(output)).toHaveLength(1)
      expect(await lossAfter(disk, acksOf(output))).not.toEqual([])
    },
  )

  const skippedWrite = ['pwrite64:retval=1048576:when=2']

  test('a write that the disk only pretends is found by reading back', async (context) => {
    skipWithoutStrace(context)
    const disk = await diskWithVault(context)
    const folder = join(disk.folder, 'vault')
    const backUp = await bundle(program)
    const { output } = await runTampered(skippedWrite, [backUp, folder, '3000000'])
    expect(output).toContain('failure {"code":"storage-damaged"')
    expect(vaultcheck(folder)).toMatchObject({ archives: [{}], problems: [] })
  })

  test('and without reading back it would be listed', async (context) => {
    skipWithoutStrace(context)
    const disk = await diskWithVault(context)
    const folder = join(disk.folder, 'vault')
    const file = 'storage/verified-write.ts'
    const mutant = await bundle(program, { file, from: 'readBack.sha256 !== written.sha256', to: 'false' })
    const { output } = await runTampered(skippedWrite, [mutant, folder, '3000000'])
    expect(acksOf(output)).toHaveLength(1)
    expect(vaultcheck(folder).problems).toEqual([expect.stringContaining('has the SHA-256')])
  })
})
