import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { ownedName } from '../../../src/main/storage/process-mark.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import {
  bundle,
  killAtEveryCall,
  run,
  runTampered,
  skipWithoutStrace,
  start,
  type Ended,
} from '../storage/support/programs.ts'
import { deposit, hashTree, staging, stream, vaultcheck } from './support/samples.ts'

let backUp = ''
beforeAll(async () => {
  backUp = await bundle('test/main/vault/children/back-up.ts')
})

/** What a program had acknowledged before it ended: hashes by id. */
function acknowledged({ output }: Ended): ReadonlyMap<string, string> {
  const lines = [...output.matchAll(/^ack (\S+) (\S+)$/gm)]
  return new Map(lines.map(([, id = '', sha256 = '']) => [id, sha256]))
}

/** NL1, NL2, NL3 of the reliability page: after any end of a program, and after the next start. */
async function expectNothingLost(
  folder: string,
  older: Readonly<Record<string, string>>,
  ended: Ended,
): Promise<void> {
  const vault = await Vault.open(folder, { createIfMissing: true })
  const { records, damaged } = await vault.list()
  expect(damaged).toEqual([])
  const verdict = vaultcheck(folder)
  expect(verdict.problems).toEqual([])
  expect(verdict.archives.map(({ id }) => id).toSorted()).toEqual(records.map(({ id }) => id).toSorted())
  const found = new Map(verdict.archives.map(({ id, sha256 }) => [id, sha256]))
  for (const [id, sha256] of acknowledged(ended)) expect(found.get(id)).toBe(sha256)
  expect(hashTree(folder)).toMatchObject(older)
  await vault.sweep()
  expect(await readdir(join(folder, 'staging'))).toEqual([])
  expect((await readdir(folder)).filter((name) => !name.includes('.lock'))).toEqual([
    'archives',
    'staging',
    'vault.json',
  ])
}

async function vaultWithOne(): Promise<{
  readonly folder: string
  readonly older: Readonly<Record<string, string>>
}> {
  const folder = join(await newFolder(), 'vault')
  await deposit(await Vault.open(folder, { createIfMissing: true }), 'older')
  return { folder, older: hashTree(folder) }
}

describe('a process that is killed', () => {
  test(
    'at any call of making a vault leaves one, or the way to one',
    { timeout: 120_000 },
    async (context) => {
      skipWithoutStrace(context)
      const prepare = async () => [backUp, join(await newFolder(), 'vault'), '10']
      const killed = await killAtEveryCall(
        ['mkdir', 'pwrite64', 'fsync', 'rename', 'unlink', 'rmdir'],
        prepare,
        async ([, folder = ''], ended) => {
          await expectNothingLost(folder, {}, ended)
        },
      )
      expect(killed).toBeGreaterThan(20)
    },
  )

  test.for([0, 300_000, 3_000_000])(
    'at any call of a backup of %d bytes loses nothing',
    { timeout: 120_000 },
    async (size, context) => {
      skipWithoutStrace(context)
      let older = {}
      const prepare = async () => {
        const vault = await vaultWithOne()
        ;({ older } = vault)
        return [backUp, vault.folder, String(size)]
      }
      const killed = await killAtEveryCall(
        ['mkdir', 'pwrite64', 'fsync', 'rename'],
        prepare,
        async ([, folder = ''], ended) => {
          await expectNothingLost(folder, older, ended)
          if (ended.code === 0) expect(acknowledged(ended).size).toBe(1)
        },
      )
      expect(killed).toBeGreaterThanOrEqual(8)
    },
  )

  test(
    'while clearing up after another one is cleared up after in turn',
    { timeout: 120_000 },
    async (context) => {
      skipWithoutStrace(context)
      let older = {}
      const prepare = async () => {
        const vault = await vaultWithOne()
        ;({ older } = vault)
        await runTampered(['rename:signal=KILL:when=2'], [backUp, vault.folder, '2000000'])
        expect(await readdir(join(vault.folder, 'staging'))).toHaveLength(1)
        return [backUp, vault.folder, '10']
      }
      const killed = await killAtEveryCall(
        ['unlink', 'unlinkat', 'rmdir'],
        prepare,
        async ([, folder = ''], ended) => {
          await expectNothingLost(folder, older, ended)
        },
      )
      expect(killed).toBeGreaterThanOrEqual(3)
    },
  )

  test(
    'in the middle of a transfer, at any moment, leaves nothing that is listed',
    { timeout: 60_000 },
    async () => {
      for (const pauseMs of [0, 3, 10, 30, 100]) {
        const { folder, older } = await vaultWithOne()
        const child = start(process.execPath, [backUp, folder, '100', 'wait'])
        await child.said('staged')
        await delay(pauseMs)
        child.process.kill('SIGKILL')
        await expectNothingLost(folder, older, await child.ended)
      }
    },
  )
})

describe('sweeping', () => {
  test('removes what killed processes have left, and nothing that is in use or of unknown origin', async () => {
    const { folder } = await vaultWithOne()
    const vault = await Vault.open(folder)
    const own = await vault.stage(staging(stream(Buffer.from('in use'))))
    const killed = start(process.execPath, [backUp, folder, 'wait'])
    await killed.said('staged')
    killed.process.kill('SIGKILL')
    await killed.ended
    const running = start(process.execPath, [backUp, folder, 'wait'])
    await running.said('staged')
    try {
      const foreign = ownedName().replace(/^[0-9a-f]{8}/, '00000000')
      for (const name of [foreign, 'mine']) await mkdir(join(folder, 'staging', name))
      const { removed, kept } = await vault.sweep()
      // The second process has swept away the first one's leftovers at its own start.
      expect(removed).toEqual([])
      expect(kept).toHaveLength(4)
      expect(kept).toEqual(expect.arrayContaining([foreign, 'mine', own.stagingId]))
    } finally {
      running.process.kill('SIGKILL')
      await running.ended
    }
    expect((await vault.sweep()).removed).toHaveLength(1)
    await vault.discard(own)
    expect(await readdir(join(folder, 'staging'))).toHaveLength(2)
  })

  test('by one process leaves alone what another one is about to commit', async () => {
    const { folder } = await vaultWithOne()
    const labels = ['a', 'b', 'c', 'd']
    const ends = await Promise.all(
      labels.map(() => run(process.execPath, [backUp, folder, '100000', '100000', '100000'])),
    )
    const acks = ends.flatMap((ended) => [...acknowledged(ended).keys()])
    expect(acks).toHaveLength(12)
    const ids = vaultcheck(folder).archives.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(acks))
  })
})
