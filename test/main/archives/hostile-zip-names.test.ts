import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/main/archives/open.ts'
import { listFolder } from '../../../src/main/archives/tree.ts'
import { buildZip, extraField, unicodePathField, type RawEntry } from '../../corpus/zip-bytes.ts'
import { contentRefusal, readWhole, refusal, restrictions } from './outcomes.ts'

const file = (name: string | Buffer, more: Partial<RawEntry> = {}): RawEntry => ({
  name,
  content: 'good',
  ...more,
})
const zipOf = (...names: readonly (string | Buffer)[]): Buffer => buildZip(names.map((name) => file(name)))

describe('a zip is refused whole', () => {
  test.each([
    ['A01', '../evil.txt'],
    ['A02', '..\\evil.txt'],
    ['A03', '../out2/evil.txt'],
    ['A04', 'a/../../evil.txt'],
    ['A04', 'a/..'],
    ['A04', '..'],
    ['A05', '/tmp/x'],
    ['A06', 'C:/Windows/x'],
    ['A06', 'C:x'],
    ['A06', 'c:'],
    ['A07', '//server/share/x'],
    ['A07', '\\\\server\\share\\x'],
    ['A07', '\\\\?\\C:\\x'],
    ['A07', '\\\\.\\PhysicalDrive0'],
    ['A07', '\\x'],
    ['A02', 'a\\..\\..\\x'],
  ])('%s: a name that could escape: %j', async (_, name) => {
    expect(await refusal(zipOf('fine.txt', name))).toBe('archive-path')
  })

  test.each([
    ['A04', 'a/./b'],
    ['A04', 'a//b'],
    ['A04', '.'],
    ['A04', './'],
    ['A04', './a'],
    ['A04', 'a//'],
    ['A14', 'good.txt\0.exe'],
    ['A14', 'a\0/'],
    ['A17', ''],
  ])('%s: a name that readers understand differently: %j', async (_, name) => {
    expect(await refusal(zipOf('fine.txt', name))).toBe('archive-name')
  })

  test('A17: a folder without a name', async () => {
    expect(await refusal(zipOf('/'))).toBe('archive-name')
  })

  test.each([
    ['invalid', Buffer.from([0x61, 0xff, 0x62])],
    ['overlong', Buffer.from([0x2e, 0x2e, 0xc0, 0xaf])],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80])],
    ['cut', Buffer.from([0x61, 0xc3])],
  ])('A19: a name that says UTF-8 and is not: %s', async (_, name) => {
    expect(await refusal(buildZip([file(name, { flags: 0x800 })]))).toBe('archive-name')
  })

  test.each([
    ['another name', unicodePathField('a.txt', '../evil')],
    ['a harmless other name', unicodePathField('a.txt', 'b.txt')],
    ['a name for other bytes', unicodePathField('a.txt', 'a.txt', 1)],
    ['bytes that are no text', extraField(0x7075, Buffer.from([1, 0, 0]))],
  ])('A21: a Unicode path field with %s', async (_, extra) => {
    const inDirectory = buildZip([file('a.txt', { central: { extra } })])
    expect(await refusal(inDirectory)).toBe('archive-ambiguous')
    const inFront = buildZip([file('a.txt', { local: { extra } })])
    expect(await refusal(inFront)).toBe('archive-ambiguous')
  })

  test('A11: names that differ in case only, where one is the manifest', async () => {
    expect(await refusal(zipOf('Manifest.json', 'manifest.json'))).toBe('archive-ambiguous')
    expect(await refusal(zipOf('dir/readme', 'dir/README'), { manifests: ['readme'] })).toBe(
      'archive-ambiguous',
    )
  })

  test('A12: names that differ in composition only, where one is the manifest', async () => {
    const composed = zipOf('caf\u00e9', 'cafe\u0301')
    expect(await refusal(composed, { manifests: ['caf\u00e9'] })).toBe('archive-ambiguous')
  })

  test('A13: the same name twice', async () => {
    expect(await refusal(zipOf('manifest.json', 'b', 'manifest.json'))).toBe('archive-ambiguous')
    expect(await refusal(zipOf('ä', 'ä'))).toBe('archive-ambiguous')
    expect(await refusal(zipOf('d/', 'd/'))).toBe('archive-ambiguous')
  })

  test('A13: the same name twice, behind a name that differs in case', async () => {
    expect(await refusal(zipOf('A', 'a', 'a'))).toBe('archive-ambiguous')
  })

  test('A13: the same name, once as code page 437 and once as UTF-8', async () => {
    expect(await refusal(zipOf(Buffer.from([0x81]), 'ü'))).toBe('archive-ambiguous')
  })

  test('A24: a link used as a folder', async () => {
    const link = file('l', { content: '/tmp', unixMode: 0o120777 })
    expect(await refusal(buildZip([link, file('l/evil.txt')]))).toBe('archive-path')
    expect(await refusal(buildZip([file('l/evil.txt'), link]))).toBe('archive-path')
    const inside = file('a/l', { content: '..', unixMode: 0o120777 })
    expect(await refusal(buildZip([inside, file('a/l/deep/evil.txt')]))).toBe('archive-path')
  })

  test('A26: a file and a folder of the same name', async () => {
    expect(await refusal(zipOf('a', 'a/b'))).toBe('archive-ambiguous')
    expect(await refusal(zipOf('a/b/c', 'x', 'a'))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([file('a'), file('a/', { content: '' })]))).toBe('archive-ambiguous')
    expect(await refusal(zipOf('ä', 'ä/b'))).toBe('archive-ambiguous')
  })

  test('A27: a folder with content', async () => {
    expect(await refusal(buildZip([file('d/', { content: 'DATA' })]))).toBe('archive-ambiguous')
    expect(await refusal(buildZip([file('d/', { content: 'DATA', method: 0 })]))).toBe('archive-ambiguous')
  })

  test('A27: a folder by its attributes and a file by its name, or a link by its attributes and a folder by its name', async () => {
    expect(await refusal(buildZip([file('d', { content: '', unixMode: 0o040755 })]))).toBe(
      'archive-ambiguous',
    )
    expect(await refusal(buildZip([file('d/', { content: '', unixMode: 0o120777 })]))).toBe(
      'archive-ambiguous',
    )
  })

  test('names by the thousand that differ in case only', async () => {
    const names = Array.from({ length: 64 }, (_, index) =>
      Array.from({ length: 6 }, (__, bit) => (((index >> bit) & 1) === 1 ? 'A' : 'a')).join(''),
    )
    expect(await refusal(zipOf(...names))).toBe('archive-ambiguous')
  })
})

describe('an entry is shown but restricted', () => {
  test.each([
    ['A08', 'manifest.json:evil'],
    ['A08', 'manifest.json::$DATA'],
    ['A09', 'CON'],
    ['A09', 'aux.txt'],
    ['A09', 'dir/NUL'],
    ['A09', 'COM1.json'],
    ['A09', 'COM¹'],
    ['A09', 'CONIN$'],
    ['A09', 'NUL.tar.gz'],
    ['A09', 'nul /x'],
    ['A09', 'lpt9 .txt'],
    ['A10', 'a.txt.'],
    ['A10', 'a.txt '],
    ['A10', 'dir /x'],
    ['A10', '...'],
    ['A15', 'a\u001b[2Jb'],
    ['A15', 'a\r\nb'],
    ['A15', 'a\tb'],
    ['A15', 'a\u009bb'],
    ['A16', 'backup\u202egpj.exe'],
    ['A16', 'a\u200bb'],
    ['A16', 'm\u0430nifest.json'],
    ['A16', 'manifest\uff0ejson'],
    ['A16', 'a\u2215b'],
    ['A18', 'x'.repeat(65_535)],
    ['A18', `${'a/'.repeat(20_000)}a`],
    ['A18', 'ä'.repeat(200)],
    ['A02', 'a\\b'],
    ['A09', 'what?'],
  ])('%s: an unsafe name: %j', async (_, name) => {
    expect(await restrictions(zipOf(name))).toEqual([[name, 'unsafe-name']])
    await using archive = await openArchive(zipOf(name))
    expect(archive.unsafeEntries()).toHaveLength(1)
    expect((await readWhole(archive, name)).toString()).toBe('good')
  })

  test('A11, A12: names that are one file on some systems', async () => {
    expect(await restrictions(zipOf('Read.me', 'other', 'read.ME'))).toEqual([
      ['Read.me', 'collision'],
      ['other', undefined],
      ['read.ME', 'collision'],
    ])
    expect(await restrictions(zipOf('caf\u00e9', 'cafe\u0301'))).toEqual([
      ['caf\u00e9', 'collision'],
      ['cafe\u0301', 'collision'],
    ])
    expect(await restrictions(zipOf('\u212Aelvin', 'kelvin'))).toEqual([
      ['\u212Aelvin', 'collision'],
      ['kelvin', 'collision'],
    ])
  })

  test('A11: a file that is used as a folder where case does not count', async () => {
    expect(await restrictions(zipOf('Dir', 'dir/a'))).toEqual([
      ['Dir', 'collision'],
      ['dir/a', 'collision'],
    ])
  })

  test('A18: the tree ends after 64 levels', async () => {
    await using archive = await openArchive(zipOf(`${'a/'.repeat(20_000)}end`))
    let levels = 0
    for (let rows = listFolder(archive, ''); rows[0]; rows = listFolder(archive, rows[0].path)) levels += 1
    expect(levels).toBeLessThanOrEqual(65)
  })

  test('A23: a link shows where it leads, and its content is not read as a file', async () => {
    const bytes = buildZip([file('l', { content: '/etc/passwd', unixMode: 0o120777 })])
    await using archive = await openArchive(bytes)
    expect(archive.find('l')).toMatchObject({ kind: 'link', linkTarget: '/etc/passwd', restriction: 'link' })
    expect(archive.unsafeEntries()).toHaveLength(1)
    expect(await contentRefusal(bytes, 'l')).toBe('entry-refused')
  })

  test('A23: a link that stays inside is none of the unsafe entries', async () => {
    const link = file('a/l', { content: '../b/c', unixMode: 0o120777 })
    await using archive = await openArchive(buildZip([link, file('b/c')]))
    expect(archive.unsafeEntries()).toEqual([])
    await using leaving = await openArchive(
      buildZip([file('a/l', { content: '../../b', unixMode: 0o120777 }), file('b')]),
    )
    expect(leaving.unsafeEntries()).toHaveLength(1)
  })

  test('A23: a link without a readable target counts as leading anywhere', async () => {
    const damaged = file('l', {
      content: 'inside',
      method: 0,
      packed: Buffer.from('insidE'),
      unixMode: 0o120777,
    })
    await using archive = await openArchive(buildZip([damaged]))
    expect(archive.find('l')).not.toHaveProperty('linkTarget')
    expect(archive.unsafeEntries()).toHaveLength(1)
  })

  test.each([
    ['a device', 0o020644],
    ['a block device', 0o060644],
    ['a pipe', 0o010644],
    ['a socket', 0o140644],
  ])('A25: %s', async (_, unixMode) => {
    const bytes = buildZip([file('d', { content: '', method: 0, unixMode })])
    await using archive = await openArchive(bytes)
    expect(archive.find('d')).toMatchObject({ kind: 'other', restriction: 'special' })
  })

  test('A25: a file that would run as its owner', async () => {
    await using archive = await openArchive(buildZip([file('d', { unixMode: 0o104755 })]))
    expect(archive.find('d')).toMatchObject({ kind: 'file', restriction: 'special', mode: 0o4755 })
  })
})

describe('a name is read as what it is', () => {
  test('A20: without the UTF-8 flag it is code page 437', async () => {
    expect(await restrictions(zipOf(Buffer.from([0x81, 0x82, 0x2e, 0x74])))).toEqual([['üé.t', undefined]])
  })

  test('A20: bytes that a Unix system wrote are UTF-8 where they can be', async () => {
    const unix = file(Buffer.from('üé.t'), { unixMode: 0o100644 })
    expect(await restrictions(buildZip([unix]))).toEqual([['üé.t', undefined]])
    const dos = file(Buffer.from('üé.t'))
    expect(await restrictions(buildZip([dos]))).toEqual([['├╝├⌐.t', undefined]])
  })

  test('A21: a Unicode path field that agrees is no harm', async () => {
    const name = Buffer.from([0x81, 0x2e, 0x74])
    const extra = unicodePathField(name, 'ü.t')
    expect(await restrictions(buildZip([file(name, { central: { extra }, local: { extra } })]))).toEqual([
      ['ü.t', undefined],
    ])
    const plain = unicodePathField('a.txt', 'a.txt')
    expect(await restrictions(buildZip([file('a.txt', { central: { extra: plain } })]))).toHaveLength(1)
  })

  test('A22: names of the language are names like others', async () => {
    await using archive = await openArchive(zipOf('__proto__', 'constructor/prototype', 'toString'))
    expect(archive.find('__proto__')?.sizeBytes).toBe(4)
    expect(archive.find('hasOwnProperty')).toBeUndefined()
    expect(listFolder(archive, '').map(({ name }) => name)).toEqual(['constructor', '__proto__', 'toString'])
    expect(({} as Record<string, unknown>)['prototype']).toBeUndefined()
  })

  test('names that only look dangerous are safe', async () => {
    const names = [
      'console.log',
      'a..b',
      '.hidden',
      'com10',
      'Lüfter 10 µm.txt',
      'auxiliary',
      'a b',
      'x=1',
      '100 %',
      '日本',
    ]
    expect(await restrictions(zipOf(...names))).toEqual(names.map((name) => [name, undefined]))
  })
})
