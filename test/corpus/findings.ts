import { gnuLong, buildTar, base256, tarEntry, tarEnd, paxHeader, type RawTarEntry } from './tar-bytes.ts'
import { buildZip, type RawEntry } from './zip-bytes.ts'

/** An archive that changed files and other programs brought to light, as small as it could be made. It is kept for ever. */
export interface Finding {
  /** What other programs make of it. */
  readonly what: string
  readonly bytes: Buffer
  readonly code: 'archive-ambiguous' | 'archive-structure' | 'archive-method'
}

const zipFile: RawEntry = { name: 'a', content: 'good' }
const zipFolder: RawEntry = { name: 'd/', content: '', method: 0 }
const tarFile: RawTarEntry = { name: 'a', content: 'good' }
const both = (entry: RawEntry, fields: NonNullable<RawEntry['central']>): Buffer =>
  buildZip([{ ...entry, local: fields, central: fields }])

/** A tar of one file with some bytes at some place of its header, and the checksum that fits. */
function withBytes(entry: RawTarEntry, at: number, bytes: Buffer): Buffer {
  const block = tarEntry(entry)
  bytes.copy(block, at)
  block.write('        ', 148, 'latin1')
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([block, tarEnd])
}

const oneCountMarked = buildZip([zipFile], { zip64: {}, end: { countHere: 1 } })
const unendedName = Buffer.from('name'.repeat(30))

const inZips: readonly Finding[] = [
  {
    what: 'Python and unzip give up on a version that they do not know',
    bytes: (() => {
      const bytes = buildZip([zipFile])
      bytes.writeUInt16LE(0xff, bytes.indexOf('PK\x01\x02', 0, 'latin1') + 6)
      return bytes
    })(),
    code: 'archive-structure',
  },
  {
    what: 'Python gives up on differences to other files',
    bytes: both(zipFile, { flags: 0x20 }),
    code: 'archive-structure',
  },
  {
    what: 'Python sees strong encryption where one of two flags says so',
    bytes: both(zipFile, { flags: 0x40 }),
    code: 'archive-structure',
  },
  {
    what: '7-Zip gives up where a flag without a meaning differs in front of the content',
    bytes: buildZip([{ ...zipFile, central: { flags: 0x1000 } }]),
    code: 'archive-ambiguous',
  },
  {
    what: '7-Zip gives up where the effort of deflate differs and nothing is deflated',
    bytes: buildZip([{ ...zipFile, method: 0, central: { flags: 4 } }]),
    code: 'archive-ambiguous',
  },
  {
    what: 'Python and unzip give up on the method of a folder',
    bytes: both(zipFolder, { method: 0x4000 }),
    code: 'archive-method',
  },
  {
    what: 'Python unpacks the nothing of a folder and finds another checksum',
    bytes: both(zipFolder, { crc32: 1 }),
    code: 'archive-ambiguous',
  },
  {
    what: 'unzip finds a folder damaged that is deflated from nothing to nothing',
    bytes: buildZip([{ name: 'd/', content: '', packed: Buffer.alloc(0) }]),
    code: 'archive-ambiguous',
  },
  {
    what: 'Python unpacks what a folder has behind its header',
    bytes: buildZip([{ name: 'd/', content: '', packed: Buffer.from([3, 1]) }]),
    code: 'archive-ambiguous',
  },
  {
    what: '7-Zip sees a folder where DOS would see one, whatever its name',
    bytes: buildZip([{ ...zipFile, central: { attributes: 0x10 } }]),
    code: 'archive-ambiguous',
  },
  {
    what: 'unzip sees the name of a disk and takes the dot out of it',
    bytes: buildZip([{ ...zipFile, name: 'a.b', central: { attributes: 0x08 } }]),
    code: 'archive-ambiguous',
  },
  {
    what: 'unzip looks for the end on another disk where there are none',
    bytes: buildZip([zipFile], { zip64: { disks: 0 } }),
    code: 'archive-structure',
  },
  {
    what: '7-Zip gives up where one of two counts says that it does not fit',
    bytes: oneCountMarked,
    code: 'archive-ambiguous',
  },
]

const inTars: readonly Finding[] = [
  {
    what: 'Python and 7-Zip take a prefix out of a GNU header, which has none: it could climb',
    bytes: buildTar({ ...tarFile, format: 'gnu', prefix: '../' }),
    code: 'archive-ambiguous',
  },
  {
    what: 'Python and 7-Zip take a prefix out of the header of a tar before ustar',
    bytes: buildTar({ ...tarFile, format: 'v7', prefix: '/x' }),
    code: 'archive-ambiguous',
  },
  {
    what: 'bsdtar takes the real size of a file with holes out of a plain GNU header',
    bytes: withBytes({ ...tarFile, format: 'gnu' }, 483, Buffer.from('00000000001')),
    code: 'archive-ambiguous',
  },
  {
    what: 'Python sees a file where the tar before ustar has a slash behind a name and a type',
    bytes: buildTar({ name: 'd/', type: '0', format: 'v7' }),
    code: 'archive-ambiguous',
  },
  {
    what: 'Python sees a folder, and no entry behind it, where a long name is cut behind a slash',
    bytes: buildTar(paxHeader([['path', 'folder/'.repeat(20) + 'file']]), {
      ...tarFile,
      name: 'folder/'.repeat(14),
      type: '\0',
    }),
    code: 'archive-ambiguous',
  },
  {
    what: 'bsdtar does not know a tar whose file is of a device without a number',
    bytes: withBytes(tarFile, 329, Buffer.from('0\x00777777')),
    code: 'archive-structure',
  },
  {
    what: '7-Zip stops at a number of a device in base 256',
    bytes: withBytes(tarFile, 337, base256(1n, 8)),
    code: 'archive-structure',
  },
  {
    what: '7-Zip stops at a mode in base 256',
    bytes: withBytes(tarFile, 100, base256(0o644n, 8)),
    code: 'archive-structure',
  },
  {
    what: 'GNU tar gives up on an owner of more than 32 bits',
    bytes: buildTar({ ...tarFile, groupId: base256(2n ** 33n, 8) }),
    code: 'archive-structure',
  },
  {
    what: 'the same owner in a pax header',
    bytes: buildTar(paxHeader([['uid', String(2 ** 33)]]), tarFile),
    code: 'archive-structure',
  },
  {
    what: 'Python gives up on a pax header without a record',
    bytes: buildTar({ name: 'p', type: 'g' }, tarFile),
    code: 'archive-structure',
  },
  {
    what: 'GNU tar reads on behind a long name that does not end',
    bytes: buildTar(gnuLong('L', unendedName, unendedName.length), { ...tarFile, format: 'gnu' }),
    code: 'archive-structure',
  },
]

export const findings: readonly Finding[] = [...inZips, ...inTars]
