import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openArchive, type OpenArchive } from '../../../src/main/archives/open.ts'
import { base256, buildTar, gnuLong, paxHeader, tarEnd, tarEntry, tarHeader } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { contents, failureOf, readWhole, refusal, restrictions } from './outcomes.ts'

const file = (name: string, content = 'good'): { name: string; content: string } => ({ name, content })
const tarOf = (...names: readonly string[]): Buffer => buildTar(...names.map((name) => file(name)))

/** A tar, and the same tar in gzip. */
const both = (bytes: Buffer): readonly Buffer[] => [bytes, gzipSync(bytes)]

async function refusedAlike(bytes: Buffer): Promise<string> {
  const [plain, packed] = both(bytes)
  const code = await refusal(plain!)
  expect(await refusal(packed!)).toBe(code)
  return code
}

async function openBoth(bytes: Buffer, look: (archive: OpenArchive) => Promise<void> | void): Promise<void> {
  for (const each of both(bytes)) {
    await using archive = await openArchive(each, { name: 'x' })
    await look(archive)
  }
}

describe('A57: names of a tar', () => {
  test.each([
    '../evil',
    'a/../../evil',
    '/etc/passwd',
    '..',
    './../x',
    './/etc/x',
    'C:/x',
    '..\\x',
    '\\\\server\\x',
  ])('a name that could escape: %j', async (name) => {
    expect(await refusedAlike(tarOf('fine', name))).toBe('archive-path')
  })

  test.each(['a//b', 'a/./b', '././a', '', '.', './'])(
    'a name that readers understand differently: %j',
    async (name) => {
      expect(await refusedAlike(tarOf('fine', name))).toMatch(/^archive-(name|ambiguous)$/)
    },
  )

  test('the prefix of a header is part of the name', async () => {
    expect(await refusedAlike(buildTar({ ...file('x'), prefix: '../..' }))).toBe('archive-path')
    expect(await restrictions(buildTar({ ...file('x'), prefix: 'a/b' }))).toEqual([['a/b/x', undefined]])
  })

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
      expect(archive.find('etc/localtime')).toMatchObject({
        linkTarget: '/usr/share/zoneinfo/UTC',
        restriction: 'link',
      })
      expect(archive.find('etc/same')).toMatchObject({ linkTarget: 'etc/hosts', restriction: 'link' })
    })
  })

  test('the same name twice, a file that is a folder, a link that is a folder', async () => {
    expect(await refusedAlike(tarOf('a', 'b', 'a'))).toBe('archive-ambiguous')
    expect(await refusedAlike(tarOf('a', './a'))).toBe('archive-ambiguous')
    expect(await refusedAlike(tarOf('a', 'a/b'))).toBe('archive-ambiguous')
    expect(await refusedAlike(tarOf('a/b', 'a'))).toBe('archive-ambiguous')
    const link = { name: 'l', type: '2', linkName: '/tmp' }
    expect(await refusedAlike(buildTar(link, file('l/evil')))).toBe('archive-path')
    expect(await refusedAlike(buildTar(file('l/evil'), link))).toBe('archive-path')
  })

  test('a folder with content, by its type or by its name', async () => {
    expect(await refusedAlike(buildTar({ name: 'd/', type: '5', content: 'DATA' }))).toBe('archive-ambiguous')
    expect(await refusedAlike(buildTar({ name: './', type: '5', content: 'DATA' }))).toBe('archive-ambiguous')
    expect(await refusedAlike(buildTar(file('d/')))).toBe('archive-ambiguous')
    expect(await refusedAlike(buildTar({ name: 'd/', content: '' }))).toBe('archive-ambiguous')
    expect(await restrictions(buildTar({ name: 'd/', content: '', format: 'v7' }))).toEqual([
      ['d', undefined],
    ])
  })

  test('collisions and unsafe names are restricted as in a zip', async () => {
    expect(await restrictions(tarOf('A', 'a', 'CON', 'dev-disk\\x2d1.swap', 'ab:cd', 'z'))).toEqual([
      ['A', 'collision'],
      ['a', 'collision'],
      ['CON', 'unsafe-name'],
      ['dev-disk\\x2d1.swap', 'unsafe-name'],
      ['ab:cd', 'unsafe-name'],
      ['z', undefined],
    ])
  })

  test('a name that is not UTF-8 is shown and not taken out', async () => {
    const bytes = buildTar({ name: Buffer.from([0x66, 0xfc, 0x72]), content: 'x' })
    expect(await restrictions(bytes)).toEqual([['für', 'unsafe-name']])
  })
})

describe('A57: what stands in front of a header', () => {
  const long = `${'long/'.repeat(40)}name`

  test('a long name by pax or by GNU is the name', async () => {
    const header = long.slice(0, 100)
    await openBoth(buildTar(paxHeader([['path', long]]), file(header)), async (archive) => {
      expect((await contents(archive)).get(long)?.toString()).toBe('good')
    })
    await openBoth(buildTar(gnuLong('L', long), { ...file(header), format: 'gnu' }), (archive) => {
      expect(archive.find(long)?.kind).toBe('file')
    })
    await openBoth(buildTar(gnuLong('K', long), { name: 'l', type: '2', linkName: header }), (archive) => {
      expect(archive.find('l')?.linkTarget).toBe(long)
    })
    await openBoth(
      buildTar(paxHeader([['linkpath', long]]), { name: 'l', type: '2', linkName: header }),
      (archive) => {
        expect(archive.find('l')?.linkTarget).toBe(long)
      },
    )
  })

  test('a long name that escapes, and a short name that escapes behind a long one', async () => {
    const evil = `${'a/'.repeat(60)}${'../'.repeat(70)}evil`
    expect(await refusedAlike(buildTar(paxHeader([['path', evil]]), file('a')))).toBe('archive-path')
    expect(await refusedAlike(buildTar(gnuLong('L', evil), file('a')))).toBe('archive-path')
    expect(await refusedAlike(buildTar(paxHeader([['path', long]]), file('../evil')))).toBe('archive-path')
    expect(await refusedAlike(buildTar(gnuLong('L', long), file('/evil')))).toBe('archive-path')
  })

  test('a pax name that contradicts the header although it would fit there', async () => {
    expect(await refusedAlike(buildTar(paxHeader([['path', 'b.txt']]), file('a.txt')))).toBe(
      'archive-ambiguous',
    )
    expect(await refusedAlike(buildTar(paxHeader([['path', '../evil']]), file('a.txt')))).toMatch(
      /^archive-(path|ambiguous)$/,
    )
    expect(await restrictions(buildTar(paxHeader([['path', 'a.txt']]), file('a.txt')))).toEqual([
      ['a.txt', undefined],
    ])
  })

  test('a pax name that is not UTF-8, or holds a zero byte', async () => {
    const broken = Buffer.from([0x61, 0xff])
    expect(await refusedAlike(buildTar(paxHeader([['path', broken]]), file('a')))).toBe('archive-name')
    const raw = paxHeader([
      ['hdrcharset', 'BINARY'],
      ['path', broken],
    ])
    expect(await restrictions(buildTar(raw, file('a')))).toEqual([['aÿ', 'unsafe-name']])
    expect(await refusedAlike(buildTar(paxHeader([['path', `${long}\0.txt`]]), file('a')))).toBe(
      'archive-name',
    )
  })

  test.each([
    [
      'two sizes in one header',
      paxHeader([
        ['size', '4'],
        ['size', '5'],
      ]),
      'archive-ambiguous',
    ],
    [
      'two names in one header',
      paxHeader([
        ['path', 'a'],
        ['path', 'b'],
      ]),
      'archive-ambiguous',
    ],
    ['a size that the header contradicts', paxHeader([['size', '512']]), 'archive-ambiguous'],
    ['a size of zero that the header contradicts', paxHeader([['size', '0']]), 'archive-ambiguous'],
    ['a size that is no number', paxHeader([['size', '-5']]), 'archive-structure'],
    ['a size that is too large', paxHeader([['size', '99999999999999999999']]), 'archive-structure'],
    ['a time that is no number', paxHeader([['mtime', 'now']]), 'archive-structure'],
    [
      'two pax headers',
      Buffer.concat([paxHeader([['path', 'a']]), paxHeader([['path', 'a']])]),
      'archive-ambiguous',
    ],
    ['two long names', Buffer.concat([gnuLong('L', long), gnuLong('L', long)]), 'archive-ambiguous'],
    [
      'two kinds of long names that differ',
      Buffer.concat([gnuLong('L', long), paxHeader([['path', `${long}2`]])]),
      'archive-ambiguous',
    ],
    ['a global name', paxHeader([['path', 'a']], 'g'), 'archive-ambiguous'],
    ['a global size', paxHeader([['size', '4']], 'g'), 'archive-ambiguous'],
    [
      'a sparse map',
      paxHeader([
        ['GNU.sparse.major', '1'],
        ['GNU.sparse.realsize', '9999'],
      ]),
      'archive-structure',
    ],
    [
      'a record without its end',
      tarEntry({ name: 'p', type: 'x', content: '20 path=a\n' }),
      'archive-structure',
    ],
    [
      'a record without a length',
      tarEntry({ name: 'p', type: 'x', content: 'path=a\n' }),
      'archive-structure',
    ],
    [
      'a record of length zero',
      tarEntry({ name: 'p', type: 'x', content: '0 path=a\n' }),
      'archive-structure',
    ],
  ])('%s', async (_, front, code) => {
    expect(await refusedAlike(buildTar(front, file('a')))).toBe(code)
  })

  test('a long name of 1 GB is refused before any of it is read', async () => {
    for (const type of ['L', 'K', 'x', 'g']) {
      const header = tarHeader({ name: 'n', type, size: 1_000_000_000 })
      expect(await refusedAlike(Buffer.concat([header, Buffer.alloc(4096)]))).toBe('archive-structure')
    }
  })

  test('a header that speaks of an entry which does not come', async () => {
    expect(await refusedAlike(buildTar(file('a'), gnuLong('L', long)))).toBe('archive-structure')
    expect(await refusedAlike(buildTar(file('a'), paxHeader([['path', long]])))).toBe('archive-structure')
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
})

describe('A57: numbers of a tar', () => {
  test('sizes in base 256 are read, negative and huge ones are refused', async () => {
    await openBoth(buildTar({ ...file('a'), size: base256(4n, 12) }), async (archive) => {
      expect((await readWhole(archive, 'a')).toString()).toBe('good')
    })
    for (const size of [-1n, -512n, 2n ** 60n, 2n ** 90n]) {
      expect(await refusedAlike(buildTar(file('b'), { ...file('a'), size: base256(size, 12) }))).toBe(
        'archive-structure',
      )
    }
  })

  test('a negative owner is refused, a time before 1970 is not', async () => {
    expect(await refusedAlike(buildTar(file('b'), { ...file('a'), userId: base256(-1n, 8) }))).toBe(
      'archive-structure',
    )
    await openBoth(buildTar({ ...file('a'), mtime: base256(-86_400n, 12) }), (archive) => {
      expect(archive.find('a')?.modifiedAt).toBe('1969-12-31T00:00:00.000Z')
    })
  })

  test.each(['-0000000004', '0000000x004', '4 4', '9'])('a size that is written as %j', async (size) => {
    const bytes = buildTar(file('b'), { ...file('a'), size: Buffer.from(size) })
    expect(await refusedAlike(bytes)).toBe('archive-structure')
  })

  test('a size beyond the end', async () => {
    expect(await refusedAlike(buildTar(file('b'), { ...file('a'), size: 100_000 }))).toBe('archive-truncated')
    const far = paxHeader([['size', '9000000000000']])
    expect(await refusedAlike(buildTar(far, { ...file('a'), size: 0 }))).toBe('archive-truncated')
  })

  test('a wrong checksum', async () => {
    expect(await refusedAlike(buildTar(file('b'), { ...file('a'), checksum: 1 }))).toBe('archive-structure')
    const broken = buildTar({ ...file('a'), checksum: 1 })
    expect(await refusal(broken)).toBe('archive-structure')
    expect(await refusal(gzipSync(broken))).toBe('archive-not-recognised')
  })
})

describe('A57: links, devices and other types', () => {
  test.each(['/etc/passwd', '../outside', 'a/../../b', 'missing'])('a hard link to %j', async (linkName) => {
    expect(await refusedAlike(buildTar(file('a'), { name: 'l', type: '1', linkName }))).toBe('archive-path')
  })

  test('a hard link to what only comes later, or to a folder', async () => {
    expect(await refusedAlike(buildTar({ name: 'l', type: '1', linkName: 'a' }, file('a')))).toBe(
      'archive-path',
    )
    const folder = { name: 'd/', type: '5' }
    expect(await refusedAlike(buildTar(folder, { name: 'l', type: '1', linkName: 'd' }))).toBe('archive-path')
  })

  test('a hard link inside is shown and has no content of its own', async () => {
    await openBoth(buildTar(file('a'), { name: 'l', type: '1', linkName: 'a' }), async (archive) => {
      expect(archive.find('l')).toMatchObject({
        kind: 'link',
        linkTarget: 'a',
        restriction: 'link',
        sizeBytes: 0,
      })
      expect((await contents(archive)).get('l')).toEqual(Buffer.alloc(0))
      expect((await failureOf(async () => readWhole(archive, 'l'))).code).toBe('entry-refused')
      expect(archive.unsafeEntries()).toEqual([])
    })
  })

  test('links with content, and links without a target', async () => {
    expect(await refusedAlike(buildTar({ name: 'l', type: '2', linkName: 'a', content: 'x' }))).toBe(
      'archive-ambiguous',
    )
    expect(await refusedAlike(buildTar({ name: 'l', type: '2' }))).toBe('archive-structure')
  })

  test.each([
    ['3', 'other'],
    ['4', 'other'],
    ['6', 'other'],
  ])('a device or pipe (type %s) is shown and restricted', async (type, kind) => {
    await openBoth(buildTar({ name: 'd', type }), (archive) => {
      expect(archive.find('d')).toMatchObject({ kind, restriction: 'special' })
      expect(archive.unsafeEntries()).toHaveLength(1)
    })
  })

  test('a file that would run as its owner is restricted', async () => {
    await openBoth(buildTar({ ...file('a'), mode: 0o4755 }), (archive) => {
      expect(archive.find('a')).toMatchObject({ kind: 'file', restriction: 'special' })
    })
  })

  test.each(['S', 'V', 'M', 'N', 'D', 'X', 'A', '9', '\u00ff'])('type %j is not read', async (type) => {
    expect(await refusedAlike(buildTar(file('a'), { name: 'x', type }))).toBe('archive-structure')
  })
})

describe('A57: the end of a tar', () => {
  test('missing end blocks', async () => {
    expect(await refusedAlike(tarEntry(file('a')))).toBe('archive-truncated')
    expect(await refusedAlike(Buffer.concat([tarEntry(file('a')), Buffer.alloc(512)]))).toBe(
      'archive-truncated',
    )
  })

  test('a lone block of zeros', async () => {
    const bytes = Buffer.concat([tarEntry(file('a')), Buffer.alloc(512), tarEntry(file('b')), tarEnd])
    expect(await refusedAlike(bytes)).toBe('archive-ambiguous')
  })

  test('a second tar behind the first, and other bytes behind the end', async () => {
    expect(await refusedAlike(Buffer.concat([tarOf('a'), tarOf('b')]))).toBe('archive-ambiguous')
    expect(await refusedAlike(Buffer.concat([tarOf('a'), Buffer.alloc(9000), Buffer.from('x')]))).toBe(
      'archive-ambiguous',
    )
    expect(await refusedAlike(Buffer.concat([tarOf('a'), Buffer.alloc(2 * 1024 * 1024)]))).toBe(
      'archive-ambiguous',
    )
  })

  test('a record filled up with zeros is how tar ends', async () => {
    await openBoth(Buffer.concat([tarOf('a'), Buffer.alloc(8192)]), (archive) => {
      expect(archive.count).toBe(1)
    })
  })

  test('a gzip of nothing but zeros is an empty tar, zeros alone are none', async () => {
    await using archive = await openArchive(gzipSync(Buffer.alloc(10_240)))
    expect(archive.count).toBe(0)
    expect(await refusal(Buffer.alloc(10_240))).toBe('archive-not-recognised')
  })
})

describe('the gzip around a tar', () => {
  const packed = gzipSync(tarOf('a', 'b'))

  test('a wrong checksum or length', async () => {
    for (const at of [packed.length - 8, packed.length - 4]) {
      const bytes = Buffer.from(packed)
      bytes[at]! ^= 1
      expect(await refusal(bytes)).toBe('archive-crc')
    }
  })

  test('bytes behind it, a second member, zeros', async () => {
    expect(await refusal(Buffer.concat([packed, Buffer.from('x')]))).toBe('archive-ambiguous')
    expect(await refusal(Buffer.concat([packed, packed]))).toBe('archive-ambiguous')
    expect(await refusal(Buffer.concat([packed, Buffer.alloc(512)]))).toBe('archive-ambiguous')
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

  test('something else inside', async () => {
    const page = await failureOf(async () =>
      openArchive(gzipSync(Buffer.from('<html></html>')), { name: 'x' }),
    )
    expect(page).toEqual({ code: 'archive-not-recognised', archive: 'x', looksLike: 'web page' })
    expect(await refusal(gzipSync(Buffer.from('x'.repeat(2000))))).toBe('archive-not-recognised')
    expect(await refusal(gzipSync(Buffer.alloc(0)))).toBe('archive-truncated')
    expect(await refusal(gzipSync(buildZip([{ name: 'a', content: 'x'.repeat(5000), method: 0 }])))).toBe(
      'archive-not-recognised',
    )
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

  test('a bomb ends at the cap on unpacked bytes', async () => {
    const bytes = gzipSync(buildTar({ name: 'zeros', content: Buffer.alloc(8 * 1024 * 1024) }))
    expect(await refusal(bytes, { limits: { unpackedBytes: 1024 * 1024 } })).toBe('archive-bomb')
    await using archive = await openArchive(bytes)
    expect(archive.unpackedBytes).toBe(8 * 1024 * 1024)
  })

  test('more entries than there may be', async () => {
    const bytes = tarOf('a', 'b', 'c')
    for (const each of both(bytes))
      expect(await refusal(each, { limits: { entries: 2 } })).toBe('archive-too-many')
  })
})
