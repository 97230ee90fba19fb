import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { Vault } from '../../../src/main/vault/vault.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { bundle, killAtEveryCall, skipWithoutStrace, type Ended } from '../storage/support/programs.ts'
import { deposit, hashTree, refusal, staging, stream, vaultcheck } from './support/samples.ts'

const { signal } = new AbortController()
let refuse = ''
beforeAll(async () => {
  refuse = await bundle('test/main/vault/children/refuse.ts')
})

/** A vault with one archive and, unless it is the first, one refused file. */
async function vaultWith(refused: 0 | 1): Promise<string> {
  const folder = join(await newFolder(), 'vault')
  const vault = await Vault.open(folder, { createIfMissing: true })
  await deposit(vault, 'older')
  if (refused === 1)
    await vault.refusals.keep(await vault.stage(staging(stream(Buffer.from('older')))), refusal(), { signal })
  return folder
}

/** NL1, NL2, NL3 for refused files: what was told as kept is there, whole; there is nothing in between. */
async function expectWholeOrStaging(
  folder: string,
  older: Readonly<Record<string, string>>,
  { output }: Ended,
): Promise<void> {
  const vault = await Vault.open(folder)
  const { refusals, damaged } = await vault.refusals.list()
  expect(damaged).toEqual([])
  const verdict = vaultcheck(folder)
  expect(verdict.problems).toEqual([])
  expect(verdict.archives).toHaveLength(1)
  expect(verdict.refused.map(({ id }) => id).toSorted()).toEqual(refusals.map(({ id }) => id).toSorted())
  const found = verdict.refused.map(({ id, sha256 }) => `${id} ${sha256}`)
  const told = [...output.matchAll(/^kept (.+)$/gm)].map(([, line = '']) => line)
  expect(found).toEqual(expect.arrayContaining(told))
  expect(hashTree(folder)).toMatchObject(older)
  await vault.sweep()
  expect(await readdir(join(folder, 'staging'))).toEqual([])
}

describe('a process that is killed', () => {
  test.for([
    [0, 0],
    [1, 300_000],
  ] as const)(
    'at any call of keeping a refused file, beside %d others, loses nothing (%d bytes)',
    { timeout: 120_000 },
    async ([others, size], context) => {
      skipWithoutStrace(context)
      let older = {}
      const prepare = async () => {
        const folder = await vaultWith(others)
        older = hashTree(folder)
        return [refuse, folder, String(size)]
      }
      const killed = await killAtEveryCall(
        ['mkdir', 'pwrite64', 'fsync', 'rename'],
        prepare,
        async ([, folder = ''], ended) => {
          await expectWholeOrStaging(folder, older, ended)
          if (ended.code === 0) expect(ended.output).toMatch(/^kept /)
        },
      )
      expect(killed).toBeGreaterThanOrEqual(8)
    },
  )
})
