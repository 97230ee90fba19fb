import { deflateRawSync } from 'node:zlib'
import { traditional } from '../zip-crypto.ts'
import { buildZip, descriptor, type RawEntry } from '../zip-bytes.ts'
import { damaged, refused, viewed, whole, type HostileCase } from './row.ts'

export const text = Buffer.from('The quick brown fox jumps over the lazy dog. '.repeat(20))
export const packedText = deflateRawSync(text)
export const a: RawEntry = { name: 'a.txt', content: text }
export const b: RawEntry = { name: 'b.txt', content: 'second' }

const MiB = 1024 * 1024
const large = Buffer.alloc(3_000_000, 'large')
const noise = (length: number): Buffer =>
  Buffer.from(Array.from({ length }, (_, index) => (index * index * 7919) >>> 5))
/** Both headers say the same, and both lie. */
const lying = (entry: RawEntry, lie: NonNullable<RawEntry['central']>): Buffer =>
  buildZip([{ ...entry, local: lie, central: lie }])
const unknownSizes = { crc32: 0, sizeBytes: 0, compressedBytes: 0 }

/** What the header in front of the content says against what the directory says. */
const disagreeing: readonly HostileCase[] = [
  ...refused('A28', 'archive-ambiguous', {
    'a name that escapes': buildZip([{ ...a, local: { name: Buffer.from('../evil.txt') } }]),
    'a name in another case': buildZip([b, { ...a, local: { name: Buffer.from('A.txt') } }]),
  }),
  ...refused(
    'A29',
    'archive-ambiguous',
    Object.fromEntries(
      [
        { sizeBytes: 1 },
        { sizeBytes: 0 },
        { compressedBytes: 1 },
        { method: 0 },
        { flags: 0x800 },
        { flags: 1 },
        { crc32: 1 },
        { crc32: 0 },
      ].map((local) => [JSON.stringify(local), buildZip([{ ...a, local }, b])]),
    ),
  ),
  ...whole('A29', ['a.txt', 'b.txt'], {
    'zeros where a data descriptor follows': buildZip([
      {
        ...a,
        flags: 8,
        local: unknownSizes,
        behind: descriptor(text, packedText.length, { signature: true, long: false }),
      },
      b,
    ]),
  }),
]

const flipped = (method: number, bit: number): Buffer => {
  const bytes = buildZip([{ ...a, method }])
  bytes[35 + 20]! ^= bit
  return bytes
}

/** Contents that are not what their headers declare. */
const untrue: readonly HostileCase[] = [
  ...damaged('A30', 'a.txt', 'archive-crc', {
    'a wrong checksum, stored': lying({ ...a, method: 0 }, { crc32: 0x12345678 }),
    'a wrong checksum, deflated': lying(a, { crc32: 0x12345678 }),
  }),
  ...damaged('A30', 'l', 'archive-crc', {
    'a wrong checksum of a large stored entry': lying(
      { name: 'l', content: large, method: 0 },
      { crc32: 0x12345678 },
    ),
    'a wrong checksum of a large deflated entry': lying({ name: 'l', content: large }, { crc32: 0x12345678 }),
  }),
  ...damaged('A31', 'l', 'archive-size-lie', {
    '10 bytes declared, 1,000,000 there': () =>
      lying({ name: 'l', content: Buffer.alloc(1_000_000, 'a') }, { sizeBytes: 10 }),
    'less declared than there is, of a large entry': () =>
      lying({ name: 'l', content: noise(2_000_000) }, { sizeBytes: 1_900_000 }),
  }),
  ...damaged('A32', 'l', 'archive-size-lie', {
    'more declared than there is': lying({ name: 'l', content: 'a few bytes' }, { sizeBytes: 4000 }),
  }),
  ...refused('A32', 'archive-size-lie', {
    '2 GiB declared over five stored bytes': lying(
      { name: 'l', content: 'real5', method: 0 },
      { sizeBytes: 0x80000000 },
    ),
  }),
  ...refused('A33', 'archive-truncated', {
    'a compressed size beyond the file': buildZip([
      a,
      { ...b, local: { compressedBytes: 1_000_000 }, central: { compressedBytes: 1_000_000 } },
    ]),
  }),
  ...refused('A34', 'archive-bomb', {
    'one byte more than deflate can do': lying(a, { sizeBytes: packedText.length * 1033 }),
    'nearly 4 GiB from a few bytes': lying(a, { sizeBytes: 0xfffffffe }),
  }),
  ...whole('A35', ['zeros'], {
    'a bomb of one layer: 64 MiB of zeros': () =>
      buildZip([{ name: 'zeros', content: Buffer.alloc(64 * MiB) }]),
  }),
  ...damaged('A40', 'a.txt', 'archive-crc', {
    'a flipped bit, stored': flipped(0, 1),
    'a flipped bit, deflated': flipped(8, 0x40),
  }),
  ...damaged('A40', 'a.txt', 'archive-ambiguous', {
    'bytes behind the end of the compressed stream': buildZip([
      { ...a, packed: Buffer.concat([packedText, Buffer.from('hidden')]) },
    ]),
  }),
  ...damaged('A53', 'a.txt', 'archive-method', {
    'a method nobody knows': buildZip([{ ...a, method: 98 }]),
    'a method that is not read': buildZip([{ ...a, method: 9 }]),
  }),
  ...damaged('A53', 'l', 'archive-method', {
    'stored bytes that are called deflated': buildZip([
      { name: 'l', content: noise(600), packed: noise(600), method: 8 },
    ]),
  }),
]

/** Bodies that share bytes. */
const overlapping: readonly HostileCase[] = [
  ...refused('A36', 'archive-overlap', {
    '51 entries over one body': buildZip([
      a,
      ...Array.from({ length: 50 }, (_, index) => ({ ...a, name: `x${index}`, withoutLocal: true })),
    ]),
  }),
  ...refused('A37', 'archive-overlap', {
    'an entry inside the body of another': () => {
      const inner = buildZip([b]).subarray(0, 30 + 5 + deflateRawSync(Buffer.from('second')).length)
      const outer: RawEntry = { name: 'outer', content: inner, method: 0 }
      return buildZip([outer, { ...b, withoutLocal: true, central: { offset: 35 } }])
    },
    'a body over the directory': lying(a, { compressedBytes: packedText.length + 10 }),
    'an extra field over the directory': () => {
      const bytes = buildZip([a])
      bytes.writeUInt16LE(40, 28)
      return bytes
    },
  }),
]

const password = 'correct horse'
const locked = traditional('a.txt', text, password)

/** What needs a password. */
const encrypted: readonly HostileCase[] = [
  ...viewed('A52', [['a.txt', 'encrypted']], {
    'the traditional cipher': buildZip([locked]),
    'strong encryption': buildZip([{ ...a, method: 0, flags: 0x41 }]),
    'WinZip AES without its field': buildZip([{ ...a, method: 99, flags: 1 }]),
  }),
  ...damaged('A52', 'a.txt', 'archive-password', { 'no password': buildZip([locked]) }),
  ...damaged(
    'A52',
    'a.txt',
    'archive-password',
    {
      'a wrong password': buildZip([locked]),
      'a wrong password whose check byte happens to be right': buildZip([
        traditional('a.txt', text, password, { checkedBy: 'wrong' }),
      ]),
      'strong encryption, whatever the password': buildZip([{ ...a, method: 0, flags: 0x41 }]),
    },
    { password: 'wrong' },
  ),
  ...whole('A52', ['a.txt'], { 'the right password': buildZip([locked]) }, { password }),
]

export const zipContentCases: readonly HostileCase[] = [
  ...disagreeing,
  ...untrue,
  ...overlapping,
  ...encrypted,
]
