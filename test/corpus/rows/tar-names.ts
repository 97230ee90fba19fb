import { buildTar, gnuLong, paxHeader } from '../tar-bytes.ts'
import { byName, inGzipToo, refused, tarOf, viewed, whole, type HostileCase } from './row.ts'

const file = (name: string): { name: string; content: string } => ({ name, content: 'good' })
const behindFine = (name: string): Buffer => tarOf('fine', name)
const long = `${'long/'.repeat(40)}name`
const climbing = `${'a/'.repeat(60)}${'../'.repeat(70)}evil`
const inHeader = long.slice(0, 100)
const linkAway = { name: 'l', type: '2', linkName: '/tmp' }
const notText = Buffer.from([0x61, 0xff])
const rawName = paxHeader([
  ['hdrcharset', 'BINARY'],
  ['path', notText],
])

const escaping: readonly HostileCase[] = [
  ...refused(
    'A57',
    'archive-path',
    byName(
      [
        '../evil',
        'a/../../evil',
        '/etc/passwd',
        '..',
        './../x',
        './/etc/x',
        'C:/x',
        '..\\x',
        '\\\\server\\x',
      ],
      behindFine,
    ),
  ),
  ...refused('A57', 'archive-name', byName(['a//b', 'a/./b', '././a', '', '.'], behindFine)),
  ...refused('A57', 'archive-ambiguous', byName(['./'], behindFine)),
  ...refused('A57', 'archive-path', {
    'a prefix that climbs': buildTar({ ...file('x'), prefix: '../..' }),
    'a pax name that climbs': buildTar(paxHeader([['path', climbing]]), file('a')),
    'a GNU name that climbs': buildTar(gnuLong('L', climbing), file('a')),
    'a short name that climbs behind a pax name': buildTar(paxHeader([['path', long]]), file('../evil')),
    'a short name from the root behind a GNU name': buildTar(gnuLong('L', long), file('/evil')),
    'a link, then a file through it': buildTar(linkAway, file('l/evil')),
    'a file through a link that comes later': buildTar(file('l/evil'), linkAway),
  }),
  ...refused('A57', 'archive-name', {
    'a pax name that is not UTF-8': buildTar(paxHeader([['path', notText]]), file('a')),
    'a pax name with a zero byte': buildTar(paxHeader([['path', `${long}\0.txt`]]), file('a')),
  }),
]

/** The pairs of the zip rows A11 to A13, A24, A26 and A27. */
const colliding: readonly HostileCase[] = [
  ...refused('A57', 'archive-ambiguous', {
    'the same name twice': tarOf('a', 'b', 'a'),
    'the same name twice, once with a dot': tarOf('a', './a'),
    'two manifests that differ in case': tarOf('Manifest.json', 'manifest.json'),
    'a file that is the folder of the next': tarOf('a', 'a/b'),
    'a folder that is a file further on': tarOf('a/b', 'a'),
    'a folder with content': buildTar({ name: 'd/', type: '5', content: 'DATA' }),
    'a root folder with content': buildTar({ name: './', type: '5', content: 'DATA' }),
    'a folder by its name, a file by its type': buildTar(file('d/')),
    'the same without content': buildTar({ name: 'd/', content: '' }),
  }),
  ...viewed(
    'A57',
    [
      ['A', 'collision'],
      ['a', 'collision'],
      ['CON', 'unsafe-name'],
      ['dev-disk\\x2d1.swap', 'unsafe-name'],
      ['ab:cd', 'unsafe-name'],
      ['z', undefined],
    ],
    { 'names that are restricted in a zip too': tarOf('A', 'a', 'CON', 'dev-disk\\x2d1.swap', 'ab:cd', 'z') },
  ),
  ...viewed('A57', [['für', 'unsafe-name']], {
    'a name that is not UTF-8': buildTar({ name: Buffer.from([0x66, 0xfc, 0x72]), content: 'x' }),
  }),
  ...viewed('A57', [['aÿ', 'unsafe-name']], {
    'a pax name that says it is bytes': buildTar(rawName, file('a')),
  }),
]

/** A second name in front of a header. */
const doubled: readonly HostileCase[] = [
  ...refused('A57', 'archive-ambiguous', {
    'a pax name against the header': buildTar(paxHeader([['path', 'b.txt']]), file('a.txt')),
    'a pax name that climbs against the header': buildTar(paxHeader([['path', '../evil']]), file('a.txt')),
    'two names in one pax header': buildTar(
      paxHeader([
        ['path', 'a'],
        ['path', 'b'],
      ]),
      file('a'),
    ),
    'two pax headers': buildTar(paxHeader([['path', 'a']]), paxHeader([['path', 'a']]), file('a')),
    'two GNU names': buildTar(gnuLong('L', long), gnuLong('L', long), file('a')),
    'a GNU name and another pax name': buildTar(
      gnuLong('L', long),
      paxHeader([['path', `${long}2`]]),
      file('a'),
    ),
    'a name for all that follow': buildTar(paxHeader([['path', 'a']], 'g'), file('a')),
    'a size for all that follow': buildTar(paxHeader([['size', '4']], 'g'), file('a')),
  }),
  ...whole('A57', ['a.txt'], {
    'a pax name that says the same': buildTar(paxHeader([['path', 'a.txt']]), file('a.txt')),
  }),
  ...whole('A57', [long], {
    'a long name by pax': buildTar(paxHeader([['path', long]]), file(inHeader)),
    'a long name by GNU': buildTar(gnuLong('L', long), { ...file(inHeader), format: 'gnu' }),
  }),
  ...viewed('A57', [['l', 'link']], {
    'a long target by GNU': buildTar(gnuLong('K', long), { name: 'l', type: '2', linkName: inHeader }),
    'a long target by pax': buildTar(paxHeader([['linkpath', long]]), {
      name: 'l',
      type: '2',
      linkName: inHeader,
    }),
  }),
  ...whole('A57', ['a/b/x'], { 'a prefix': buildTar({ ...file('x'), prefix: 'a/b' }) }),
  ...whole('A57', ['d'], {
    'a folder of the time before ustar': buildTar({ name: 'd/', type: '\0', content: '', format: 'v7' }),
  }),
]

export const tarNameCases: readonly HostileCase[] = [...escaping, ...colliding, ...doubled].flatMap(inGzipToo)
