import { buildZip, descriptor, extraField, zip64Field, type RawEntry, type ZipOptions } from '../zip-bytes.ts'
import { refused, whole, type HostileCase } from './row.ts'
import { a, b, packedText, text } from './zip-contents.ts'

const both = ['a.txt', 'b.txt']
const good = buildZip([a, b])
const counted = (count: number): Buffer => buildZip([a, b], { end: { count, countHere: count } })
const withZip64 = (zip64: NonNullable<ZipOptions['zip64']>): Buffer => buildZip([a, b], { zip64 })
const withOffset = (offset: number): Buffer => buildZip([{ ...a, central: { offset } }, b])
const commented = (comment: Buffer): Buffer => buildZip([a, b], { end: { comment } })
const marked = { sizeBytes: 0xffffffff, compressedBytes: 0xffffffff, offset: 0xffffffff }
const markedWith = (extra: Buffer): Buffer => buildZip([{ ...a, central: { ...marked, extra } }])
const otherEnd = buildZip([b]).subarray(-22)
const streamed = (behind: Buffer): RawEntry => ({
  ...a,
  flags: 8,
  local: { crc32: 0, sizeBytes: 0, compressedBytes: 0 },
  behind,
})
const prefix = Buffer.from('MZ and a program that unpacks itself')
const disguised = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(40)])
const hidden = Buffer.from('hidden between')
const page = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>'

const ends: readonly HostileCase[] = [
  ...refused('A41', 'archive-structure', {
    'an offset inside a header': withOffset(1),
    'an offset inside a body': withOffset(40),
    'an offset into the next entry': withOffset(90),
    'an offset beyond the entries': withOffset(5000),
    'an offset beyond the file': withOffset(0xfffffffe),
    'an offset of -1': withOffset(0xffffffff),
    'an offset of -1 in the long field': buildZip([
      { ...a, central: { ...marked, extra: zip64Field(text.length, packedText.length, -1n) } },
    ]),
  }),
  ...refused('A42', 'archive-not-recognised', {
    'nothing at all': Buffer.alloc(0),
    '4 KiB of zeros': Buffer.alloc(4096),
    '4 KiB of noise': Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 73 + 11) & 0xff)),
    'a page that asks to sign in': Buffer.from(page),
  }),
  ...refused('A42', 'archive-truncated', { 'an archive without its end record': good.subarray(0, -22) }),
  ...refused('A43', 'archive-ambiguous', {
    'one of two': counted(1),
    'none of two': counted(0),
    'an entry that only the file has': buildZip([a, { ...b, withoutCentral: true }]),
    'a first entry that only the file has': buildZip([{ ...a, withoutCentral: true }, b]),
    'a lone entry that only the file has': buildZip([{ ...a, withoutCentral: true }]),
  }),
  ...refused('A44', 'archive-structure', {
    'three of two': counted(3),
    'five of two': counted(5),
    '65,534 of two': counted(65_534),
  }),
  ...refused('A45', 'archive-structure', {
    '50,000,000': buildZip([a], { zip64: { count: 50_000_000n } }),
    '2^32-1': buildZip([a], { zip64: { count: 0xffffffffn } }),
    '2^53': buildZip([a], { zip64: { count: 2n ** 53n } }),
    '2^64-1': buildZip([a], { zip64: { count: 2n ** 64n - 1n } }),
  }),
  ...refused('A46', 'archive-structure', {
    'an offset of -1': withZip64({ directoryOffset: 2n ** 64n - 1n }),
    'an offset of 2^52': withZip64({ directoryOffset: 2n ** 52n }),
    'a size of -1': withZip64({ directoryBytes: 2n ** 64n - 1n }),
    'a locator without its signature': withZip64({ locatorSignature: 0x11111111 }),
    'a locator that points to nothing': withZip64({ locatorOffset: 3n }),
    'a locator that points beyond': withZip64({ locatorOffset: 2n ** 63n }),
    'a record without its signature': withZip64({ recordSignature: 0x11111111 }),
    'a record of another length': withZip64({ recordBytes: 45n }),
    'a locator behind a gap': withZip64({ gap: Buffer.alloc(8) }),
    'two disks': withZip64({ disks: 2 }),
  }),
  ...refused('A46', 'archive-ambiguous', {
    'two end records that differ': buildZip([a, b], {
      zip64: { plainEnd: true, count: 2n },
      end: { count: 1, countHere: 1 },
    }),
  }),
  ...whole('A46', both, {
    'a zip64 archive that is right': withZip64({}),
    'a zip64 archive whose short numbers are right as well': withZip64({ plainEnd: true }),
  }),
]

const fields: readonly HostileCase[] = [
  ...refused('A47', 'archive-structure', {
    'markers without a field': markedWith(Buffer.alloc(0)),
    'a field that is too short': markedWith(zip64Field(text.length)),
    'a field that is cut': markedWith(extraField(1, Buffer.alloc(12))),
    'a field without data': markedWith(extraField(1, Buffer.alloc(0))),
    'the field twice': markedWith(Buffer.concat([zip64Field(900, 48, 0), zip64Field(900, 48, 0)])),
    'a field beyond its area': markedWith(Buffer.from([1, 0, 24, 0, 1, 2, 3])),
    'a field that is cut in its head': markedWith(Buffer.from([1, 0, 0])),
    'impossible numbers': markedWith(zip64Field(2n ** 63n, 48, 0)),
    'a field beyond its area, without markers': buildZip([
      { ...a, central: { extra: Buffer.from([9, 9, 200, 0, 1]) } },
    ]),
    'the same in front of the content': buildZip([
      { ...a, local: { extra: Buffer.from([9, 9, 200, 0, 1]) } },
    ]),
    'half a field head': buildZip([{ ...a, central: { extra: Buffer.from([7]) } }]),
    'a field without data and without markers': buildZip([
      { ...a, local: { extra: extraField(1, Buffer.alloc(0)) } },
    ]),
  }),
  ...whole('A47', both, {
    'long numbers that are right': buildZip([
      {
        ...a,
        central: { ...marked, extra: zip64Field(text.length, packedText.length, 0) },
        local: {
          sizeBytes: 0xffffffff,
          compressedBytes: 0xffffffff,
          extra: zip64Field(text.length, packedText.length),
        },
      },
      b,
    ]),
  }),
]

const around: readonly HostileCase[] = [
  ...whole('A48', both, {
    '200 bytes': commented(Buffer.alloc(200, 'c')),
    '60,000 bytes': commented(Buffer.alloc(60_000, 'c')),
    '65,535 bytes': commented(Buffer.alloc(65_535, 'c')),
  }),
  ...refused('A49', 'archive-ambiguous', {
    'an end record': commented(otherEnd),
    'an end record behind other bytes': commented(Buffer.concat([Buffer.alloc(30), otherEnd])),
    'an end record in front of other bytes': commented(Buffer.concat([otherEnd, Buffer.alloc(30)])),
    'a whole zip': commented(buildZip([b])),
    'the signature of an end record alone': commented(Buffer.from('..PK\x05\x06', 'latin1')),
  }),
  ...whole('A49', ['b.txt', 'inner.zip'], {
    'a stored zip inside hides nothing': buildZip([b, { name: 'inner.zip', content: good, method: 0 }]),
  }),
  ...refused('A50', 'archive-ambiguous', {
    'a program, with offsets that know of it': buildZip([a, b], { prefix }),
    'a program, with offsets that do not': buildZip([a, b], { prefix, unadjusted: true }),
    'the head of an entry, with offsets that know of it': buildZip([a, b], { prefix: disguised }),
    'the head of an entry, with offsets that do not': buildZip([a, b], {
      prefix: disguised,
      unadjusted: true,
    }),
    'bytes between two entries': buildZip([{ ...a, behind: hidden }, b]),
    'bytes in front of the directory': buildZip([a, b], { beforeDirectory: hidden }),
    'bytes behind the directory': buildZip([a, b], { behindDirectory: hidden }),
    'bytes behind the directory that it counts': buildZip([a, b], {
      behindDirectory: hidden,
      end: { directoryBytes: 2 * (46 + 5) + hidden.length },
    }),
  }),
  ...refused('A51', 'archive-ambiguous', {
    'one byte': Buffer.concat([good, Buffer.from('x')]),
    '500 bytes': Buffer.concat([good, Buffer.alloc(500, 'x')]),
  }),
  ...refused('A51', 'archive-truncated', {
    'more bytes than an end record can have behind it': () =>
      Buffer.concat([good, Buffer.alloc(70_000, 'x')]),
  }),
  ...refused('A54', 'archive-structure', {
    'the end on another disk': buildZip([a], { end: { disk: 1 } }),
    'the directory on another disk': buildZip([a], { end: { directoryDisk: 1 } }),
    'fewer entries on this disk': buildZip([a, b], { end: { countHere: 1 } }),
    'an entry on another disk': buildZip([{ ...a, central: { disk: 1 } }]),
    'the mark of a split archive': Buffer.concat([Buffer.from('PK\x07\x08', 'latin1'), good]),
  }),
  ...whole('A55', both, {
    'a descriptor': buildZip([streamed(describe(true, false)), b]),
    'a descriptor without signature': buildZip([streamed(describe(false, false)), b]),
    'a long descriptor': buildZip([streamed(describe(true, true)), b]),
    'a long descriptor without signature': buildZip([streamed(describe(false, true)), b]),
  }),
  ...whole('A55', ['x'], { 'a descriptor inside the data means nothing': descriptorInside() }),
  ...refused('A55', 'archive-ambiguous', {
    'a descriptor that lies': buildZip([
      streamed(descriptor(Buffer.from('other'), 5, { signature: true, long: false })),
      b,
    ]),
    'no descriptor where one is promised': buildZip([streamed(Buffer.alloc(0)), b]),
    'too many bytes in its place': buildZip([b, streamed(Buffer.alloc(17))]),
  }),
  ...refused('A29', 'archive-structure', {
    'an encrypted directory': buildZip([{ ...a, local: { flags: 0x2000 }, central: { flags: 0x2000 } }]),
  }),
]

function describe(signature: boolean, long: boolean): Buffer {
  return descriptor(text, packedText.length, { signature, long })
}

function descriptorInside(): Buffer {
  const form = { signature: true, long: false }
  const content = Buffer.concat([Buffer.from('x'), descriptor(Buffer.from('x'), 1, form)])
  const behind = descriptor(content, content.length, form)
  return buildZip([{ ...streamed(behind), name: 'x', content, method: 0 }])
}

export const zipStructureCases: readonly HostileCase[] = [...ends, ...fields, ...around]
