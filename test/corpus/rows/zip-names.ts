import { buildZip, extraField, unicodePathField } from '../zip-bytes.ts'
import { byName, file, refused, viewed, whole, zipOf, type HostileCase } from './row.ts'

const behindFine = (name: string): Buffer => zipOf('fine.txt', name)
const link = (name: string, target: string): Buffer =>
  buildZip([file(name, { content: target, unixMode: 0o120777 })])
const notUtf8 = (...bytes: readonly number[]): Buffer =>
  buildZip([file(Buffer.from(bytes), { flags: 0x800 })])

const secondNames = {
  'another name': unicodePathField('a.txt', '../evil'),
  'a harmless other name': unicodePathField('a.txt', 'b.txt'),
  'a name for other bytes': unicodePathField('a.txt', 'a.txt', 1),
  'bytes that are no text': extraField(0x7075, Buffer.from([1, 0, 0])),
}
const caseTwins = Array.from({ length: 64 }, (_, index) =>
  Array.from({ length: 6 }, (__, bit) => (((index >> bit) & 1) === 1 ? 'A' : 'a')).join(''),
)
const unsafe = (row: HostileCase['row'], names: readonly string[]): readonly HostileCase[] =>
  names.flatMap((name) => viewed(row, [[name, 'unsafe-name']], byName([name], zipOf)))

/** Names that escape, or that two readers would not understand alike. */
const escaping: readonly HostileCase[] = [
  ...refused('A01', 'archive-path', byName(['../evil.txt'], behindFine)),
  ...refused('A02', 'archive-path', byName(['..\\evil.txt', 'a\\..\\..\\x'], behindFine)),
  ...refused('A03', 'archive-path', byName(['../out2/evil.txt'], behindFine)),
  ...refused('A04', 'archive-path', byName(['a/../../evil.txt', 'a/..', '..'], behindFine)),
  ...refused('A04', 'archive-name', byName(['a/./b', 'a//b', '.', './', './a', 'a//'], behindFine)),
  ...refused('A05', 'archive-path', byName(['/tmp/x'], behindFine)),
  ...refused('A06', 'archive-path', byName(['C:/Windows/x', 'C:x', 'c:'], behindFine)),
  ...refused(
    'A07',
    'archive-path',
    byName(
      ['//server/share/x', '\\\\server\\share\\x', '\\\\?\\C:\\x', '\\\\.\\PhysicalDrive0', '\\x'],
      behindFine,
    ),
  ),
  ...refused('A14', 'archive-name', byName(['good.txt\0.exe', 'a\0/'], behindFine)),
  ...refused(
    'A17',
    'archive-name',
    byName(['', '/'], (name) => zipOf('fine.txt', name)),
  ),
  ...refused('A19', 'archive-name', {
    'a byte that begins nothing': notUtf8(0x61, 0xff, 0x62),
    'an overlong slash behind two dots': notUtf8(0x2e, 0x2e, 0xc0, 0xaf),
    'half of a surrogate pair': notUtf8(0xed, 0xa0, 0x80),
    'a character that breaks off': notUtf8(0x61, 0xc3),
  }),
  ...Object.entries(secondNames).flatMap(([what, extra]) =>
    refused('A21', 'archive-ambiguous', {
      [`${what}, in the directory`]: buildZip([file('a.txt', { central: { extra } })]),
      [`${what}, in front of the content`]: buildZip([file('a.txt', { local: { extra } })]),
    }),
  ),
]

/** Names that cannot stand beside each other. */
const colliding: readonly HostileCase[] = [
  ...refused('A11', 'archive-ambiguous', {
    'two manifests that differ in case': zipOf('Manifest.json', 'manifest.json'),
    'names by the thousand that differ in case': zipOf(...caseTwins),
  }),
  ...viewed(
    'A11',
    [
      ['Read.me', 'collision'],
      ['other', undefined],
      ['read.ME', 'collision'],
    ],
    { 'two files that differ in case': zipOf('Read.me', 'other', 'read.ME') },
  ),
  ...viewed(
    'A11',
    [
      ['Dir', 'collision'],
      ['dir/a', 'collision'],
    ],
    { 'a file that is a folder where case does not count': zipOf('Dir', 'dir/a') },
  ),
  ...refused(
    'A12',
    'archive-ambiguous',
    { 'two manifests that differ in composition': zipOf('caf\u00e9', 'cafe\u0301') },
    { manifests: ['caf\u00e9'] },
  ),
  ...viewed(
    'A12',
    [
      ['caf\u00e9', 'collision'],
      ['cafe\u0301', 'collision'],
    ],
    { 'two files that differ in composition': zipOf('caf\u00e9', 'cafe\u0301') },
  ),
  ...refused('A13', 'archive-ambiguous', {
    'two manifests': zipOf('manifest.json', 'b', 'manifest.json'),
    'two names beyond ASCII': zipOf('ä', 'ä'),
    'two folders': zipOf('d/', 'd/'),
    'behind a name that differs in case': zipOf('A', 'a', 'a'),
    'once as code page 437 and once as UTF-8': zipOf(Buffer.from([0x81]), 'ü'),
  }),
  ...refused('A24', 'archive-path', {
    'a link, then a file through it': buildZip([
      file('l', { content: '/tmp', unixMode: 0o120777 }),
      file('l/evil.txt'),
    ]),
    'a file through a link that comes later': buildZip([
      file('l/evil.txt'),
      file('l', { content: '/tmp', unixMode: 0o120777 }),
    ]),
    'a file deep below a link': buildZip([
      file('a/l', { content: '..', unixMode: 0o120777 }),
      file('a/l/deep/evil.txt'),
    ]),
  }),
  ...refused('A26', 'archive-ambiguous', {
    'a file that is the folder of the next': zipOf('a', 'a/b'),
    'a folder that is a file further on': zipOf('a/b/c', 'x', 'a'),
    'a file and a folder entry': buildZip([file('a'), file('a/', { content: '' })]),
    'beyond ASCII': zipOf('ä', 'ä/b'),
  }),
  ...refused('A27', 'archive-ambiguous', {
    'a packed folder': buildZip([file('d/', { content: 'DATA' })]),
    'a stored folder': buildZip([file('d/', { content: 'DATA', method: 0 })]),
    'a folder by its attributes alone': buildZip([file('d', { content: '', unixMode: 0o040755 })]),
    'a link by its attributes, a folder by its name': buildZip([
      file('d/', { content: '', unixMode: 0o120777 }),
    ]),
  }),
]

/** Entries that are shown and never taken out. */
const restricted: readonly HostileCase[] = [
  ...unsafe('A08', ['manifest.json:evil', 'manifest.json::$DATA']),
  ...unsafe('A09', ['CON', 'aux.txt', 'dir/NUL', 'COM1.json', 'COM¹', 'CONIN$', 'NUL.tar.gz']),
  ...unsafe('A09', ['nul /x', 'lpt9 .txt', 'what?', 'a\\b']),
  ...unsafe('A10', ['a.txt.', 'a.txt ', 'dir /x', '...']),
  ...unsafe('A15', ['a\u001b[2Jb', 'a\r\nb', 'a\tb', 'a\u009bb', '=cmd|"/c calc"!A1']),
  ...unsafe('A16', [
    'backup\u202egpj.exe',
    'a\u200bb',
    'm\u0430nifest.json',
    'manifest\uff0ejson',
    'a\u2215b',
  ]),
  ...unsafe('A18', ['x'.repeat(65_535), `${'a/'.repeat(20_000)}a`, 'ä'.repeat(200)]),
  ...viewed('A23', [['l', 'link']], {
    'a link that leaves': link('l', '/etc/passwd'),
    'a link that stays': link('l', 'inside'),
    'a link whose content is damaged': buildZip([
      file('l', { content: 'inside', method: 0, packed: Buffer.from('insidE'), unixMode: 0o120777 }),
    ]),
  }),
  ...viewed('A25', [['d', 'special']], {
    'a character device': buildZip([file('d', { content: '', method: 0, unixMode: 0o020644 })]),
    'a block device': buildZip([file('d', { content: '', method: 0, unixMode: 0o060644 })]),
    'a pipe': buildZip([file('d', { content: '', method: 0, unixMode: 0o010644 })]),
    'a socket': buildZip([file('d', { content: '', method: 0, unixMode: 0o140644 })]),
    'a file that would run as its owner': buildZip([file('d', { unixMode: 0o104755 })]),
  }),
]

const ordinary = [
  'console.log',
  'a..b',
  '.hidden',
  'com10',
  'Lüfter 10 µm.txt',
  'auxiliary',
  'a b',
  '=1',
  '日本',
]
const languageNames = ['__proto__', 'constructor/prototype', 'toString']
const inCodePage = Buffer.from([0x81, 0x2e, 0x74])
const agreeing = unicodePathField(inCodePage, 'ü.t')

/** Names that are read as what they are. */
const harmless: readonly HostileCase[] = [
  ...whole('A20', ['üé.t'], {
    'code page 437 without a flag': zipOf(Buffer.from([0x81, 0x82, 0x2e, 0x74])),
    'UTF-8 without a flag, written by a Unix system': buildZip([
      file(Buffer.from('üé.t'), { unixMode: 0o100644 }),
    ]),
  }),
  ...whole('A20', ['├╝├⌐.t'], { 'the same bytes, written by DOS': buildZip([file(Buffer.from('üé.t'))]) }),
  ...whole('A21', ['ü.t'], {
    'a second name that agrees': buildZip([
      file(inCodePage, { central: { extra: agreeing }, local: { extra: agreeing } }),
    ]),
  }),
  ...whole('A22', languageNames, { 'names of the language': zipOf(...languageNames) }),
  ...whole('A09', ordinary, { 'names that only look reserved': zipOf(...ordinary) }),
]

export const zipNameCases: readonly HostileCase[] = [...escaping, ...colliding, ...restricted, ...harmless]
