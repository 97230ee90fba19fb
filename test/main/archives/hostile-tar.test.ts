import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openArchive, type OpenArchive } from '../../../src/main/archives/open.ts'
import { tarOf } from '../../corpus/rows/row.ts'
import { base256, buildTar, gnuLong, paxHeader } from '../../corpus/tar-bytes.ts'
import { contents, failureOf, readWhole, refusal } from './outcomes.ts'

/** What row A57 promises of a tar beyond the verdicts, which are in `hostile-rows.test.ts`. */

const file = (name: string): { name: string; content: string } => ({ name, content: 'good' })
const long = `${'long/'.repeat(40)}name`
const inHeader = long.slice(0, 100)

/** Looks at a tar, and at the same tar in gzip. */
async function openBoth(bytes: Buffer, look: (archive: OpenArchive) => Promise<void> | void): Promise<void> {
  for (const each of [bytes, gzipSync(bytes)]) {
    await using archive = await openArchive(each, { name: 'x' })
    await look(archive)
  }
}

describe('A57: entries of a tar', () => {
  test('names that tar itself writes with a dot in front are read without it', async () => {
    const bytes = buildTar(
      { name: './', type: '5', mode: 0o755 },
      { name: './etc/', type: '5', mode: 0o755 },
      file('./etc/hosts'),
      { name: './etc/localtime', type: '2', linkName: '/usr/share/zoneinfo/UTC' },
      { name: './etc/same', type: '1', linkName: './etc/hosts' },
    )
    await openBoth(bytes, (archive) => {
      expect(Array.from(archive.entries(), ({ path, kind }) => `${kind} ${path}`)).toEqual([
        'folder etc',
        'file etc/hosts',
        'link etc/localtime',
        'link etc/same',
      ])
      expect(archive.find('etc/localtime')?.linkTarget).toBe('/usr/share/zoneinfo/UTC')
      expect(archive.find('etc/same')?.linkTarget).toBe('etc/hosts')
    })
  })

  test('a long name by pax or by GNU is the name', async () => {
    await openBoth(buildTar(paxHeader([['path', long]]), file(inHeader)), async (archive) => {
      expect((await contents(archive)).get(long)?.toString()).toBe('good')
    })
    await openBoth(buildTar(gnuLong('K', long), { name: 'l', type: '2', linkName: inHeader }), (archive) => {
      expect(archive.find('l')?.linkTarget).toBe(long)
    })
  })

  test('attributes of real systems are passed over, owners and times are used', async () => {
    const pax = paxHeader([
      ['mtime', '1700000000.25'],
      ['uid', '100000'],
      ['gid', '100'],
      ['uname', 'plc'],
      ['SCHILY.xattr.user.x', Buffer.from([0, 1, 10, 61])],
      ['SCHILY.acl.access', 'user::rw-,group::r--,other::r--'],
    ])
    const comment = paxHeader([['comment', '0123456789abcdef']], 'g')
    await openBoth(buildTar(comment, pax, { ...file('a'), groupName: 'users' }), (archive) => {
      expect(archive.find('a')).toMatchObject({
        owner: '100000:100 (plc:users)',
        modifiedAt: '2023-11-14T22:13:20.250Z',
        mode: 0o644,
      })
    })
  })

  test('a size in base 256 is one, and a time may lie before 1970', async () => {
    const early = { ...file('a'), size: base256(4n, 12), mtime: base256(-86_400n, 12) }
    await openBoth(buildTar(early), async (archive) => {
      expect((await readWhole(archive, 'a')).toString()).toBe('good')
      expect(archive.find('a')?.modifiedAt).toBe('1969-12-31T00:00:00.000Z')
    })
  })

  test('a hard link inside is shown and has no content of its own', async () => {
    await openBoth(buildTar(file('a'), { name: 'l', type: '1', linkName: 'a' }), async (archive) => {
      expect(archive.find('l')).toMatchObject({ kind: 'link', linkTarget: 'a', sizeBytes: 0 })
      expect((await contents(archive)).get('l')).toEqual(Buffer.alloc(0))
      expect((await failureOf(async () => readWhole(archive, 'l'))).code).toBe('entry-refused')
      expect(archive.unsafeEntries()).toEqual([])
    })
  })

  test.each(['3', '4', '6'])(
    'what is no file, folder or link (type %s) must not be restored',
    async (type) => {
      await openBoth(buildTar({ name: 'd', type }), (archive) => {
        expect(archive.find('d')?.kind).toBe('other')
        expect(archive.unsafeEntries()).toHaveLength(1)
      })
    },
  )

  test('a wrong checksum of the first header is seen in a tar; in gzip it could be anything', async () => {
    const broken = buildTar({ ...file('a'), checksum: 1 })
    expect(await refusal(broken)).toBe('archive-structure')
    expect(await refusal(gzipSync(broken))).toBe('archive-not-recognised')
  })
})

describe('A57: the gzip around a tar', () => {
  const packed = gzipSync(tarOf('a', 'b'))

  test('a gzip of nothing but zeros is an empty tar, zeros alone are none', async () => {
    await using archive = await openArchive(gzipSync(Buffer.alloc(10_240)))
    expect(archive.count).toBe(0)
    expect(await refusal(Buffer.alloc(10_240))).toBe('archive-not-recognised')
  })

  test('zeros behind it are the end of a record of tar, or nothing that tar writes', async () => {
    const filled = Buffer.alloc(10_240)
    packed.copy(filled)
    await using archive = await openArchive(filled)
    expect(archive.count).toBe(2)
    filled[10_239] = 1
    expect(await refusal(filled)).toBe('archive-ambiguous')
    expect(await refusal(Buffer.concat([packed, Buffer.alloc(20_480 - packed.length)]))).toBe(
      'archive-ambiguous',
    )
  })

  test('a page in it is told to be one', async () => {
    const page = await failureOf(async () =>
      openArchive(gzipSync(Buffer.from('<html></html>')), { name: 'x' }),
    )
    expect(page).toEqual({ code: 'archive-not-recognised', archive: 'x', looksLike: 'web page' })
  })

  test('a header with all its optional fields', async () => {
    const head = Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 4, 0, 1, 2, 3, 4])
    const names = Buffer.from('name.tar\0a comment\0')
    const bytes = Buffer.concat([head, names, Buffer.from([0, 0]), packed.subarray(10)])
    await using archive = await openArchive(bytes)
    expect(archive.count).toBe(2)
    bytes[3] = 0xe0
    expect(await refusal(bytes)).toBe('archive-structure')
  })

  test('what unpacks to less than the cap is read', async () => {
    const bytes = gzipSync(buildTar({ name: 'zeros', content: Buffer.alloc(8 * 1024 * 1024) }))
    await using archive = await openArchive(bytes)
    expect(archive.unpackedBytes).toBe(8 * 1024 * 1024)
  })
})
