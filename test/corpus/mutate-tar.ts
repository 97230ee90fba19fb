import { base256 } from './tar-bytes.ts'
import { blindMutations, type Mutation } from './mutate.ts'
import type { Random } from './random.ts'

const blockBytes = 512

/** Fields of a header block: POSIX.1-1988 ustar, and what GNU keeps behind the prefix. */
const numbers: readonly (readonly [at: number, bytes: number])[] = [
  [100, 8],
  [108, 8],
  [116, 8],
  [124, 12],
  [136, 12],
  [329, 8],
  [337, 8],
]
const texts: readonly (readonly [at: number, bytes: number])[] = [
  [0, 100],
  [157, 100],
  [265, 32],
  [297, 32],
  [345, 155],
]
const magics = [
  'ustar\x0000',
  'ustar  \0',
  'ustar\x0001',
  'ustar\0\0\0',
  'ustar\0  ',
  '\0\0\0\0\0\0\0\0',
  'ustar ',
]
const types = Array.from('01234567xgLKSVMNDXA9\0 ')
const pieces = [
  '/',
  './',
  '../',
  '/x',
  'a',
  '\\',
  ' ',
  '\0',
  'ä',
  '\xff',
  'C:',
  '.',
  'link',
  'long/'.repeat(30),
]

/** The blocks that are headers: all with a magic, and the first one. */
function headersOf(bytes: Buffer): readonly number[] {
  const places: number[] = []
  for (let at = 0; at + blockBytes <= bytes.length; at += blockBytes) {
    if (at === 0 || bytes.toString('latin1', at + 257, at + 262) === 'ustar') places.push(at)
  }
  return places
}

const inHeader =
  (changeBlock: (block: Buffer, random: Random) => void): Mutation =>
  (bytes, random) => {
    const places = headersOf(bytes)
    if (places.length === 0) return bytes
    const at = random.pick(places)
    changeBlock(bytes.subarray(at, at + blockBytes), random)
    return bytes
  }

const numberField = inHeader((block, random) => {
  const [at, length] = random.pick(numbers)
  block.set(numberText(length, random), at)
})

function numberText(length: number, random: Random): Buffer {
  const value = random.pick([0, 1, 4, 5, 511, 512, 513, 1024, 0o777, 0o4755, 0o77777777, 2 ** 33, 2 ** 53])
  const octal = value.toString(8).slice(-(length - 1))
  switch (random.below(7)) {
    case 0:
      return base256(BigInt(value) * (random.once(2) ? 1n : -1n), length)
    case 1:
      return Buffer.from(octal.padStart(length, '0'), 'latin1')
    case 2:
      return Buffer.from(octal.padEnd(length, ' '), 'latin1')
    case 3:
      return Buffer.from(octal.padStart(length, ' '), 'latin1')
    case 4:
      return Buffer.from(octal.padEnd(length, '\0'), 'latin1')
    case 5:
      return Buffer.from(`${octal}\0${'7'.repeat(length)}`.slice(0, length), 'latin1')
    default:
      return Buffer.from(`${octal.padStart(length - 1, '0')}\0`, 'latin1')
  }
}

const textField = inHeader((block, random) => {
  const [at, length] = random.pick(texts)
  const field = block.subarray(at, at + length)
  const piece = Buffer.from(random.pick(pieces), 'latin1')
  const end = field.indexOf(0)
  const place = random.once(2) ? 0 : Math.max(0, end < 0 ? length - piece.length : end)
  piece.copy(field, place)
})

const typeField = inHeader((block, random) => {
  block.write(random.pick(types), 156, 'latin1')
})

const magicField = inHeader((block, random) => {
  block.write(random.pick(magics), 257, 'latin1')
})

/** One byte of one header, or of one pax record. */
const headerByte = inHeader((block, random) => {
  block[random.below(blockBytes)] = random.below(256)
})

const wholeBlock: Mutation = (bytes, random, other) => {
  const from = random.below(Math.max(1, other.length >> 9)) * blockBytes
  const at = random.below((bytes.length >> 9) + 1) * blockBytes
  const taken = other.subarray(from, from + blockBytes)
  const rest = bytes.subarray(random.once(2) ? at : at + blockBytes)
  return Buffer.concat([bytes.subarray(0, at), taken, rest])
}

const fields = [numberField, numberField, textField, textField, typeField, magicField, headerByte, wholeBlock]

/** Changes that know what a tar is made of, and those that do not. */
export const tarMutations: readonly Mutation[] = [...blindMutations, ...fields, ...fields]

/** Changes after which a tar is often still one. */
export const gentleTarMutations: readonly Mutation[] = [...fields, ...blindMutations.slice(0, 2)]

/** Gives every header its right checksum again: what is changed then gets past the first check. */
export function withChecksums(bytes: Buffer): Buffer {
  for (const at of headersOf(bytes)) {
    const block = bytes.subarray(at, at + blockBytes)
    block.write('        ', 148, 'latin1')
    let sum = 0
    for (const byte of block) sum += byte
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  }
  return bytes
}
