import { buildTar } from '../tar-bytes.ts'
import { buildZip } from '../zip-bytes.ts'
import { inGzipToo, refused, tarOf, whole, zipOf, type HostileCase } from './row.ts'

const good = zipOf('first', 'second')

/** A zip of 16 zips of 16 zips, and so on: the shape of 42.zip. */
function nested(levels: number): Buffer {
  let inner: Buffer = Buffer.alloc(100_000)
  for (let level = 0; level < levels; level += 1) {
    const content = inner
    inner = buildZip(Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, content })))
  }
  return inner
}

const entities =
  '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">' +
  '<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&b;&x;</l>'

/** Contents that are hostile to whoever shows them, in an archive that is without fault. */
const contents: Readonly<Record<string, string | Buffer>> = {
  'manifest.json': '['.repeat(100_000),
  'entities.xml': entities,
  'picture.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
  'page.html': '<html><script>alert(1)</script><a href="file:///etc/passwd">x</a></html>',
  'document.pdf': '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj',
  'polyglot.zip': Buffer.concat([Buffer.from('%PDF-1.7\n'), good]),
  'shortcut.lnk': Buffer.from('4c0000000114020000000000c000000000000046', 'hex'),
  'one-line.txt': 'x'.repeat(2_000_000),
}

const hostileEntries = Object.entries(contents).map(([name, content]) => ({ name, content }))

/** Rows about an archive as a whole. */
export const wholeArchiveCases: readonly HostileCase[] = [
  ...whole(
    'A38',
    Array.from({ length: 16 }, (_, index) => `${index}.zip`),
    {
      'zips in zips in zips, of which only the first is opened': () => nested(5),
    },
  ),
  ...refused('A39', 'archive-truncated', {
    'after the first byte': good.subarray(0, 1),
    'in the first header': good.subarray(0, 20),
    'in the middle': good.subarray(0, good.length >> 1),
    'in the end record': good.subarray(0, -1),
  }),
  ...[
    ...refused('A39', 'archive-truncated', {
      'a tar in the middle': tarOf('a', 'b').subarray(0, 1200),
      'a tar in its end': tarOf('a', 'b').subarray(0, -1),
    }),
  ].flatMap(inGzipToo),
  ...[
    ...refused(
      'A56',
      'archive-too-many',
      { 'one entry more than there may be, in a tar': tarOf('a', 'b', 'c') },
      { limits: { entries: 2 } },
    ),
  ].flatMap(inGzipToo),
  ...refused(
    'A56',
    'archive-too-many',
    { 'one entry more than there may be': zipOf('a', 'b', 'c') },
    { limits: { entries: 2 } },
  ),
  ...whole(
    'A56',
    ['a', 'b'],
    { 'as many entries as there may be': zipOf('a', 'b') },
    { limits: { entries: 2 } },
  ),
  ...whole('A58', Object.keys(contents), { 'hostile contents in a zip': () => buildZip(hostileEntries) }),
  ...whole('A58', Object.keys(contents), {
    'hostile contents in a tar': () => buildTar(...hostileEntries),
  }).flatMap(inGzipToo),
]
