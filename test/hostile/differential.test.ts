import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { acceptedArchives, type Accepted } from './accepted.ts'
import { differences } from './differences.ts'
import { bsdtar } from './peers/bsdtar.ts'
import { gnuTar } from './peers/gnu-tar.ts'
import { python } from './peers/python.ts'
import { sevenZip } from './peers/seven-zip.ts'
import { unzip } from './peers/unzip.ts'

/**
 * F-DIFF of the reliability plan: what our reader would restore is the same to every other reader. What is not has to be
 * refused. Needs 7-Zip, bsdtar, unzip, GNU tar and Python (Debian: 7zip libarchive-tools unzip tar python3).
 */
const seed = Number(process.env['FERRITE_FUZZ_SEED'] ?? 20_260_104)
const times = Number(process.env['FERRITE_FUZZ_TIMES'] ?? 1)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'differential-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('what is accepted for a restore, all programs read alike', () => {
  test.each([
    ['zip', 1200, [sevenZip, bsdtar, unzip, python]],
    ['tar', 800, [sevenZip, bsdtar, gnuTar, python]],
  ] as const)('%s: %i archives', { timeout: 300_000 * times }, async (kind, count, peers) => {
    const { accepted, tried } = await acceptedArchives(kind, seed, count * times)
    const files = new Map(accepted.map((each) => [`${each.number}.${kind}`, each] as const))
    for (const [file, { bytes }] of files) await writeFile(join(folder, file), bytes)
    const changed = accepted.filter(({ isChanged }) => isChanged).length
    expect(changed).toBeGreaterThan(accepted.length / 2)

    const names = [...files.keys()]
    const answers = await Promise.all(
      peers.map(async (peer) => ({ peer, said: await peer.read(folder, names) })),
    )
    const found = answers.flatMap(({ peer, said }) =>
      [...files].flatMap(([file, expected]) =>
        differences(expected, said.get(file), peer.name).map(told(expected)),
      ),
    )
    console.log(
      `F-DIFF ${kind} with seed ${seed}: ${accepted.length} accepted of ${tried}, ${changed} of them changed, ` +
        `${peers.length} programs, ${found.length} differences`,
    )
    expect(found.slice(0, 20)).toEqual([])
  })
})

const told =
  ({ number, bytes }: Accepted) =>
  (difference: string): string =>
    `${number}: ${difference}; ${bytes.length < 4000 ? bytes.toString('base64') : `${bytes.length} bytes`}`
