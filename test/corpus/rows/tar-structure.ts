import { gzipSync } from 'node:zlib'
import { base256, buildTar, gnuLong, paxHeader, tarEnd, tarEntry, tarHeader } from '../tar-bytes.ts'
import { buildZip } from '../zip-bytes.ts'
import { inGzipToo, refused, tarOf, viewed, whole, type HostileCase } from './row.ts'

const file = (name: string): { name: string; content: string } => ({ name, content: 'good' })
const sized = (size: number | Buffer): Buffer => buildTar(file('b'), { ...file('a'), size })
const behindPax = (...records: readonly (readonly [string, string])[]): Buffer =>
  buildTar(paxHeader(records), file('a'))
const rawPax = (content: string): Buffer => buildTar(tarEntry({ name: 'p', type: 'x', content }), file('a'))
const hardLink = (linkName: string): Buffer => buildTar(file('a'), { name: 'l', type: '1', linkName })
const promised = (type: string): Buffer =>
  Buffer.concat([tarHeader({ name: 'n', type, size: 1_000_000_000 }), Buffer.alloc(4096)])
const long = `${'long/'.repeat(40)}name`

const numbers: readonly HostileCase[] = [
  ...refused('A57', 'archive-structure', {
    'a size of -1': sized(base256(-1n, 12)),
    'a size of -512': sized(base256(-512n, 12)),
    'a size of 2^60': sized(base256(2n ** 60n, 12)),
    'a size of 2^90': sized(base256(2n ** 90n, 12)),
    'a size with a minus': sized(Buffer.from('-0000000004')),
    'a size with a letter': sized(Buffer.from('0000000x004')),
    'a size with a gap': sized(Buffer.from('4 4')),
    'a size that is not octal': sized(Buffer.from('9')),
    'a negative owner': buildTar(file('b'), { ...file('a'), userId: base256(-1n, 8) }),
    'a wrong checksum': buildTar(file('b'), { ...file('a'), checksum: 1 }),
    'a pax size with a minus': behindPax(['size', '-5']),
    'a pax size that is too large': behindPax(['size', '99999999999999999999']),
    'a pax time that is no number': behindPax(['mtime', 'now']),
    'a sparse map that lies': behindPax(['GNU.sparse.major', '1'], ['GNU.sparse.realsize', '9999']),
    'a pax record without its end': rawPax('20 path=a\n'),
    'a pax record without a length': rawPax('path=a\n'),
    'a pax record of length zero': rawPax('0 path=a\n'),
    'a GNU name of 1 GB': promised('L'),
    'a GNU link target of 1 GB': promised('K'),
    'a pax header of 1 GB': promised('x'),
    'a pax header of 1 GB for all': promised('g'),
    'a GNU name of an entry that does not come': buildTar(file('a'), gnuLong('L', long)),
    'a pax header of an entry that does not come': buildTar(file('a'), paxHeader([['path', long]])),
  }),
  ...refused('A57', 'archive-ambiguous', {
    'two sizes in one pax header': behindPax(['size', '4'], ['size', '5']),
    'a pax size against the header': behindPax(['size', '512']),
    'a pax size of zero against the header': behindPax(['size', '0']),
  }),
  ...refused('A57', 'archive-truncated', {
    'a size beyond the end': sized(100_000),
    'a pax size beyond the end': buildTar(paxHeader([['size', '9000000000000']]), { ...file('a'), size: 0 }),
  }),
  ...whole('A57', ['b', 'a'], { 'a size in base 256': sized(base256(4n, 12)) }),
]

const kinds: readonly HostileCase[] = [
  ...refused('A57', 'archive-path', {
    'a hard link to the system': hardLink('/etc/passwd'),
    'a hard link that climbs': hardLink('../outside'),
    'a hard link that climbs further on': hardLink('a/../../b'),
    'a hard link to what is not there': hardLink('missing'),
    'a hard link to what comes later': buildTar({ name: 'l', type: '1', linkName: 'a' }, file('a')),
    'a hard link to a folder': buildTar({ name: 'd/', type: '5' }, { name: 'l', type: '1', linkName: 'd' }),
  }),
  ...viewed(
    'A57',
    [
      ['a', undefined],
      ['l', 'link'],
    ],
    {
      'a hard link inside': hardLink('a'),
      'a link that leaves': buildTar(file('a'), { name: 'l', type: '2', linkName: '/etc/passwd' }),
    },
  ),
  ...refused('A57', 'archive-ambiguous', {
    'a link with content': buildTar({ name: 'l', type: '2', linkName: 'a', content: 'x' }),
  }),
  ...refused('A57', 'archive-structure', { 'a link without a target': buildTar({ name: 'l', type: '2' }) }),
  ...viewed('A57', [['d', 'special']], {
    'a character device': buildTar({ name: 'd', type: '3' }),
    'a block device': buildTar({ name: 'd', type: '4' }),
    'a pipe': buildTar({ name: 'd', type: '6' }),
    'a file that would run as its owner': buildTar({ ...file('d'), mode: 0o4755 }),
  }),
  ...refused(
    'A57',
    'archive-structure',
    Object.fromEntries(
      ['S', 'V', 'M', 'N', 'D', 'X', 'A', '9', '\u00ff'].map((type) => [
        `type ${JSON.stringify(type)}`,
        buildTar(file('a'), { name: 'x', type }),
      ]),
    ),
  ),
]

const ends: readonly HostileCase[] = [
  ...refused('A57', 'archive-truncated', {
    'no end blocks': tarEntry(file('a')),
    'half of the end blocks': Buffer.concat([tarEntry(file('a')), Buffer.alloc(512)]),
  }),
  ...refused('A57', 'archive-ambiguous', {
    'a lone block of zeros': Buffer.concat([
      tarEntry(file('a')),
      Buffer.alloc(512),
      tarEntry(file('b')),
      tarEnd,
    ]),
    'a second tar behind the first': Buffer.concat([tarOf('a'), tarOf('b')]),
    'a byte far behind the end': Buffer.concat([tarOf('a'), Buffer.alloc(9000), Buffer.from('x')]),
    'zeros that tar does not write': () => Buffer.concat([tarOf('a'), Buffer.alloc(2 * 1024 * 1024)]),
  }),
  ...whole('A57', ['a'], {
    'a record filled up with zeros': Buffer.concat([tarOf('a'), Buffer.alloc(8192)]),
  }),
]

const packed = gzipSync(tarOf('a', 'b'))
const withByte = (at: number): Buffer => {
  const bytes = Buffer.from(packed)
  bytes[bytes.length + at]! ^= 1
  return bytes
}

/** The gzip around a tar. */
const compressed: readonly HostileCase[] = [
  ...refused('A57', 'archive-crc', {
    'a gzip with a wrong checksum': withByte(-8),
    'a gzip with a wrong length': withByte(-4),
  }),
  ...refused('A57', 'archive-ambiguous', {
    'a byte behind the gzip': Buffer.concat([packed, Buffer.from('x')]),
    'a second gzip member': Buffer.concat([packed, packed]),
    'zeros behind the gzip': Buffer.concat([packed, Buffer.alloc(512)]),
  }),
  ...refused('A57', 'archive-not-recognised', {
    'a page in gzip': gzipSync(Buffer.from('<html></html>')),
    'words in gzip': gzipSync(Buffer.from('x'.repeat(2000))),
    'a zip in gzip': gzipSync(buildZip([{ name: 'a', content: 'x'.repeat(5000), method: 0 }])),
  }),
  ...refused('A57', 'archive-truncated', { 'nothing in gzip': gzipSync(Buffer.alloc(0)) }),
  ...refused(
    'A57',
    'archive-bomb',
    { 'a gzip beyond the cap': () => gzipSync(buildTar({ name: 'z', content: Buffer.alloc(8 << 20) })) },
    { limits: { unpackedBytes: 1 << 20 } },
  ),
]

export const tarStructureCases: readonly HostileCase[] = [
  ...[...numbers, ...kinds, ...ends].flatMap(inGzipToo),
  ...compressed,
]
