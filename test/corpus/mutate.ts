import type { Random } from './random.ts'

/** Numbers at which readers of lengths and offsets have always gone wrong. */
const edges = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xfffe, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
]

/** One change of some bytes; they may be changed in place. `other` is a second archive to take pieces from. */
export type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer

const bit: Mutation = (bytes, random) => {
  bytes[random.below(bytes.length)]! ^= 1 << random.below(8)
  return bytes
}

const byte: Mutation = (bytes, random) => {
  bytes[random.below(bytes.length)] = random.below(256)
  return bytes
}

const number: Mutation = (bytes, random) => {
  if (bytes.length >= 4) bytes.writeUInt32LE(random.pick(edges), random.below(bytes.length - 3))
  return bytes
}

const cut: Mutation = (bytes, random) => {
  const at = random.below(bytes.length)
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(40))])
}

const double: Mutation = (bytes, random) => {
  const at = random.below(bytes.length)
  return Buffer.concat([bytes.subarray(0, at + random.below(600)), bytes.subarray(at)])
}

const splice: Mutation = (bytes, random, other) =>
  Buffer.concat([bytes.subarray(0, random.below(bytes.length)), other.subarray(random.below(other.length))])

const graft: Mutation = (bytes, random, other) => {
  const length = Math.min(1 + random.below(64), other.length)
  const from = random.below(other.length - length + 1)
  other.copy(bytes, random.below(bytes.length), from, from + length)
  return bytes
}

/** Changes that know nothing of what they change. */
export const blindMutations: readonly Mutation[] = [bit, byte, number, cut, double, splice, graft]

/** One to five changes, mostly one: what is changed less gets further. */
export function mutate(seed: Buffer, other: Buffer, random: Random, mutations: readonly Mutation[]): Buffer {
  let bytes: Buffer = Buffer.from(seed)
  for (let changes = random.pick([1, 1, 1, 2, 3, 5]); changes > 0 && bytes.length > 0; changes -= 1) {
    bytes = random.pick(mutations)(bytes, random, other)
  }
  return bytes
}

/** A number for a field of so many bytes: an edge, close to the one that is there, or any. */
export function numberNear(value: number, fieldBytes: number, random: Random): number {
  const most = 256 ** fieldBytes
  switch (random.below(4)) {
    case 0:
      return random.pick(edges) % most
    case 1:
      return (value + most + random.below(9) - 4) % most
    case 2:
      return value ^ (2 ** random.below(fieldBytes * 8)) ? bitFlipped(value, fieldBytes, random) : 0
    default:
      return random.below(most)
  }
}

function bitFlipped(value: number, fieldBytes: number, random: Random): number {
  const bit = 2 ** random.below(fieldBytes * 8)
  return Math.floor(value / bit) % 2 === 1 ? value - bit : value + bit
}
