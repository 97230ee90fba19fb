import { deflateRawSync } from 'node:zlib'
import { hostileCases } from './rows/index.ts'
import { buildTar, gnuLong, paxHeader } from './tar-bytes.ts'
import { buildZip, descriptor, extraField, unicodePathField, zip64Field } from './zip-bytes.ts'

const text = Buffer.from('some content that is packed, packed, packed, packed. '.repeat(8))
const packed = deflateRawSync(text).length
const unknown = { crc32: 0, sizeBytes: 0, compressedBytes: 0 }
const long = `${'long/'.repeat(30)}name`
const unixTime = extraField(0x5455, Buffer.from([1, 0, 0, 0, 0x60]))

/** Zips without fault, with all that writers of zips use. */
export const goodZips: readonly Buffer[] = [
  buildZip([
    { name: 'a.txt', content: text },
    { name: 'dir/', content: '' },
    { name: 'dir/b', content: 'b', method: 0, unixMode: 0o100644 },
  ]),
  buildZip([
    {
      name: 'a',
      content: text,
      flags: 8,
      local: unknown,
      behind: descriptor(text, packed, { signature: true, long: false }),
      unixMode: 0o100755,
    },
    { name: 'l', content: 'a', unixMode: 0o120777 },
    { name: 'empty', content: '' },
  ]),
  buildZip(
    [
      {
        name: 'a',
        content: text,
        central: {
          sizeBytes: 0xffffffff,
          compressedBytes: 0xffffffff,
          extra: zip64Field(text.length, packed),
        },
      },
      { name: 'ü', content: 'x', central: { extra: unicodePathField('ü', 'ü') } },
    ],
    { zip64: {}, end: { comment: Buffer.from('comment') } },
  ),
  buildZip([
    { name: 'settings.json', content: '{}', local: { extra: unixTime }, central: { extra: unixTime } },
    { name: 'größe/日本', content: text, central: { comment: Buffer.from('of an entry') } },
  ]),
]

/** Tars without fault, of every kind that is read. */
export const goodTars: readonly Buffer[] = [
  buildTar({ name: './a', content: text }, { name: './d/', type: '5' }, { name: './d/b', content: 'b' }),
  buildTar(
    paxHeader([
      ['path', long],
      ['mtime', '1.5'],
    ]),
    { name: long.slice(0, 100), content: 'x' },
    gnuLong('L', `${long}2`),
    { name: long.slice(0, 100), content: 'y', format: 'gnu' },
    { name: 'l', type: '2', linkName: 'x' },
  ),
  buildTar(
    { name: 'file', content: text, format: 'gnu' },
    { name: 'second', type: '1', linkName: 'file' },
    { name: 'x', content: 'prefixed', prefix: 'a/b' },
    { name: 'old/', type: '\0', format: 'v7' },
    { name: 'old/file', content: 'v7', format: 'v7' },
  ),
]

/** Fixtures of the table that are small enough to be changed by the hundred thousand. */
const small = hostileCases.flatMap(({ build, options }) => {
  const bytes = options === undefined ? build() : Buffer.alloc(0)
  return bytes.length > 0 && bytes.length <= 8192 ? [bytes] : []
})

const isZip = (bytes: Buffer): boolean => bytes.includes('PK', 0, 'latin1') && bytes[0] !== 0x1f
const isTar = (bytes: Buffer): boolean => bytes.toString('latin1', 257, 262) === 'ustar'

export const zipSeeds: readonly Buffer[] = [...goodZips, ...small.filter(isZip)]
export const tarSeeds: readonly Buffer[] = [...goodTars, ...small.filter(isTar)]
