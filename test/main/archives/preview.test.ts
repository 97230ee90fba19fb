import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { layOutJson } from '../../../src/main/archives/json-layout.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { previewEntry, previewOf } from '../../../src/main/archives/preview.ts'
import { buildTar } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'
import { gif } from '../../corpus/image-bytes.ts'
import { failureOf } from './outcomes.ts'

const preview = (path: string, bytes: Buffer): ReturnType<typeof previewOf> =>
  previewOf(path, bytes, { sizeBytes: bytes.length, reveal: false })
const layOut = (text: string): string | undefined => layOutJson(text, 100_000)

describe('the preview of an entry', () => {
  test('is text with its encoding', () => {
    const bytes = Buffer.from('Grüße', 'latin1')
    expect(preview('a.txt', bytes)).toEqual({
      kind: 'text',
      language: 'plain',
      encoding: 'latin1',
      text: 'Grüße',
      masked: 0,
      sizeBytes: 5,
      truncated: false,
    })
  })

  test.each([
    ['a.json', '1', 'json'],
    ['settings', '{"a":1}', 'json'],
    ['my.cnf', '[mysqld]\nport=1', 'plain'],
    ['section', '[mysqld]\nport=1', 'plain'],
    ['a.xml', '<a/>', 'xml'],
    ['a.conf', '<?xml version="1.0"?><a/>', 'xml'],
    ['all.sql', 'SELECT 1;', 'sql'],
    ['dump', '-- MariaDB dump 10.19\n', 'sql'],
    ['dump', 'CREATE TABLE a (id int);', 'sql'],
    ['netplan.yaml', 'network: {}', 'yaml'],
    ['manifest', '---\na: 1\n', 'yaml'],
    ['notes', 'first\n---\nsecond', 'plain'],
  ])('%s that holds %j is %s', (path, text, language) => {
    expect(preview(path, Buffer.from(text))).toMatchObject({ kind: 'text', language })
  })

  test('covers secrets unless somebody asks for them', () => {
    const bytes = Buffer.from('{"user":"a","password":"hunter2"}')
    expect(preview('a.json', bytes)).toMatchObject({
      text: '{\n  "user": "a",\n  "password": "••••••"\n}',
      masked: 1,
    })
    expect(previewOf('a.json', bytes, { sizeBytes: bytes.length, reveal: true })).toMatchObject({
      text: '{\n  "user": "a",\n  "password": "hunter2"\n}',
      masked: 0,
    })
  })

  test.each([
    ['zip', buildZip([{ name: 'a' }])],
    ['tar', buildTar({ name: 'a', content: 'b' })],
    ['tar.gz', gzipSync(buildTar({ name: 'a', content: 'b' }))],
    [undefined, gzipSync('a log')],
    [undefined, Buffer.from([0x1f, 0x8b, 8, 0, 1])],
    [undefined, Buffer.alloc(512)],
  ])('says that it opens as %s', (opensAs, bytes) => {
    const shown = preview('whatever', bytes)
    expect(shown.kind === 'hex' && shown.opensAs).toBe(opensAs)
  })

  test('A58: a gzip that would unpack to a gigabyte is not unpacked to tell what it is', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const before = process.memoryUsage().arrayBuffers
    expect(preview('bomb.gz', bomb)).toMatchObject({ kind: 'hex' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024)
  })

  test('shows bytes where there is no text', () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])
    expect(preview('not-really.png', bytes)).toEqual({
      kind: 'hex',
      bytesBase64: bytes.toString('base64'),
      sizeBytes: 8,
      truncated: false,
    })
    const many = Buffer.alloc(200_000, 1)
    const shown = preview('a.bin', many)
    expect(shown).toMatchObject({ kind: 'hex', truncated: true, sizeBytes: 200_000 })
    expect(preview('a', Buffer.from([0x41, 0x85, 0x42]))).toMatchObject({ kind: 'hex' })
  })

  test('an empty file is an empty text', () => {
    expect(preview('a', Buffer.alloc(0))).toMatchObject({ kind: 'text', text: '', truncated: false })
  })

  test('A58: markup, pages and documents are text or bytes, never more', () => {
    const svg = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><svg onload="alert(1)">&x;</svg>'
    expect(preview('a.svg', Buffer.from(svg))).toMatchObject({
      kind: 'text',
      language: 'xml',
      text: '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]>\n<svg onload="alert(1)">&x;</svg>',
    })
    const page = '<html><script>alert(1)</script><img src="file:///etc/passwd"></html>'
    expect(preview('a.html', Buffer.from(page))).toMatchObject({
      kind: 'text',
      language: 'plain',
      text: page,
    })
    const pdf = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\0<<>>', 'latin1')
    expect(preview('a.pdf', pdf).kind).toBe('hex')
    expect(preview('a.lnk', Buffer.from('4c0000000114020000000000c0000000', 'hex')).kind).toBe('hex')
  })

  test('A58: a picture that is also a page is bytes for the picture reader and nothing else', () => {
    const polyglot = Buffer.concat([gif(3, 2), Buffer.from('<script>alert(1)</script>')])
    expect(preview('a.html', polyglot)).toMatchObject({
      kind: 'image',
      type: 'image/gif',
      width: 3,
      height: 2,
    })
  })

  test('A58: reads no more than 1 MiB, and does not break a character', async () => {
    const text = 'ä'.repeat(3_000_000)
    await using archive = await openArchive(
      buildZip([
        { name: 'a.txt', content: text },
        { name: 'b.json', content: `[${text}` },
      ]),
    )
    const shown = await previewEntry(archive, 'a.txt')
    expect(shown).toMatchObject({ kind: 'text', encoding: 'utf-8', truncated: true, sizeBytes: 6_000_000 })
    expect(shown.kind === 'text' && shown.text.length).toBe(512 * 1024)
    const odd = await previewEntry(archive, 'a.txt', { maxBytes: 1001 })
    expect(odd.kind === 'text' && odd.text).toBe('ä'.repeat(500))
    expect(await previewEntry(archive, 'b.json', { maxBytes: 3 })).toMatchObject({
      language: 'json',
      text: '[ä',
    })
  })

  test('A58: the damage of an entry is not shown as its content', async () => {
    const lie = { crc32: 1 }
    await using archive = await openArchive(
      buildZip([{ name: 'a', content: 'text', local: lie, central: lie }]),
    )
    expect((await failureOf(async () => previewEntry(archive, 'a'))).code).toBe('archive-crc')
    expect((await failureOf(async () => previewEntry(archive, 'b'))).code).toBe('not-found')
  })
})

describe('JSON is laid out', () => {
  test('in lines, with every digit, key and order as it was', () => {
    const text =
      ' {"b":1.10,"a":[1e400,-0,12345678901234567890,[],{} , "x\\u00e4\\"\\\\"],"a":null,"":true}\n'
    expect(layOut(text)).toBe(
      [
        '{',
        '  "b": 1.10,',
        '  "a": [',
        '    1e400,',
        '    -0,',
        '    12345678901234567890,',
        '    [],',
        '    {},',
        '    "x\\u00e4\\"\\\\"',
        '  ],',
        '  "a": null,',
        '  "": true',
        '}',
      ].join('\n'),
    )
  })

  test('the same again when it was laid out before', () => {
    const once = layOut('{"a":[1,{"b":[[]]}],"c":"d"}')!
    expect(layOut(once)).toBe(once)
    expect(JSON.parse(once)).toEqual({ a: [1, { b: [[]] }], c: 'd' })
  })

  test.each(['1', '"x"', 'null', '[]', '{}', ' [ ] ', '-1.5e-7', '[ {} ]'])('%s is JSON', (text) => {
    expect(JSON.parse(layOut(text)!)).toEqual(JSON.parse(text))
  })

  test.each([
    '',
    ' ',
    '{',
    ']',
    '[1,]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    "{'a':1}",
    '[1 2]',
    '01',
    '1.',
    '.5',
    '+1',
    'NaN',
    '[1]]',
    '{"a":1,}',
    '"\n"',
    '"\\x"',
    '"\\u12"',
    '"open',
    '[1}',
    'nullx',
    '{"a":1 "b":2}',
    '// c\n1',
    '\ufeff1',
  ])('%j is not', (text) => {
    expect(layOut(text)).toBeUndefined()
  })

  test('A58: nested too deep, or growing too much, it stays as it is', () => {
    expect(layOut('['.repeat(100_000))).toBeUndefined()
    expect(layOut(`${'['.repeat(300)}${']'.repeat(300)}`)).toBeUndefined()
    const wide = `${'[1,'.repeat(200)}1${']'.repeat(200)}`
    expect(layOutJson(wide, wide.length)).toBeUndefined()
    const bytes = Buffer.from('['.repeat(100_000))
    expect(preview('bomb.json', bytes)).toMatchObject({ kind: 'text', text: '['.repeat(100_000) })
  })

  test('where it is cut, up to there', () => {
    const text = '{"a":[1,{"b":"c\\u00e4"}],"d":true}'
    for (let length = 1; length < text.length; length += 1) {
      const cut = text.slice(0, length)
      expect(layOutJson(cut, 1000, true)?.replace(/[ \n]/g, ''), cut).toBe(cut)
      expect(layOut(cut), cut).toBeUndefined()
    }
    expect(layOutJson('[1 2', 1000, true)).toBeUndefined()
    expect(layOutJson('[section]', 1000, true)).toBeUndefined()
    expect(layOutJson('{"a":"\\x', 1000, true)).toBeUndefined()
  })

  test('A58: as many keys as a megabyte holds take a moment', () => {
    const text = `{${Array.from({ length: 80_000 }, (_, index) => `"k${String(index)}":{}`).join(',')}}`
    const start = performance.now()
    const shown = preview('keys.json', Buffer.from(text))
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(shown.kind === 'text' && shown.text.split('\n')).toHaveLength(80_002)
  })

  test('A58: a string of a megabyte costs nothing', () => {
    const text = `{"a":"${'\\n'.repeat(500_000)}"}`
    expect(layOutJson(text, 2_000_000)).toHaveLength(text.length + 5)
  })
})
