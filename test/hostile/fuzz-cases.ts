import { gzipSync } from 'node:zlib'
import { tarSeeds, zipSeeds } from '../corpus/archive-seeds.ts'
import { blindMutations, mutate } from '../corpus/mutate.ts'
import { tarMutations, withChecksums } from '../corpus/mutate-tar.ts'
import { zipMutations } from '../corpus/mutate-zip.ts'
import { Random } from '../corpus/random.ts'

export type FuzzKind = 'zip' | 'tar'

/** The changed archive with this number; the same for the same seed. */
export function fuzzCase(kind: FuzzKind, seed: number, number: number): Buffer {
  const random = new Random(seed, number)
  return kind === 'zip'
    ? mutate(random.pick(zipSeeds), random.pick(zipSeeds), random, zipMutations)
    : changedTar(random)
}

/** One in eight is a tar in gzip; there, either the tar or the gzip around it is changed. */
function changedTar(random: Random): Buffer {
  const seed = random.pick(tarSeeds)
  const other = random.pick(tarSeeds)
  if (random.once(16))
    return mutate(gzipSync(seed, { level: 1 }), gzipSync(other, { level: 1 }), random, blindMutations)
  const changed = mutate(seed, other, random, tarMutations)
  const bytes = random.once(8) ? changed : withChecksums(changed)
  return random.once(16) ? gzipSync(bytes, { level: 1 }) : bytes
}
