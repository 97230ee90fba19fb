import { blindMutations, numberNear, type Mutation } from './mutate.ts'
import type { Random } from './random.ts'

type Fields = Readonly<Record<string, readonly [at: number, bytes: 1 | 2 | 4]>>

/** Records of a zip by their signature, with the places of their numbers. APPNOTE 4.3.7 to 4.3.16. */
const records: readonly { readonly signature: string; readonly fields: Fields }[] = [
  {
    signature: 'PK\x03\x04',
    fields: {
      version: [4, 2],
      flags: [6, 2],
      method: [8, 2],
      time: [10, 2],
      date: [12, 2],
      crc32: [14, 4],
      compressed: [18, 4],
      size: [22, 4],
      name: [26, 2],
      extra: [28, 2],
    },
  },
  {
    signature: 'PK\x01\x02',
    fields: {
      madeBy: [4, 1],
      system: [5, 1],
      version: [6, 2],
      flags: [8, 2],
      method: [10, 2],
      time: [12, 2],
      date: [14, 2],
      crc32: [16, 4],
      compressed: [20, 4],
      size: [24, 4],
      name: [28, 2],
      extra: [30, 2],
      comment: [32, 2],
      disk: [34, 2],
      internal: [36, 2],
      dosAttributes: [38, 1],
      unixAttributes: [40, 2],
      offset: [42, 4],
    },
  },
  {
    signature: 'PK\x05\x06',
    fields: {
      disk: [4, 2],
      directoryDisk: [6, 2],
      countHere: [8, 2],
      count: [10, 2],
      directoryBytes: [12, 4],
      directoryOffset: [16, 4],
      comment: [20, 2],
    },
  },
  {
    signature: 'PK\x06\x06',
    fields: {
      length: [4, 4],
      version: [14, 2],
      disk: [16, 4],
      count: [32, 4],
      bytes: [40, 4],
      offset: [48, 4],
    },
  },
  { signature: 'PK\x06\x07', fields: { disk: [4, 4], offset: [8, 4], disks: [16, 4] } },
  { signature: 'PK\x07\x08', fields: { crc32: [4, 4], compressed: [8, 4], size: [12, 4] } },
]

function placesOf(bytes: Buffer, signature: string): readonly number[] {
  const places: number[] = []
  for (
    let at = bytes.indexOf(signature, 0, 'latin1');
    at >= 0;
    at = bytes.indexOf(signature, at + 4, 'latin1')
  )
    places.push(at)
  return places
}

function change(bytes: Buffer, at: number, length: 1 | 2 | 4, random: Random): number | undefined {
  if (at + length > bytes.length) return undefined
  const value = numberNear(bytes.readUIntLE(at, length), length, random)
  bytes.writeUIntLE(value, at, length)
  return value
}

/** One number of one record. */
const field: Mutation = (bytes, random) => {
  const { signature, fields } = random.pick(records)
  const places = placesOf(bytes, signature)
  if (places.length === 0) return bytes
  const [at, length] = random.pick(Object.values(fields))
  change(bytes, random.pick(places) + at, length, random)
  return bytes
}

const shared = ['version', 'flags', 'method', 'time', 'date', 'crc32', 'compressed', 'size'] as const

/** The same number in the local header and in the directory, so that the two still agree. */
const fieldOfBoth: Mutation = (bytes, random) => {
  const [local, central] = records
  const locals = placesOf(bytes, 'PK\x03\x04')
  const centrals = placesOf(bytes, 'PK\x01\x02')
  const entry = random.below(Math.max(1, Math.min(locals.length, centrals.length)))
  const [localAt, centralAt] = [locals[entry], centrals[entry]]
  const name = random.pick(shared)
  const [from, to] = [local?.fields[name], central?.fields[name]]
  if (localAt === undefined || centralAt === undefined || !from || !to) return bytes
  const value = change(bytes, localAt + from[0], from[1], random)
  if (value !== undefined && centralAt + to[0] + to[1] <= bytes.length)
    bytes.writeUIntLE(value, centralAt + to[0], to[1])
  return bytes
}

/** One character of a name, in both of its places. */
const nameOfBoth: Mutation = (bytes, random) => {
  const locals = placesOf(bytes, 'PK\x03\x04')
  const centrals = placesOf(bytes, 'PK\x01\x02')
  const entry = random.below(Math.max(1, Math.min(locals.length, centrals.length)))
  const [localAt, centralAt] = [locals[entry], centrals[entry]]
  if (localAt === undefined || centralAt === undefined || localAt + 30 > bytes.length) return bytes
  const at = random.below(Math.max(1, bytes.readUInt16LE(localAt + 26)))
  if (localAt + 30 + at >= bytes.length || centralAt + 46 + at >= bytes.length) return bytes
  const character = random.once(3) ? random.below(256) : random.pick([...Buffer.from('aZ09._- /\\:~äü')])
  bytes[localAt + 30 + at] = character
  bytes[centralAt + 46 + at] = character
  return bytes
}

/** Changes that know what a zip is made of, and those that do not. */
export const zipMutations: readonly Mutation[] = [
  ...blindMutations,
  field,
  field,
  field,
  fieldOfBoth,
  fieldOfBoth,
  nameOfBoth,
]

/** Changes after which a zip is often still one. */
export const gentleZipMutations: readonly Mutation[] = [field, field, fieldOfBoth, fieldOfBoth, nameOfBoth]
